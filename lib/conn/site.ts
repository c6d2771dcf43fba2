/**
 * Derives the site that the experiments examine from the first contact with a server.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";
import { Deadline } from "../net/deadline.ts";
import type { DialRequest } from "../net/dial/dial.ts";
import { lookupAddresses } from "../net/dial/lookup.ts";
import { mayConnect } from "../net/permission.ts";
import { planDial } from "../probe/dial_plan.ts";
import type { ProbeResult } from "../result.ts";
import { type SettledTarget, settleTarget, type Target } from "../target/target.ts";
import type { AnswerPlace } from "./lab/request_record.ts";
import type { ProfileOptions } from "./options.ts";
import { type Limited, readLimit } from "./rate_limit.ts";
import type { Settings } from "./settings.ts";
import { settleOptions } from "./settle_options.ts";
import { Subject } from "./subject.ts";

/** The site to examine. All experiments use the same address, so that they examine one server. */
export interface Site {
  readonly subject: Subject;
  readonly settings: Settings;
  readonly dialRequest: DialRequest;
  /** Every address of the name. */
  readonly addresses: readonly string[];
  readonly connectTimeout: number;
  /** Status of the first contact. */
  readonly status?: number | undefined;
  /** True if a limit made the server refuse the first contact. */
  readonly limited?: Limited | undefined;
  /** Milliseconds that the first contact took. */
  readonly answerMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each final response of the experiments. */
  readonly onResponse?: (response: ParsedResponse, place: AnswerPlace) => void;
}

/** Milliseconds for a name lookup. */
const LOOKUP_TIME = 5_000;

/**
 * Settles scheme and address as in the contact: all experiments examine the address that answered, if dialling
 * addresses is permitted.
 *
 * @param contact A result without error
 */
export async function openSite(
  target: Target,
  contact: Pick<ProbeResult, "url" | "connection" | "status" | "headers" | "timings">,
  options: ProfileOptions,
): Promise<Site> {
  const settled = settleTarget(target, contact.url.startsWith("https:") ? "https" : "http");
  const dialRequest = planDial(settled, options);
  const addresses = await findAddresses(settled, options);
  const answered = contact.connection?.peer.address;
  const { signal, connectTimeout = 5_000 } = options;
  const { status, headers = [], timings } = contact;
  // A contact with 503 says nothing about a limit: there is no other status to compare it with.
  const limited = status === 429 ? readLimit({ status, headers }, undefined, Date.now()) : undefined;
  return {
    subject: new Subject(settled, options),
    settings: settleOptions(options),
    dialRequest: answered !== undefined && addresses.length > 0
      ? { ...dialRequest, addresses: [answered] }
      : dialRequest,
    addresses,
    connectTimeout,
    answerMs: timings.total,
    status,
    limited,
    signal,
  };
}

/** Lists every address of the name; empty if only the name may be dialled. */
async function findAddresses(target: SettledTarget, options: ProfileOptions): Promise<readonly string[]> {
  const { host, port, addresses, unixSocket, family } = planDial(target, options);
  if (unixSocket !== undefined) return [];
  if (addresses) return addresses;
  using deadline = new Deadline({ maxTime: LOOKUP_TIME, signal: options.signal });
  const found = await lookupAddresses(host, deadline, { family });
  if (found.type !== "found") return [];
  return found.addresses.every((address) => mayConnect(address, port)) ? [...new Set(found.addresses)] : [];
}

/**
 * Plans one probe without a lookup or a connection.
 *
 * @module
 */

import { hostAndPort } from "../../net/permission.ts";
import { composeRequest } from "../../probe/compose_request.ts";
import { planEndPoint } from "../../probe/dial_plan.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { keepsCredentials } from "../../probe/plain_fallback.ts";
import { formatUrl, schemesToTry, settleTarget, type Target } from "../../target/target.ts";
import type { Grant } from "../start/covered.ts";
import { reaching } from "../start/reaching.ts";

/** One way to reach a target. A bare host has two. */
export interface PlannedUrl {
  readonly url: string;
  /** Host and port, the addresses that a rule gives, or the path of a Unix socket. */
  readonly to: string;
}

/** A probe as it would be sent. */
export interface PlannedProbe {
  readonly input: string;
  readonly method: string;
  /** The URLs in the order in which they are tried: the second one only if the first one has no TLS. */
  readonly urls: readonly [PlannedUrl, ...PlannedUrl[]];
  /** The octets of the request to the first URL. */
  readonly request: Uint8Array;
  readonly needed: readonly Grant[];
}

/**
 * Plans a probe.
 *
 * @throws {TypeError | RangeError} If the request cannot be composed.
 */
export function planTarget(target: Target, options: ProbeOptions): PlannedProbe {
  const [first, ...plain] = schemesToTry(target).map((scheme) => settleTarget(target, scheme));
  const others = plain.filter((other) => !keepsCredentials(other, options));
  const { method, bytes } = composeRequest(first!, options);
  const planUrl = (settled: typeof first): PlannedUrl => ({
    url: formatUrl(settled!),
    to: options.unixSocket ?? describeEndPoint(settled!, options),
  });
  return {
    input: target.input,
    method,
    urls: [planUrl(first), ...others.map(planUrl)],
    request: bytes,
    needed: reaching(target, options),
  };
}

function describeEndPoint(target: Parameters<typeof planEndPoint>[0], options: ProbeOptions): string {
  const { host, port, addresses = [host] } = planEndPoint(target, options);
  return addresses.map((address) => hostAndPort(address, port)).join(" or ");
}

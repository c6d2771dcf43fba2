/**
 * Finds keys of a check that do not fit together.
 *
 * @module
 */

import type { Expectation } from "../../expect/parse_expectation.ts";
import { needsText } from "../../expect/probe_needs.ts";
import { specialPurpose } from "../../net/dial/special_address.ts";
import { ipFamily } from "../../net/ip_address.ts";
import { planEndPoint } from "../../probe/dial_plan.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { schemesToTry, settleTarget, type Target } from "../../target/target.ts";
import type { EntryReader } from "./entry_reader.ts";
import type { Entry } from "./entry_values.ts";
import { clashes } from "./key_groups.ts";

/** Keys that only TLS uses. */
const TLS_KEYS = ["sni", "alpn", "cacert", "cert", "key"];

/** Keys that give a request content. */
const CONTENT_KEYS = ["body", "form", "bodyFile"];

/** Methods whose requests have no content (RFC 9110 §9.3.2 and §9.3.8). */
const WITHOUT_CONTENT = ["HEAD", "TRACE"];

/** Reports keys that do not fit together: such a check would fail, or ignore one of them. */
export function refuseCombinations(
  reader: EntryReader,
  entry: Entry,
  { target, options, expectations }: {
    readonly target: Target | undefined;
    readonly options: ProbeOptions;
    readonly expectations: readonly Expectation[];
  },
): void {
  for (const [key, other] of clashes(entry)) reader.report(key, `it contradicts ${other}: leave one out`);
  if (typeof entry["key"] === "string" && entry["cert"] === undefined) {
    reader.report("key", "it needs cert as well");
  }
  const { method = "GET" } = options;
  if (WITHOUT_CONTENT.includes(method)) {
    for (const key of CONTENT_KEYS.filter((it) => entry[it] !== undefined)) {
      reader.report(key, `a ${method} request has no content`);
    }
  }
  const about = method === "HEAD" ? expectations.find((it) => needsText([it])) : undefined;
  if (about !== undefined) reader.report("method", `a HEAD request gets no content for "${about.text}"`);
  if (target !== undefined) refuseForTarget(reader, target, options);
}

function refuseForTarget(reader: EntryReader, target: Target, options: ProbeOptions): void {
  const { scheme, credentials } = target;
  // A redirect may lead to https.
  if (scheme === "http" && !options.maxRedirects) {
    for (const key of TLS_KEYS.filter((it) => reader.owns(it))) {
      reader.report(key, "it is for https, but the URL begins with http://");
    }
  }
  if (reader.owns("user") && credentials !== undefined) {
    reader.report("user", "the URL has a user already: leave one out");
  }
  if (options.unixSocket === undefined) refuseAddresses(reader, knownAddresses(target, options), options);
}

/** Lists the addresses of the first connection, as far as they are known without a lookup. */
function knownAddresses(target: Target, options: ProbeOptions): readonly string[] {
  const { host, addresses } = planEndPoint(settleTarget(target, schemesToTry(target)[0]!), options);
  return addresses ?? (familyOf(host) === 0 ? [] : [host]);
}

function refuseAddresses(
  reader: EntryReader,
  addresses: readonly string[],
  { family, denyPrivate }: ProbeOptions,
): void {
  const usable = addresses.filter((address) => family === undefined || familyOf(address) === family);
  if (addresses.length > 0 && usable.length === 0) {
    reader.report(`ipv${family}`, `there is no IPv${family} address among ${addresses.join(", ")}`);
  }
  const special = usable.find((address) => specialPurpose(address) !== undefined);
  if (!denyPrivate || special === undefined) return;
  const key = reader.owns("denyPrivate") ? "denyPrivate" : "url";
  reader.report(key, `${special} is ${specialPurpose(special)}, which denyPrivate refuses`);
}

/** Gives the family of an address that may have a zone; 0 for a name. */
function familyOf(address: string): 0 | 4 | 6 {
  return ipFamily(address.split("%")[0] ?? "");
}

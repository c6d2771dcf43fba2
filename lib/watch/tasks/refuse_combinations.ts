/**
 * Finds keys of a check that do not fit together.
 *
 * @module
 */

import { ipFamily } from "../../net/ip_address.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import type { Target } from "../../target/target.ts";
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
  { target, options }: { readonly target: Target | undefined; readonly options: ProbeOptions },
): void {
  for (const [key, other] of clashes(entry)) reader.report(key, `it contradicts ${other}: leave one out`);
  if (entry["key"] !== undefined && entry["cert"] === undefined) {
    reader.report("key", "it needs cert as well");
  }
  const { method = "GET" } = options;
  if (WITHOUT_CONTENT.includes(method)) {
    for (const key of CONTENT_KEYS.filter((it) => entry[it] !== undefined)) {
      reader.report(key, `a ${method} request has no content`);
    }
  }
  if (target !== undefined) refuseForTarget(reader, target, options);
}

function refuseForTarget(
  reader: EntryReader,
  { scheme, host, credentials }: Target,
  { maxRedirects = 0, family, connectTo = [] }: ProbeOptions,
): void {
  // A redirect may lead to https.
  if (scheme === "http" && maxRedirects === 0) {
    for (const key of TLS_KEYS.filter((it) => reader.owns(it))) {
      reader.report(key, "it is for https, but the URL begins with http://");
    }
  }
  if (reader.owns("user") && credentials !== undefined) {
    reader.report("user", "the URL has a user already: leave one out");
  }
  const [rule] = connectTo;
  const place = reader.owns("address") && rule?.toHost !== undefined ? rule.toHost : host;
  const known = ipFamily(place.split("%")[0] ?? "");
  if (family !== undefined && known !== 0 && known !== family) {
    reader.report(`ipv${family}`, `${place} is an address of IPv${known}`);
  }
}

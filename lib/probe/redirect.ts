/**
 * Reads redirects (RFC 9110 §15.4).
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import type { FieldLine } from "../http/field_line.ts";
import type { SettledTarget } from "../target/target.ts";
import { headerChanges } from "./header_changes.ts";
import type { ProbeOptions } from "./options.ts";
import { resolveLocation } from "./resolve_location.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The redirect of a response: none, a target, or one that leads nowhere. */
export type Redirect =
  | { readonly type: "none" }
  | { readonly type: "to"; readonly target: SettledTarget }
  | { readonly type: "invalid"; readonly cause: string };

/** Resolves `Location` of a redirect relative to the requested URL. */
export function findRedirect(status: number, headers: readonly FieldLine[], from: SettledTarget): Redirect {
  if (!REDIRECTS.has(status)) return { type: "none" };
  const locations = fieldValues(headers, "location");
  if (locations.length === 0) return { type: "none" };
  if (locations.some((other) => other !== locations[0])) {
    return { type: "invalid", cause: `it has ${locations.length} different Location fields` };
  }
  const resolved = resolveLocation(locations[0]!, from);
  if ("cause" in resolved) return { type: "invalid", cause: resolved.cause };
  const { target } = resolved;
  const stays = from.credentials && !target.credentials && isSameOrigin(from, target);
  return { type: "to", target: stays ? { ...target, credentials: from.credentials } : target };
}

/** Tells whether two targets have the same origin (RFC 6454 §4). */
export function isSameOrigin(a: SettledTarget, b: SettledTarget): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.port === b.port;
}

/** Fields that belong to one origin and must not reach another. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "proxy-authorization",
  "host",
]);
/** Fields about content that is not sent again. */
const CONTENT_FIELDS = /^(?:content-.*|transfer-encoding|expect|trailer)$/;

/**
 * Makes the request for the next hop. 303 turns it into GET; 301 and 302 do the same with POST (RFC 9110 §15.4.2, as
 * every client does). A request that loses its content also loses the fields about it. Credentials stay with their
 * origin, and an SNI name with its host.
 *
 * @param options Options of the previous hop
 * @returns All options of the next hop
 */
export function redirectRequest(
  options: ProbeOptions,
  status: number,
  from: SettledTarget,
  to: SettledTarget,
): ProbeOptions {
  const { method = "GET", headers = [] } = options;
  const toGet = status === 303 && method !== "HEAD" ||
    (status === 301 || status === 302) && method === "POST";
  const crossing = !isSameOrigin(from, to);
  const next: { -readonly [Key in keyof ProbeOptions]: ProbeOptions[Key] } = {
    ...options,
    headers: headerChanges(headers).filter(([given]) => {
      const name = given.toLowerCase();
      return !(crossing && PRIVATE_FIELDS.has(name)) && !(toGet && CONTENT_FIELDS.test(name));
    }),
  };
  if (toGet) {
    next.method = "GET";
    delete next.body;
  }
  if (crossing) {
    delete next.credentials;
    // A client certificate identifies its owner as well.
    delete next.cert;
    delete next.key;
  }
  if (from.host !== to.host) delete next.sni;
  // These options name one resource of one server.
  delete next.requestTarget;
  delete next.rawRequest;
  return next;
}

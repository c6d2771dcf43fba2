/**
 * Where a redirect leads (RFC 9110 §15.4).
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import { decodeLatin1, encodeLatin1 } from "../http/octets.ts";
import type { FieldLine } from "../http/field_line.ts";
import { formatUrl, parseTarget, type SettledTarget, settleTarget, type Target } from "../target.ts";
import type { HeaderChange, ProbeOptions } from "./options.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What a response says about going elsewhere. */
export type Redirect =
  | { readonly type: "none" }
  | { readonly type: "to"; readonly target: SettledTarget }
  | { readonly type: "invalid"; readonly cause: string };

/** Reads `Location` of a redirect, relative to the URL that was asked for. */
export function findRedirect(status: number, headers: readonly FieldLine[], from: SettledTarget): Redirect {
  if (!REDIRECTS.has(status)) return { type: "none" };
  const locations = fieldValues(headers, "location");
  if (locations.length === 0) return { type: "none" };
  const location = decodeLocation(locations[0]!);
  if (locations.some((other) => other !== locations[0])) {
    return { type: "invalid", cause: `it has ${locations.length} different Location fields` };
  }
  // A zone has no meaning in a URL of the WHATWG; it stays with the address that it belongs to.
  const [address, zone] = from.host.split("%") as [string, string?];
  const base = formatUrl({ ...from, host: address });
  let url: URL;
  try {
    url = new URL(location, base);
  } catch {
    return { type: "invalid", cause: `its Location ${JSON.stringify(location)} is not a URL` };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { type: "invalid", cause: `its Location ${JSON.stringify(location)} leads to ${url.protocol}` };
  }
  let target: Target;
  try {
    target = parseTarget(url.href);
  } catch (error) {
    return { type: "invalid", cause: (error as Error).message };
  }
  const host = zone !== undefined && target.host === address ? from.host : target.host;
  const next = settleTarget({ ...target, host, input: from.input }, target.scheme!);
  const { credentials } = from;
  const stays = credentials && !next.credentials && isSameOrigin(from, next);
  return { type: "to", target: stays ? { ...next, credentials } : next };
}

/** Octets of a field as text: UTF-8 where they are that, as browsers and curl take them. */
function decodeLocation(value: string): string {
  const bytes = encodeLatin1(value);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeLatin1(bytes);
  }
}

/** Whether two targets have one origin (RFC 6454 §4). */
export function isSameOrigin(a: SettledTarget, b: SettledTarget): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.port === b.port;
}

/** Fields that belong to one origin and are not carried to another. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "proxy-authorization",
  "host",
]);
/** Fields about a content that is not sent again. */
const CONTENT_FIELDS = /^(?:content-.*|transfer-encoding|expect|trailer)$/;

/**
 * The request for the next hop: 303 turns it into GET, 301 and 302 do so with POST (RFC 9110 §15.4.2, as everybody
 * does), and a request that loses its content loses the fields about it. Credentials stay with their origin, and a
 * name for SNI with its host.
 *
 * @param options Of the hop before
 * @returns All options of the next one
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
    headers: headers.filter((header) => {
      const name = nameOf(header).toLowerCase();
      return !(crossing && PRIVATE_FIELDS.has(name)) && !(toGet && CONTENT_FIELDS.test(name));
    }),
  };
  if (toGet) {
    next.method = "GET";
    delete next.body;
  }
  if (crossing) {
    delete next.credentials;
    // A client certificate tells who somebody is, too.
    delete next.cert;
    delete next.key;
  }
  if (from.host !== to.host) delete next.sni;
  // They name one resource of one server.
  delete next.requestTarget;
  delete next.rawRequest;
  return next;
}

function nameOf(header: HeaderChange | FieldLine): string {
  return "name" in header ? header.name : header[0];
}

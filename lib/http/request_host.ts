/**
 * Judges the Host field of a request (RFC 9112 §3.2, RFC 9110 §7.2).
 *
 * @module
 */

import { escapeExcerpt, type Note } from "./deviation.ts";
import type { RequestLine } from "./request_line.ts";
import { authorityOf, isHostAndPort } from "./request_target.ts";
import type { SectionReader } from "./section_reader.ts";

/** Notes a Host that is missing, repeated, malformed, or at odds with an absolute request-target. */
export function noteHost({ version, target }: RequestLine, head: SectionReader, note: Note): void {
  const { fields, fieldOffsets } = head.places;
  const hosts = fields.flatMap(([name], field) => name.toLowerCase() === "host" ? [field] : []);
  const noteAt = (field: number, message: string): void => {
    const [name, value] = fields[field]!;
    note("request-host", fieldOffsets[field]!, message, `${name}: ${value}`);
  };
  const [first, second] = hosts;
  if (first === undefined) {
    // RFC 9112 §2.3, RFC 9110 §6.2: an unknown version is read as 1.1.
    if (version !== "1.0") note("request-host", head.start, `No Host in an HTTP/${version} request`);
    return;
  }
  if (second !== undefined) noteAt(second, `Host appears ${hosts.length} times`);
  for (const field of hosts) {
    const [, value] = fields[field]!;
    if (!isHostAndPort(value)) {
      noteAt(field, `Host "${escapeExcerpt(value)}" is not a host with an optional port`);
    }
  }
  const authority = authorityOf(target);
  const [, value] = fields[first]!;
  if (authority !== undefined && authority.toLowerCase() !== value.toLowerCase()) {
    const message = `Host "${escapeExcerpt(value)}" differs from "${
      escapeExcerpt(authority)
    }" in the request-target`;
    noteAt(first, message);
  }
}

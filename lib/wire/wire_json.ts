/**
 * Events of the wire as JSON lines that can be read back.
 *
 * Every line has `at` (milliseconds since the probe began), `type` and `connection` (from 1), and further
 * members that depend on its type:
 *
 * | `type`              | further members                                                                              |
 * | ------------------- | -------------------------------------------------------------------------------------------- |
 * | `connected`         | `peer` with `address` and `port`; over TLS `tls`, with `version` if it is known
 * |
 * | `sent`, `received`  | `offset` in the stream, and `data`: one code unit (U+0000 to U+00FF) for each octet           |
 * | `write-failed`      | `how`: `rst` or `pipe`; the peer accepts no more octets
 * |
 * | `end`               | `by`: `peer` or `us`; `how`: `fin`, `close-notify`, `rst`, `tls-truncated` or `closed`        |
 * | `failed`            | `message`                                                                                    |
 *
 * ```json
 * {"at":0.1,"type":"connected","connection":1,"peer":{"address":"127.0.0.1","port":8080}}
 * {"at":0.2,"type":"sent","connection":1,"offset":0,"data":"GET / HTTP/1.1\r\n\r\n"}
 * {"at":1.5,"type":"end","connection":1,"by":"peer","how":"fin"}
 * ```
 *
 * @module
 */

import { decodeLatin1, encodeLatin1 } from "../http/octets.ts";
import { formatJsonLine } from "../text/json_line.ts";
import type { WireEnd, WireEvent, WireMoment, WireWriteFailed } from "./wire_event.ts";

const SIDES: readonly WireEnd["by"][] = ["peer", "us"];
const ENDS: readonly WireEnd["how"][] = ["fin", "close-notify", "rst", "tls-truncated", "closed"];
const WRITE_FAILURES: readonly WireWriteFailed["how"][] = ["rst", "pipe"];

/** Writes one event as one line of JSON, without the line feed at its end; no octet is lost. */
export function formatWireJson(event: WireEvent): string {
  const { at, type, connection } = event;
  switch (event.type) {
    case "connected":
      return formatJsonLine({ at, type, connection, peer: event.peer, tls: event.tls });
    case "sent":
    case "received":
      return formatJsonLine({ at, type, connection, offset: event.offset, data: decodeLatin1(event.bytes) });
    case "write-failed":
      return formatJsonLine({ at, type, connection, how: event.how });
    case "end":
      return formatJsonLine({ at, type, connection, by: event.by, how: event.how });
    case "failed":
      return formatJsonLine({ at, type, connection, message: event.message });
  }
}

/**
 * Reads a line that {@linkcode formatWireJson} wrote. Unknown members are left out.
 *
 * @throws {SyntaxError} If the line is not JSON, or a member is missing or has the wrong type
 *
 * @example Usage
 * ```ts
 * import { formatWireJson, parseWireJson } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const event = { at: 0.1, connection: 1, type: "end", by: "peer", how: "rst" } as const;
 * assert.deepEqual(parseWireJson(formatWireJson(event)), event);
 * ```
 */
export function parseWireJson(line: string): WireEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (!isObject(value)) return refuse("it is not a JSON object");
  const { at, connection } = value;
  if (typeof at !== "number") return refuse('"at" is no number of milliseconds');
  if (!isCount(connection, 1)) return refuse('"connection" is no number from 1');
  return parseEvent(value, { at, connection });
}

type Members = Readonly<Record<string, unknown>>;

function parseEvent(members: Members, moment: WireMoment): WireEvent {
  const { type, message } = members;
  switch (type) {
    case "connected":
      return { ...moment, type, peer: parsePeer(members.peer), ...parseTls(members.tls) };
    case "sent":
    case "received":
      return { ...moment, type, ...parseOctets(members) };
    case "write-failed":
      return { ...moment, type, how: oneOf(members, "how", WRITE_FAILURES) };
    case "end":
      return { ...moment, type, by: oneOf(members, "by", SIDES), how: oneOf(members, "how", ENDS) };
    case "failed":
      return typeof message === "string" ? { ...moment, type, message } : refuse('"message" is no string');
    default:
      return refuse('"type" is no type of event');
  }
}

function parsePeer(peer: unknown): { address: string; port: number } {
  const { address, port } = isObject(peer) ? peer : {};
  if (typeof address !== "string" || !isCount(port, 0)) return refuse('"peer" has no address and port');
  return { address, port };
}

function parseTls(tls: unknown): { tls?: { version?: string } } {
  if (tls === undefined) return {};
  if (!isObject(tls)) return refuse('"tls" is no object');
  return { tls: typeof tls.version === "string" ? { version: tls.version } : {} };
}

function parseOctets({ offset, data }: Members): { offset: number; bytes: Uint8Array } {
  if (!isCount(offset, 0)) return refuse('"offset" is no number of octets');
  // deno-lint-ignore no-control-regex -- any octet may stand here
  if (typeof data !== "string" || !/^[\x00-\xff]*$/.test(data)) {
    return refuse('"data" is no string of code units up to U+00FF');
  }
  return { offset, bytes: encodeLatin1(data) };
}

function oneOf<T extends string>(members: Members, name: string, values: readonly T[]): T {
  return values.find((value) => value === members[name]) ??
    refuse(`"${name}" is not one of ${values.map((value) => `"${value}"`).join(", ")}`);
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function refuse(cause: string): never {
  throw new SyntaxError(`Cannot read a line of a wire capture: ${cause}`);
}

/**
 * Octets sent and received as JSON lines that can be read back.
 *
 * A line is `{"at":0.213,"direction":"sent","connection":1,"offset":0,"data":"GET / HTTP/1.1\r\n"}`, where `data`
 * has one code unit for each octet (U+0000 to U+00FF), as header values in results have; or
 * `{"at":0.1,"direction":"event","connection":1,"event":"connected"}`.
 *
 * @module
 */

import { decodeLatin1, encodeLatin1 } from "../http/octets.ts";
import type { WireEvent } from "./wire_event.ts";
import { formatJsonLine } from "../text/json_line.ts";

/** One event as one line of JSON without the line feed at its end; no octet is lost. */
export function formatWireJson(event: WireEvent): string {
  const { at, direction, connection } = event;
  if (direction === "event") return formatJsonLine({ at, direction, connection, event: event.event });
  return formatJsonLine({ at, direction, connection, offset: event.offset, data: decodeLatin1(event.bytes) });
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

/**
 * Reads a line that {@linkcode formatWireJson} wrote. Members that it does not know are left out.
 *
 * @throws {SyntaxError} If the line is not JSON, or a member is missing or of a wrong kind
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatWireJson, parseWireJson } from "./wire_json.ts";
 *
 * const event = { at: 0.1, connection: 1, direction: "event", event: "connected" } as const;
 * assertEquals(parseWireJson(formatWireJson(event)), event);
 * ```
 */
export function parseWireJson(line: string): WireEvent {
  const wrong = (cause: string) => new SyntaxError(`Cannot read a line of a wire capture: ${cause}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== "object" || value === null) throw wrong("it is no JSON object");
  const { at, direction, connection, offset, data, event } = value as Record<string, unknown>;
  if (typeof at !== "number") throw wrong('"at" is no number of milliseconds');
  if (!isCount(connection, 1)) throw wrong('"connection" is no number from 1');
  if (direction === "event") {
    if (typeof event !== "string") throw wrong('"event" is no string');
    return { at, direction, connection, event };
  }
  if (direction !== "sent" && direction !== "received") {
    throw wrong('"direction" is none of "sent", "received", "event"');
  }
  if (!isCount(offset, 0)) throw wrong('"offset" is no number of octets');
  // deno-lint-ignore no-control-regex -- any octet may stand here
  if (typeof data !== "string" || !/^[\x00-\xff]*$/.test(data)) {
    throw wrong('"data" is no string of code units up to U+00FF');
  }
  return { at, direction, connection, offset, bytes: encodeLatin1(data) };
}

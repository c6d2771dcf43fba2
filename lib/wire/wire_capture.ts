/**
 * What `--wire=FILE` wrote, put together again.
 *
 * @module
 */

import type { WireEvent, WireOctets } from "./wire_event.ts";
import { parseWireJson } from "./wire_json.ts";

/** One connection of a capture. */
export interface CapturedConnection {
  /** Its number within the capture. */
  readonly connection: number;
  /** All octets sent over it. */
  readonly sent: Uint8Array;
  /** All octets received. */
  readonly received: Uint8Array;
  /** How the peer ended it, as far as was seen. */
  readonly end: "fin" | "tls-truncated" | "open";
}

/** Whether octets look like what `--wire=FILE` writes: a JSON object with a direction on the first line. */
export function isWireCapture(bytes: Uint8Array): boolean {
  const line = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^\{"at":[0-9.e+-]+,"direction":"(?:sent|received|event)"/.test(line);
}

/**
 * Puts the octets of a capture together, connection by connection.
 *
 * @param text Lines as {@linkcode formatWireJson} writes them; an incomplete last one is passed over
 * @throws {SyntaxError} If another line cannot be read, or octets are missing; the message names the line
 */
export function readWireCapture(text: string): CapturedConnection[] {
  const lines = text.split("\n");
  // A run that was killed may leave a line without end.
  lines.pop();
  const connections = new Map<number, WireEvent[]>();
  for (const [index, line] of lines.entries()) {
    const event = atLine(index + 1, () => parseWireJson(line));
    const events = connections.get(event.connection) ?? [];
    if (event.direction !== "event") atLine(index + 1, () => checkOffset(events, event));
    events.push(event);
    connections.set(event.connection, events);
  }
  return [...connections].map(([connection, events]) => ({
    connection,
    sent: octetsOf(events, "sent"),
    received: octetsOf(events, "received"),
    end: endOf(events),
  }));
}

function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SyntaxError(`line ${line}: ${(error as Error).message}`, { cause: error });
  }
}

function checkOffset(events: readonly WireEvent[], { direction, offset }: WireOctets): void {
  const last = events.findLast((event): event is WireOctets => event.direction === direction);
  const expected = last ? last.offset + last.bytes.length : 0;
  if (offset === expected) return;
  throw new SyntaxError(`Cannot put the capture together: offset ${offset} where ${expected} comes next`);
}

function octetsOf(events: readonly WireEvent[], direction: "sent" | "received"): Uint8Array {
  const pieces = events.filter((event): event is WireOctets => event.direction === direction);
  const last = pieces.at(-1);
  const whole = new Uint8Array(last ? last.offset + last.bytes.length : 0);
  for (const { offset, bytes } of pieces) whole.set(bytes, offset);
  return whole;
}

/** By the words of the event; whatever else ended it leaves open what would still have come. */
function endOf(events: readonly WireEvent[]): CapturedConnection["end"] {
  const last = events.findLast((event) => event.direction === "event");
  if (last?.direction !== "event") return "open";
  if (last.event.includes("without close_notify")) return "tls-truncated";
  return /^(?:closed by the peer|ended by the peer \(close_notify\))/.test(last.event) ? "fin" : "open";
}

/**
 * Reassembles the octet streams from the events that `--wire=FILE` wrote.
 *
 * @module
 */

import type { WireEnd, WireEvent, WireOctets } from "./wire_event.ts";
import { parseWireJson } from "./wire_json.ts";

/** One connection of a capture. */
export interface CapturedConnection {
  /** Its number within the capture. */
  readonly connection: number;
  /** All octets sent on it. */
  readonly sent: Uint8Array;
  /** All octets received. */
  readonly received: Uint8Array;
  /** The first end by the peer, or else our own; absent if the capture stops before an end. */
  readonly end?: Pick<WireEnd, "by" | "how">;
}

/** Tells whether the bytes of a file look like a capture: the first line begins an event in JSON. */
export function isWireCapture(bytes: Uint8Array): boolean {
  const line = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^\{"at":[0-9.e+-]+,"type":"[a-z-]+","connection":[0-9]/.test(line);
}

/**
 * Reassembles the octet streams of a capture, connection by connection.
 *
 * @param text Lines as {@linkcode formatWireJson} writes them; an incomplete last line is skipped
 * @throws {SyntaxError} If another line cannot be read, or octets are missing; the message names the line
 */
export function readWireCapture(text: string): CapturedConnection[] {
  const lines = text.split("\n");
  // A killed run may leave an incomplete line.
  lines.pop();
  const connections = new Map<number, WireEvent[]>();
  for (const [index, line] of lines.entries()) {
    const event = atLine(index + 1, () => parseWireJson(line));
    const events = connections.get(event.connection) ?? [];
    if (event.type === "sent" || event.type === "received") {
      atLine(index + 1, () => checkOffset(events, event));
    }
    events.push(event);
    connections.set(event.connection, events);
  }
  return [...connections].map(([connection, events]) => ({
    connection,
    sent: octetsOf(events, "sent"),
    received: octetsOf(events, "received"),
    ...endOf(events),
  }));
}

function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SyntaxError(`line ${line}: ${(error as Error).message}`, { cause: error });
  }
}

function checkOffset(events: readonly WireEvent[], { type, offset }: WireOctets): void {
  const last = events.findLast((event): event is WireOctets => event.type === type);
  const expected = last ? last.offset + last.bytes.length : 0;
  if (offset === expected) return;
  throw new SyntaxError(
    `Cannot put the capture together: expected octets at offset ${expected}, found offset ${offset}`,
  );
}

function octetsOf(events: readonly WireEvent[], type: WireOctets["type"]): Uint8Array {
  const pieces = events.filter((event): event is WireOctets => event.type === type);
  const last = pieces.at(-1);
  const whole = new Uint8Array(last ? last.offset + last.bytes.length : 0);
  for (const { offset, bytes } of pieces) whole.set(bytes, offset);
  return whole;
}

/** Our own FIN ends nothing: the peer may still answer. */
function endOf(events: readonly WireEvent[]): Pick<CapturedConnection, "end"> {
  const ends = events.filter((event) => event.type === "end");
  const end = ends.find(({ by }) => by === "peer") ?? ends.find(({ how }) => how === "closed");
  return end === undefined ? {} : { end: { by: end.by, how: end.how } };
}

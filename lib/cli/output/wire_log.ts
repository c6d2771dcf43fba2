/**
 * `--wire`: the octets on the wire, as text on stderr or as JSON lines in a file.
 *
 * @module
 */

import type { WireEvent } from "../../wire/wire_event.ts";
import type { CommandIo } from "../io.ts";
import type { Output } from "./output.ts";
import { noteReplaced } from "./replaced_note.ts";

/** A log of events on the wire. */
export interface WireLog extends AsyncDisposable {
  readonly take: (event: WireEvent) => void;
}

/**
 * Opens the log of `--wire`.
 *
 * @param wire `undefined` without the flag, `true` for stderr, otherwise the file's path, `-` for stdout
 * @throws {LocalFault} If the file cannot be written
 */
export async function openWireLog(
  wire: string | true | undefined,
  io: CommandIo,
): Promise<WireLog | undefined> {
  if (wire === undefined) return undefined;
  if (wire === true) {
    const { formatWire } = await import("../../wire/wire_text.ts");
    const options = { paint: await io.paintFor(io.stderr), width: io.width };
    return logTo(io.stderr, (event) => formatWire(event, options));
  }
  const { formatWireJson } = await import("../../wire/wire_json.ts");
  if (wire === "-") return logTo(io.stdout, formatWireJson);
  const { FileOutput } = await import("./file_output.ts");
  return logTo(await FileOutput.open(wire, { onReplaced: noteReplaced(wire, io) }), formatWireJson);
}

/** Formats events at once, while their octets are valid, and writes them in order. At the end it closes the file. */
function logTo(output: Output & Partial<AsyncDisposable>, format: (event: WireEvent) => string): WireLog {
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const number = numberThroughout();
  return {
    take: (event) => {
      last = output.write(`${format(number(event))}\n`).catch((error) => {
        failure ??= { error };
      });
    },
    [Symbol.asyncDispose]: async () => {
      await last;
      await output[Symbol.asyncDispose]?.();
      if (failure) throw failure.error;
    },
  };
}

/** Numbers the connections of all probes in one sequence; each probe numbers its own from 1. */
function numberThroughout(): (event: WireEvent) => WireEvent {
  const numbers = new Map<number, number>();
  let connections = 0;
  return (event) => {
    if (event.type === "connected") numbers.set(event.connection, ++connections);
    return { ...event, connection: numbers.get(event.connection) ?? event.connection };
  };
}

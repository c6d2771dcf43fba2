/**
 * `--wire`: what goes over the wire, for people on stderr or as JSON lines in a file.
 *
 * @module
 */

import { beginsConnection } from "../../probe/wire_tap.ts";
import type { WireEvent } from "../../wire.ts";
import type { CommandIo } from "../io.ts";

/** Takes events of the wire as they happen. */
export interface WireLog extends AsyncDisposable {
  readonly take: (event: WireEvent) => void;
}

/**
 * Opens the log that `--wire` asks for.
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
    const { formatWire } = await import("../../report/wire/wire.ts");
    const options = { colour: io.stderr.terminal && !Deno.noColor && io.colour, width: io.width };
    return logTo(
      (text) => io.stderr.write(text),
      (event) => `${formatWire(event, options)}\n`,
      () => Promise.resolve(),
    );
  }
  const { formatWireJson } = await import("../../report/wire/wire_json.ts");
  if (wire === "-") {
    return logTo(
      (text) => io.stdout.write(text),
      (event) => `${formatWireJson(event)}\n`,
      () => Promise.resolve(),
    );
  }
  const { FileOutput } = await import("./file_output.ts");
  const file = await FileOutput.open(wire);
  return logTo(
    (text) => file.write(text),
    (event) => `${formatWireJson(event)}\n`,
    () => file[Symbol.asyncDispose](),
  );
}

/** Events are formatted at once, while their octets are valid, and written in order. */
function logTo(
  write: (text: string) => Promise<void>,
  format: (event: WireEvent) => string,
  close: () => Promise<void>,
): WireLog {
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const number = numberThroughout();
  return {
    take: (event) => {
      last = write(format(number(event))).catch((error) => {
        failure ??= { error };
      });
    },
    [Symbol.asyncDispose]: async () => {
      await last;
      await close();
      if (failure) throw failure.error;
    },
  };
}

/** Numbers the connections of one probe after the other on; each of them begins with 1. */
function numberThroughout(): (event: WireEvent) => WireEvent {
  const numbers = new Map<number, number>();
  let connections = 0;
  return (event) => {
    if (beginsConnection(event)) numbers.set(event.connection, ++connections);
    return { ...event, connection: numbers.get(event.connection) ?? event.connection };
  };
}

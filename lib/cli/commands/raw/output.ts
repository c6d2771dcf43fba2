/**
 * The output of `sonde raw`: stdout as text or hex dump, or a file with the octets unchanged.
 *
 * @module
 */

import type { RawFlags } from "./flags.ts";
import type { CommandIo } from "../../io.ts";
import { fileFault, requireFileAccess } from "../../local_fault.ts";
import { OctetOutput } from "../../output/octet_output.ts";
import { noteReplaced, type OnReplaced, openEmptied } from "../../output/replaced_note.ts";
import { HexView, type OctetView, TextView } from "./view.ts";

/** A destination of received octets. */
export interface RawOutput extends AsyncDisposable {
  /** True once the reader has gone away. */
  readonly broken: boolean;
  /** Writes the octets; settles when they are written. */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes octets that were held back. */
  end(): Promise<void>;
}

/**
 * Opens the output that the flags choose.
 *
 * @throws {LocalFault} If the file cannot be written
 */
export async function openRawOutput(
  { hex, output, quiet }: Pick<RawFlags, "hex" | "output" | "quiet">,
  io: CommandIo,
): Promise<RawOutput> {
  if (output === undefined) return viewOn(io, hex ? new HexView() : new TextView());
  if (output !== "-") return await openFile(output, noteReplaced(output, io, { quiet }));
  const octets = new OctetOutput(Deno.stdout);
  return {
    get broken() {
      return octets.broken;
    },
    write: (bytes) => octets.write(bytes),
    end: () => octets.end(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function viewOn({ stdout }: CommandIo, view: OctetView): RawOutput {
  return {
    get broken() {
      return stdout.broken;
    },
    write: (bytes) => stdout.write(view.push(bytes)),
    end: () => stdout.write(view.end()),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function openFile(path: string, onReplaced: OnReplaced): Promise<RawOutput> {
  requireFileAccess("write", path);
  let file: Deno.FsFile;
  try {
    file = await openEmptied(path, onReplaced);
  } catch (error) {
    throw fileFault("write", path, error);
  }
  return {
    broken: false,
    write: async (bytes) => {
      try {
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      } catch (error) {
        throw fileFault("write", path, error);
      }
    },
    end: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => {
      file.close();
      return Promise.resolve();
    },
  };
}

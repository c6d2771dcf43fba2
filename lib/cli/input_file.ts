/**
 * Reads input of a command from a file or from stdin.
 *
 * @module
 */

import { fileFault, requireFileAccess } from "./local_fault.ts";

/**
 * Reads a file that a flag or an operand names.
 *
 * @param path The file as the user wrote it, `-` for stdin.
 * @param stdin The stream that `-` stands for.
 * @returns The whole content.
 * @throws {LocalFault} If it cannot be read or `--allow-read` was not granted for it.
 */
export async function readInputFile(
  path: string,
  stdin: ReadableStream<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (path === "-") {
    try {
      return new Uint8Array(
        await new Response(stdin as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
      );
    } catch (error) {
      throw fileFault("read", "stdin", error);
    }
  }
  requireFileAccess("read", path);
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw fileFault("read", path, error);
  }
}

/**
 * Reads a file or stdin piece by piece.
 *
 * @param name Name of the input in messages: the file as the user wrote it, or `stdin`.
 * @throws {LocalFault} If a read fails.
 */
export async function* readPieces(
  stream: ReadableStream<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const piece of stream) yield piece;
  } catch (error) {
    throw fileFault("read", name, error);
  }
}

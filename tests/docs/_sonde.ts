/**
 * Runs sonde in a process that has exactly the permissions that the page names.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";
import type { Streams } from "./_streams.ts";

/** Milliseconds after which a command counts as hanging. */
const LONGEST = 60_000;

/** Options of {@linkcode runSonde}. */
export interface SondeOptions {
  /** Flags of Deno that grant permissions. */
  readonly permissions: readonly string[];
  /** Ends the process after this number of lines. */
  readonly enoughLines?: number | undefined;
}

/** Runs a command line; resolves to its exit code. */
export async function runSonde(
  args: readonly string[],
  { stdin, onStdout, onStderr }: Streams,
  { permissions, enoughLines }: SondeOptions,
): Promise<number> {
  const script = fromFileUrl("cli.ts");
  // The pages import the published library, for which the tests take the files of this repository.
  const granted = permissions.map((flag) =>
    flag.startsWith("--allow-read=") ? `${flag},${fromFileUrl("lib")}` : flag
  );
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...granted, script, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(LONGEST),
  }).spawn();
  let lines = 0;
  const take = async (stream: ReadableStream<Uint8Array>, print: (text: string) => void): Promise<void> => {
    for await (
      const text of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    ) {
      // The pages show a clone, in which the path is short.
      print(text.replaceAll(script, "cli.ts"));
      lines += text.split("\n").length - 1;
      if (enoughLines !== undefined && lines >= enoughLines) child.kill("SIGTERM");
    }
  };
  const input = new Response(stdin).body?.pipeTo(child.stdin) ?? child.stdin.close();
  const [{ code }] = await Promise.all([
    child.status,
    take(child.stdout, onStdout),
    take(child.stderr, onStderr),
    input.catch(() => "the program does not read its input"),
  ]);
  return code;
}

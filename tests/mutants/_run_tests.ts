/**
 * Runs tests in a copy of the repository.
 *
 * @module
 */

/** The outcome of a run. */
export type TestRun =
  | { readonly type: "passed" }
  /** The first test that failed and its file, or why there is none to name. */
  | { readonly type: "failed"; readonly test: string; readonly file?: string }
  /** No test ran, because the planted text is not a valid program. */
  | { readonly type: "broken"; readonly output: string };

/** Those of `deno task test`: what needs more fails there too. */
const PERMISSIONS = ["net", "read", "write", "run", "env", "sys"].map((name) => `--allow-${name}`);

/**
 * Runs tests until the first one fails.
 *
 * @param paths Files and folders, from the root of the copy
 * @param patience Milliseconds after which the tests count as endless
 */
export async function runTests(
  root: string,
  paths: readonly string[],
  patience: number,
): Promise<TestRun> {
  const limit = AbortSignal.timeout(patience);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--quiet", "--no-check", "--fail-fast", ...PERMISSIONS, ...paths],
    cwd: root,
    env: { NO_COLOR: "1" },
    signal: limit,
  }).output();
  if (success) return { type: "passed" };
  if (limit.aborted) return { type: "failed", test: "(the tests did not end)" };
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  // A module that cannot be loaded stands there too, as a failure of its file and of no line in it. The line may be that
  // of a function that makes tests of rows: the file is the one that ran last.
  const [, test] = /^(.+) => \.\/tests\/\S+:\d+:\d+$/m.exec(output) ?? [];
  const file = [...output.matchAll(/^running \d+ tests? from \.\/(\S+)$/gm)].at(-1)?.[1];
  if (test !== undefined && file !== undefined) return { type: "failed", test, file };
  return /^\S+_test\.ts \(uncaught error\)$/m.test(output) || !/^running \d+ test/m.test(output)
    ? { type: "broken", output }
    : { type: "failed", test: "(the process of the tests ended)" };
}

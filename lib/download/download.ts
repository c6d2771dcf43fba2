/**
 * Downloads the content of a URL to a file.
 *
 * @module
 */

import { checkOptions } from "../text/check_options.ts";
import { DOWNLOAD_OPTION_NAMES, type DownloadOptions } from "./download_options.ts";
import type { DownloadResult } from "./download_result.ts";
import { DownloadRun } from "./download_run.ts";
import { ownRange } from "./range_request.ts";
import { type Target, toTarget } from "../target/target.ts";

/**
 * Downloads the content of a URL to a file in constant memory. It writes to `FILE.part` and renames that once it is
 * complete.
 *
 * A transfer that breaks off leaves the part, and `resume` continues it in a later run: it requests the rest with
 * `Range` and `If-Range`, and appends only an answer that really continues the part. Needs `--allow-net` for the
 * server, and `--allow-read` and `--allow-write` for the folder of the file; with `onBody` it needs no file permission.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @returns The result; no action of the server, the network or the file system makes this function throw
 * @throws {SyntaxError} If the target is neither a URL nor a host, or `expectedSha256` is not a digest
 * @throws {TypeError} If an option does not exist, or the options contradict each other or make no valid request
 *
 * @example Usage
 * ```ts
 * import { download } from "https://deno.land/x/sonde/lib/download.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hello"));
 * const file = await Deno.makeTempFile();
 * const result = await download(`http://127.0.0.1:${server.addr.port}/`, { file, overwrite: true });
 * assert.deepEqual([result.ok, result.bytes], [true, 5]);
 * assert.equal(await Deno.readTextFile(file), "hello");
 * await Deno.remove(file);
 * ```
 */
export async function download(
  target: string | URL | Target,
  options: DownloadOptions = {},
): Promise<DownloadResult> {
  checkOptions(options, DOWNLOAD_OPTION_NAMES);
  refuseContradictions(options);
  const parsed = toTarget(target);
  using run = new DownloadRun(parsed, options);
  return await run.finish();
}

function refuseContradictions(options: DownloadOptions): void {
  const { expectedSha256, resume, onBody, file, folder, overwrite } = options;
  if (expectedSha256 !== undefined && !/^[0-9a-fA-F]{64}$/.test(expectedSha256)) {
    throw new SyntaxError(`Cannot compare with "${expectedSha256}": a SHA-256 has 64 hexadecimal digits`);
  }
  if (onBody && (resume || overwrite || file !== undefined || folder !== undefined)) {
    throw new TypeError(
      "Cannot use onBody together with a file: leave out file, folder, resume and overwrite",
    );
  }
  if (resume && ownRange(options) !== undefined) {
    throw new TypeError("Cannot resume with your own Range field: leave out one of them");
  }
  if (resume && (options.method ?? "GET") !== "GET") {
    throw new TypeError(`Cannot resume a ${options.method}: only GET has parts`);
  }
}

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
 * Downloads the content of a URL in constant memory: to `FILE.part` first, which gets its name once it is complete.
 *
 * A transfer that breaks off leaves the part, and `resume` goes on with it in a later run: the rest is asked for with
 * `Range` and `If-Range`, and only an answer that really continues the part is put behind it. Needs `--allow-net` for the
 * server, and `--allow-read` and `--allow-write` for the folder of the file; nothing of them for the file with `onBody`.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or what that gave
 * @returns What came of it; nothing that the server, the network or the file system does makes it throw
 * @throws {SyntaxError} If the target is no URL and no host, or `expectedSha256` is no digest
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
      "Cannot use onBody together with a file: leave file, folder, resume and overwrite out",
    );
  }
  if (resume && ownRange(options) !== undefined) {
    throw new TypeError("Cannot resume with a Range field of the caller's: leave one of them out");
  }
  if (resume && (options.method ?? "GET") !== "GET") {
    throw new TypeError(`Cannot resume a ${options.method}: only GET has parts`);
  }
}

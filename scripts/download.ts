/**
 * Saves the content of a URL in the current folder, and prints the progress every second.
 *
 *     deno run --allow-net --allow-read=. --allow-write=. scripts/download.ts https://example.com/file.iso
 *
 * `deno.json` says where `@std/cli` and `@std/fmt` come from. To use a copy of this script elsewhere, first run
 * `deno add jsr:@std/cli jsr:@std/fmt`.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { format } from "@std/fmt/bytes";
import { download } from "../lib/download.ts";
import { formatDuration } from "../lib/report.ts";

if (import.meta.main) {
  const { output, sha256, _: [url] } = parseArgs(Deno.args, { string: ["_", "output", "sha256"] });
  if (url === undefined) {
    console.error("Usage: download.ts [--output FILE] [--sha256 HEX] URL");
    Deno.exit(2);
  }
  let told = 0;
  const result = await download(url, {
    maxRedirects: 10,
    resume: true,
    file: output,
    expectedSha256: sha256,
    onProgress({ bytes, total, elapsed }) {
      if (elapsed - told < 1000) return;
      told = elapsed;
      console.error(
        `${format(bytes, { binary: true })} of ${
          total === undefined ? "?" : format(total, { binary: true })
        }`,
      );
    },
  });
  if (result.ok) {
    console.log(`${result.file}  ${result.sha256}  ${formatDuration(result.timings.total)}`);
  } else {
    console.error(result.error?.message);
    Deno.exit(1);
  }
}

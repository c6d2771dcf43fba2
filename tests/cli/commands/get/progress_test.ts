import { assertEquals } from "@std/assert";
import { DownloadBar } from "../../../../lib/cli/commands/get/progress.ts";
import { loadFormatSize } from "../../../../lib/cli/output/sizes.ts";
import type { DownloadProgress } from "../../../../lib/download.ts";
import { testRows } from "../../../_test_rows.ts";

const formatSize = await loadFormatSize({ terminal: true });
const PURE = { permissions: "none" } as const;

function progress(changes: Partial<DownloadProgress>): DownloadProgress {
  return { phase: "content", name: "f", bytes: 512, total: 1024, received: 512, elapsed: 1_000, ...changes };
}

function barOf(changes: Partial<DownloadProgress>, columns = 100): DownloadBar {
  const bar = new DownloadBar({ formatSize, columns: () => columns, now: () => 5_000 });
  bar.take(progress(changes));
  return bar;
}

testRows<[changes: Partial<DownloadProgress>, line: string]>("DownloadBar never shows more than the total", [
  [{}, "f   50 %  ███████████████░░░░░░░░░░░░░░░  512 B of 1 KiB  512 B/s  1 s left"],
  [{ bytes: 0, received: 0 }, "f    0 %  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0 B of 1 KiB  -"],
  [
    { bytes: 1023, received: 1023 },
    "f   99 %  █████████████████████████████▌  1,023 B of 1 KiB  1,023 B/s  1 s left",
  ],
  [
    { bytes: 1024, received: 1024 },
    "f  100 %  ██████████████████████████████  1 KiB of 1 KiB  1 KiB/s",
  ],
  [{ phase: "digest" }, "f digest   50 %  ███████████████░░░░░░░░░░░░░░░  512 B of 1 KiB"],
], ([changes, line]) => {
  assertEquals(barOf(changes).format()[0], line);
}, PURE);

Deno.test("DownloadBar leaves out parts until the line fits", PURE, () => {
  assertEquals(barOf({ name: "a-rather-long-name.iso" }, 40).format(), [
    "a-rather-long-name.iso   50 %  512 B of 1 KiB  512 B/s  1 s left",
    "a-rather-long-name.iso   50 %  512 B of 1 KiB  1 s left",
    "a-rather-long-name.iso   50 %  1 s left",
    " 50 %  512 B of 1 KiB  1 s left",
    " 50 %  1 s left",
  ]);
});

Deno.test("DownloadBar shows size and time of content whose length is unknown", PURE, () => {
  const bar = new DownloadBar({ formatSize, columns: () => 80, now: () => 0 });
  const { total: _, ...unknown } = progress({});
  bar.take(unknown);
  assertEquals(bar.format()[0], "f  512 B  512 B/s  1 s");
});

Deno.test("DownloadBar says how long it has waited for the first octet", PURE, () => {
  let now = 0;
  const bar = new DownloadBar({ formatSize, columns: () => 80, now: () => now });
  now = 4_900;
  assertEquals(bar.format(), ["waiting for the content, 4 s"]);
});

/** Downloads for a tenth of a second at each pace, in octets a millisecond, and gives the end of the line. */
function download(paces: readonly number[], total: number): string {
  let now = 0;
  let received = 0;
  const bar = new DownloadBar({ formatSize, columns: () => 80, now: () => now });
  for (const pace of paces) {
    now += 100;
    received += pace * 100;
    bar.take({ phase: "content", bytes: received, total, received, elapsed: now });
  }
  return bar.format().at(-1)!.trim();
}

testRows<[name: string, paces: number[], end: string]>("DownloadBar estimates the time by the recent pace", [
  ["a steady download", Array(200).fill(10), "20 %  1m 20s left"],
  ["one that became faster", [...Array(200).fill(2), ...Array(200).fill(8)], "20 %  1m 40s left"],
  ["one that stalls", [...Array(200).fill(10), ...Array(200).fill(0)], "20 %"],
], ([, paces, end]) => {
  assertEquals(download(paces, 1_000_000), end);
}, PURE);

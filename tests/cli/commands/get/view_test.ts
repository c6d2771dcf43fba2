import { assertEquals, assertStringIncludes } from "@std/assert";
import { makeDeviation } from "../../../../lib/http/deviation.ts";
import type { ProbeResult } from "../../../../lib/result.ts";
import { formatDownload, formatDownloadLine } from "../../../../lib/cli/commands/get/view.ts";
import type { DownloadResult } from "../../../../lib/download.ts";
import type { View } from "../../../../lib/text/layout.ts";
import { loadFormatSize } from "../../../../lib/cli/output/sizes.ts";
import { plainResult } from "../../../report/_samples.ts";
import { testRows } from "../../../_test_rows.ts";

const formatSize = await loadFormatSize({ terminal: true });

const BROKEN = { kind: "closed", by: "target", message: "It broke off" } as const;
const VIEW: View = { width: Infinity, paint: (_, text) => text, verbose: false };
const UNFINISHED = plainResult({
  request: { bytes: 1000, sentBytes: 400, complete: false },
  timings: { connect: 1, listen: 2, send: 4, wait: 8, receive: 16, own: 32, total: 63 },
});
const SAVED: DownloadResult = {
  schema: 1,
  input: "a",
  url: "http://a/",
  startedAt: "",
  ok: true,
  file: "f",
  bytes: 5,
  received: 5,
  timings: { receive: 16, digest: 5, total: 100 },
  exchanges: [{ ...UNFINISHED, redirects: [{ ...UNFINISHED, timings: { dns: 3, total: 3 } }] }],
};

testRows<[changes: Partial<DownloadResult>, lines: string[]]>(
  "formatDownload() says once how much came, and which part of a failed download remains",
  [
    [{ total: 9, resumable: true }, ["left f.part (--resume continues it)", "content 5 of 9 octets"]],
    [{ resumable: false }, [
      "left f.part (--resume starts over: the answer has no usable ETag or Last-Modified)",
      "content 5 octets",
    ]],
    [{ total: 9, resumable: true, error: { ...BROKEN, message: "It broke off: 5 of 9 octets came" } }, [
      "left f.part (--resume continues it)",
    ]],
    [{ bytes: 0 }, ["left f.part", "content 0 octets"]],
    [{ error: { ...BROKEN, kind: "digest" } }, ["left f.part (not to be resumed)", "content 5 octets"]],
  ],
  ([changes, lines]) => {
    const { file: _, ...saved } = SAVED;
    const failed: DownloadResult = { ...saved, ok: false, error: BROKEN, part: "f.part", ...changes };
    const text = formatDownload(failed, VIEW, formatSize).split("\n");
    const shown = text.filter((line) => /^(?:left|content) /.test(line)).map((line) =>
      line.replace(/ +/g, " ")
    );
    assertEquals(shown, lines);
  },
  { permissions: "none" },
);

Deno.test("formatDownload() names the request once", { permissions: "none" }, () => {
  const exchange = plainResult({
    status: 500,
    deviations: [makeDeviation("truncated-body", 44, "The stream ended")],
  });
  const error = {
    ...BROKEN,
    message: "Cannot read the answer to GET http://127.0.0.1:8080/: The stream ended",
  } as const;
  const { status: _, ...silent } = plainResult({ error: { ...error, phase: "wait" } });
  const { file: __, ...saved } = SAVED;
  const shown = (last: ProbeResult): string =>
    formatDownload({ ...saved, ok: false, error, exchanges: [last] }, VIEW, formatSize).replace(/ +/g, " ");
  assertStringIncludes(
    shown({ ...exchange, error: { ...error, phase: "body" } }),
    " Cannot read the answer: The stream ended\n",
  );
  assertStringIncludes(
    shown({ ...exchange, error: { ...error, phase: "body" } }),
    "from http://127.0.0.1:8080/ (500 OK, chunked)\n",
  );
  assertStringIncludes(shown(silent), "from http://127.0.0.1:8080/ (chunked)\n");
});

Deno.test("formatDownload() says that a request was sent only in part", { permissions: "none" }, () => {
  const text = formatDownload(SAVED, VIEW, formatSize).replace(/\s+/g, " ");
  assertEquals(text.split("request not sent to its end: 400 of 1,000 octets").length, 3);
  assertEquals(
    formatDownloadLine(SAVED, formatSize),
    "5 octets in 100 ms; request not sent to its end: 400 of 1,000 octets",
  );
});

Deno.test(
  "formatDownload() shows phases of all requests that add up to the total",
  { permissions: "none" },
  () => {
    const text = formatDownload(SAVED, VIEW, formatSize).replace(/\s+/g, " ");
    const timing = "timing dns 3 ms, connect 1 ms, listen 2 ms, send 4 ms, wait 8 ms, receive 16 ms, " +
      "digest 5 ms, sonde itself 61 ms, total 100 ms";
    assertEquals(text.includes(timing), true, text);
  },
);

import { assertEquals } from "@std/assert";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { layOutDeviations } from "../../../lib/report/text/deviations.ts";
import type { Deviation, ProbeResult } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { goodConnection, oddDeviations, plainResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";

Deno.test("layOutDeviations() groups by code, the worst class first", { permissions: "none" }, () => {
  const titles = layOutDeviations(plainResult({ deviations: oddDeviations() }), testView(STYLED))
    .filter((line) => /^ {2}\{/.test(line));
  assertEquals(titles, [
    "  {bad:truncated-body}{dim:  fatal, at octet 1,404, RFC 9112 §8}",
    "  {warning:connection-lie}{dim:  sender, at octet 1,404, RFC 9112 §9.6}",
    "  {warning:bare-lf} ×3{dim:  tolerated, first at octet 17, RFC 9112 §2.2}",
    "  {dim:obs-text-in-value}{dim:  info, at octet 120, RFC 9110 §5.5}",
  ]);
  assertEquals(layOutDeviations(plainResult(), testView()), []);
});

Deno.test(
  "layOutDeviations() shows that an excerpt of another protocol is only its beginning, and keeps the margin",
  {
    permissions: "none",
  },
  () => {
    const message =
      "No HTTP status-line: this looks like a protocol with a very long name that takes two lines";
    const deviations = [makeDeviation("not-http", 0, message, "SSH-2")];
    assertEquals(layOutDeviations(plainResult({ deviations }), testView()), [
      "deviations (1 finding)",
      "  not-http  fatal, at octet 0, RFC 9112 §4",
      "    No HTTP status-line: this looks like a protocol with a very long name that",
      "    takes two lines",
      "      SSH-2…",
    ]);
  },
);

Deno.test("layOutDeviations() lists every place when verbose", { permissions: "none" }, () => {
  const deviations = oddDeviations().filter(({ code }) => code === "bare-lf");
  assertEquals(layOutDeviations(plainResult({ deviations }), testView({ verbose: true })), [
    "deviations (3 findings)",
    "  bare-lf ×3  tolerated, first at octet 17, RFC 9112 §2.2",
    "    at octet 17: A line of the head ends with LF alone",
    "      HTTP/1.1 200 OK\\n",
    "    at octet 31: A line of the head ends with LF alone",
    "      Server: odd/0.1\\n",
    "    at octet 52: A line of the head ends with LF alone",
  ]);
});

Deno.test(
  "layOutDeviations() counts deviations of which only the first places are kept",
  { permissions: "none" },
  () => {
    const deviations = [{ ...makeDeviation("chunk-extension", 99, "A chunk has an extension"), count: 1200 }];
    assertEquals(layOutDeviations(plainResult({ deviations }), testView()), [
      "deviations (1,200 findings)",
      "  chunk-extension ×1,200  info, first at octet 99, RFC 9112 §7.1.1",
      "    A chunk has an extension",
    ]);
  },
);

const CHUNKED = { framing: "chunked", bytes: 2, wireBytes: 31, complete: true } as const;
const LIE = "The server closed the connection without having announced it";

testRows<[name: string, context: Partial<ProbeResult>, deviation: Deviation, lines: string[]]>(
  "layOutDeviations() refers to the place that says the same:",
  [
    [
      "the error",
      {
        error: {
          kind: "syntax",
          phase: "head",
          by: "target",
          message: "Cannot read it: No colon (at octet 17)",
        },
      },
      { ...makeDeviation("missing-colon", 17, "No colon"), excerpt: "X" },
      ["see the error above", "X"],
    ],
    [
      "the connection",
      { connection: goodConnection({ end: { by: "peer", how: "fin" } }) },
      makeDeviation("connection-lie", 40, LIE),
      ["see connection above"],
    ],
    [
      "the connection that ended without close_notify",
      { connection: goodConnection({ end: { by: "peer", how: "tls-truncated" } }) },
      makeDeviation("tls-truncated", 40, "TLS ended without close_notify"),
      ["see connection above"],
    ],
    [
      "the trailers",
      { body: { ...CHUNKED, trailers: [["X", "y"]] } },
      makeDeviation("trailers", 40, "Trailer fields: X"),
      ["see trailers above"],
    ],
    [
      "the octets before the request",
      { connection: goodConnection({ requestNumber: 0 }) },
      { ...makeDeviation("excess-data", 0, "Octets before the request"), excerpt: "220" },
      ["see listened above"],
    ],
    ["nothing", {}, makeDeviation("connection-lie", 40, LIE), [LIE]],
    [
      "nothing, if an error hides the contradiction",
      {
        error: { kind: "timeout", phase: "body", by: "target", message: "It took longer" },
        connection: goodConnection({ end: { by: "peer", how: "fin" } }),
      },
      makeDeviation("connection-lie", 40, LIE),
      [LIE],
    ],
    [
      "the number of octets",
      { connection: goodConnection({ surplusBytes: 1 }) },
      { ...makeDeviation("excess-crlf", 40, "Line ends after the response"), excerpt: "\\n" },
      ["1 octet came after the end of the response", "\\n"],
    ],
  ],
  ([, context, deviation, lines]) => {
    const result = plainResult({ ...context, deviations: [deviation] });
    assertEquals(layOutDeviations(result, testView()).slice(2).map((line) => line.trim()), lines);
  },
  { permissions: "none" },
);

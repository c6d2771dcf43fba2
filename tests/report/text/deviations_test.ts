import { assertEquals } from "@std/assert";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { layOutDeviations } from "../../../lib/report/text/deviations.ts";
import { oddDeviations, plainResult } from "../_samples.ts";
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

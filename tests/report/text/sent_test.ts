import { assertEquals } from "@std/assert";
import { layOutSent } from "../../../lib/report/text/sent.ts";
import type { ProbeResult } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { plainResult } from "../_samples.ts";
import { testView } from "./_view.ts";

const SENT = { bytes: 90, sentBytes: 90, complete: true, headBytes: 80, bodyBytes: 0 };
const GET = { ...SENT, method: "GET", target: "/a?b", version: "1.1" };

testRows<[name: string, request: NonNullable<ProbeResult["request"]>, lines: string[]]>(
  "layOutSent() shows the request",
  [
    ["as it was sent", { ...GET, headers: [["Host", "a"], ["x", "  b"]] }, [
      "> GET /a?b HTTP/1.1",
      "> Host: a",
      "> x:   b",
    ]],
    ["in lines that are not broken", {
      ...GET,
      target: `/${"x".repeat(70)}`,
      headers: [["a", "b ".repeat(40)]],
    }, [
      `> GET /${"x".repeat(70)} HTTP/1.1`,
      `> a: ${"b ".repeat(40)}`,
    ]],
    ["with the size of its content", { ...GET, method: "POST", bodyBytes: 12, headers: [] }, [
      "> POST /a?b HTTP/1.1",
      "> (12 octets of content)",
    ]],
    ["with hidden credentials", { ...GET, headers: [["Authorization", "***"]] }, [
      "> GET /a?b HTTP/1.1",
      "> Authorization: ***",
      "> (*** hides credentials: --wire shows them)",
    ]],
    ["even if it is malformed", { ...SENT, bodyBytes: 9, headers: [], excerpt: "hello\\r\\n" }, [
      "> hello\\r\\n",
    ]],
    ["unless it was not kept", { bytes: 90, sentBytes: 90, complete: true }, []],
    ["unless nothing was sent", { ...GET, sentBytes: 0, headers: [["Host", "a"]] }, []],
  ],
  ([, request, lines]) => {
    assertEquals(layOutSent(plainResult({ request }), testView({ verbose: true })), lines);
    assertEquals(layOutSent(plainResult({ request }), testView()), []);
  },
  { permissions: "none" },
);

import { assertEquals } from "@std/assert";
import type { ProbeError } from "../../../lib/result.ts";
import { layOutChecks, layOutError } from "../../../lib/report/text/error.ts";
import { plainResult, refusedResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";
import { stepRows } from "../../_test_rows.ts";

Deno.test(
  "layOutError() distinguishes a local fault from one of the target",
  { permissions: "none" },
  async (test) => {
    const rows: [error: ProbeError, lines: string[]][] = [
      [{ kind: "timeout", phase: "wait", by: "target", message: "No octet in 10 s" }, [
        "{bad:FAILED: timeout} while waiting for the first octet (fault of the target)",
        "  No octet in 10 s",
      ]],
      [{ kind: "tls", phase: "tls", by: "target", message: "Alert 40" }, [
        "{bad:FAILED: tls} in the TLS handshake (fault of the target)",
        "  Alert 40",
      ]],
      [{ kind: "unreachable", phase: "connect", by: "network", message: "No route" }, [
        "{bad:FAILED: unreachable} while connecting (fault of the network)",
        "  No route",
      ]],
      [{ kind: "permission", phase: "dns", by: "local", message: "Use --allow-net" }, [
        "{warning:NOT MEASURED: permission} while looking up the name (local fault: it says nothing about the target)",
        "  Use --allow-net",
      ]],
    ];
    await stepRows(test, rows, ([error, lines]) => {
      assertEquals(layOutError(refusedResult({ error }), testView(STYLED)), lines);
    });
    assertEquals(layOutError(plainResult(), testView()), []);
  },
);

Deno.test(
  "layOutChecks() shows the actual value of a failed expectation",
  { permissions: "none" },
  () => {
    const checks = [
      { expect: "status == 200", ok: true, actual: 200 },
      { expect: 'header.x == "\x1b"', ok: false, actual: "a\x1b\x9b" },
      { expect: 'tls.alpn == "h2"', ok: false, actual: undefined },
      { expect: "idle >= 65s", ok: false, actual: { atLeast: 11 }, advice: "watch for longer" },
      { expect: "timings.wait < 100", ok: false, actual: 103.40000000001 },
    ];
    assertEquals(layOutChecks(plainResult({ checks }), testView()), [
      "expected     ok  status == 200",
      '             NO  header.x == "\\x1b", found "a\\u001b\\x9b"',
      '             NO  tls.alpn == "h2", could not be established',
      "             ??  idle >= 65s, could not be decided: at least 11 s; watch for",
      "               longer",
      "             NO  timings.wait < 100, found 103 ms",
    ]);
    assertEquals(layOutChecks(plainResult(), testView()), []);
  },
);

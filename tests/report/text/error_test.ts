import { assertEquals } from "@std/assert";
import type { ProbeError } from "../../../lib/result.ts";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { layOutChecks, layOutError, shortenMessage } from "../../../lib/report/text/error.ts";
import { plainResult, refusedResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

Deno.test(
  "layOutError() distinguishes a local fault from one of the target",
  { permissions: "none" },
  async (test) => {
    const rows: [error: ProbeError, lines: string[]][] = [
      [{ kind: "timeout", phase: "wait", by: "target", message: "No octet in 10 s" }, [
        "{bad:FAILED: timeout} (fault of the target)",
        "  No octet in 10 s",
      ]],
      [{ kind: "tls", phase: "tls", by: "target", message: "Alert 40" }, [
        "{bad:FAILED: tls} (fault of the target)",
        "  Alert 40",
      ]],
      [
        { kind: "certificate", phase: "tls", by: "target", message: "the certificate is self-signed (CN=a)" },
        [
          "{bad:FAILED: certificate} (fault of the target)",
          "  the certificate is self-signed (CN=a)",
          "  {dim:--cacert FILE trusts its issuer, and -k accepts any certificate}",
        ],
      ],
      [{ kind: "certificate", phase: "tls", by: "target", message: "it expired" }, [
        "{bad:FAILED: certificate} (fault of the target)",
        "  it expired",
        "  {dim:-k accepts any certificate}",
      ]],
      [{ kind: "limit", phase: "body", by: "target", message: "the body has more than 10 octets" }, [
        "{bad:FAILED: limit} (fault of the target)",
        "  the body has more than 10 octets",
        "  {dim:--max-body SIZE sets another limit}",
      ]],
      [
        {
          kind: "limit",
          phase: "head",
          by: "target",
          message: "A head of more than 20 octets (at octet 20)",
        },
        [
          "{bad:FAILED: limit} (fault of the target)",
          "  A head of more than 20 octets (at octet 20)",
          "  {dim:--max-head SIZE sets another limit}",
        ],
      ],
      [{ kind: "limit", phase: "head", by: "target", message: "the head is longer than 10 octets" }, [
        "{bad:FAILED: limit} (fault of the target)",
        "  the head is longer than 10 octets",
      ]],
      [{ kind: "unreachable", phase: "connect", by: "network", message: "No route" }, [
        "{bad:FAILED: unreachable} (fault of the network)",
        "  No route",
      ]],
      [{ kind: "permission", phase: "dns", by: "local", message: "Use --allow-net" }, [
        "{warning:NOT MEASURED: permission} (local fault: it says nothing about the target)",
        "  Use --allow-net",
      ]],
    ];
    await stepRows(test, rows, ([error, lines]) => {
      assertEquals(layOutError(refusedResult({ error }), testView(STYLED)), lines);
    });
    assertEquals(layOutError(plainResult(), testView()), []);
  },
);

testRows<[message: string, short: string]>(
  "shortenMessage() leaves out the request, and the offset that a deviation has",
  [
    [
      "Cannot read the answer to GET http://a/b: The stream ended",
      "Cannot read the answer: The stream ended",
    ],
    [
      "Cannot read the head of the answer to GET http://a/b: it took",
      "Cannot read the head of the answer: it took",
    ],
    ["Cannot send GET http://a/b: the peer closed", "Cannot send the request: the peer closed"],
    ["Cannot follow the redirect of GET http://a/b: a loop", "Cannot follow the redirect: a loop"],
    ["Cannot connect to a:80: refused", "Cannot connect to a:80: refused"],
    ["Cannot read the answer to GET http://a/b: No colon (at octet 17)", "Cannot read the answer: No colon"],
    ["No colon (at octet 18)", "No colon (at octet 18)"],
  ],
  ([message, short]) => {
    const deviations = [makeDeviation("missing-colon", 17, "No colon")];
    assertEquals(shortenMessage(message, { method: "GET", url: "http://a/b", deviations }), short);
  },
  { permissions: "none" },
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

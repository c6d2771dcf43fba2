import { assertEquals, assertStringIncludes } from "@std/assert";
import type { NagiosCode } from "../../../lib/report/nagios.ts";
import { formatProfileMarkdown } from "../../../lib/report/profile/profile_markdown.ts";
import {
  formatProfileNagios,
  profileNagiosCode,
  ProfileNagiosFormatter,
} from "../../../lib/report/profile/profile_nagios.ts";
import type { ConnectionProfile } from "../../../lib/result.ts";
import { sampleProfile } from "./_profile.ts";
import { stepRows } from "../../_test_rows.ts";

const REFUSED = { kind: "refused", phase: "connect", by: "target", message: "nobody | there" } as const;
const LOCAL = { kind: "resource", phase: "connect", by: "local", message: "too many open files" } as const;
const GOOD = [{ expect: "idle >= 60s", ok: true, actual: 60.2 }];
const BAD = [{ expect: "idle >= 65s", ok: false, actual: 60.2 }];

Deno.test("formatProfileNagios() shows expectations, otherwise findings, otherwise outcomes", {
  permissions: "none",
}, async (test) => {
  const figures = "| time=4.500000s;;;0 idle=60.2s;;;0";
  const rows: [changes: Partial<ConnectionProfile>, code: NagiosCode, line: string][] = [
    [{}, 1, `CONN WARNING - a.test: closes before the proxy does ${figures}`],
    [
      { checks: GOOD },
      0,
      `CONN OK - a.test: keep-alive yes, idle-timeout closed, max-requests open ${figures}`,
    ],
    [{ checks: BAD, ok: false }, 2, `CONN CRITICAL - a.test: not idle >= 65s (found 60.2 s) ${figures}`],
    [
      { findings: [{ ...sampleProfile().findings[0]!, severity: "info" }] },
      0,
      `CONN OK - a.test: keep-alive yes, idle-timeout closed, max-requests open ${figures}`,
    ],
    [
      { findings: [] },
      0,
      `CONN OK - a.test: keep-alive yes, idle-timeout closed, max-requests open ${figures}`,
    ],
    [
      { ok: false, error: REFUSED, experiments: {} },
      2,
      "CONN CRITICAL - a.test: refused in connect: nobody \\x7c there | time=0.000000s;;;0",
    ],
    [
      { ok: false, error: LOCAL, experiments: {} },
      3,
      "CONN UNKNOWN - a.test: resource in connect: too many open files | time=0.000000s;;;0",
    ],
  ];
  const document = new ProfileNagiosFormatter();
  await stepRows(test, rows, ([changes, code, line]) => {
    const profile = sampleProfile(changes);
    assertEquals([profileNagiosCode(profile), formatProfileNagios(profile)], [code, line]);
    assertEquals(document.row(profile), `${line}\n`);
  });
  assertEquals(document.code, 2);
});

Deno.test(
  "formatProfileMarkdown() can be pasted into a ticket, and lets no value become markup",
  { permissions: "none" },
  () => {
    const contact = { local: { address: "10.0.0.5", port: 40_000 }, peer: { address: "::1", port: 80 } };
    const command = "sonde conn 'http://a.test/`x`'";
    assertEquals(
      formatProfileMarkdown(sampleProfile({ checks: BAD, contact }), { command, version: "1.2.3" }),
      `## Connections of http://a.test/: 1 problem in 3 experiments

Measured on 2026-03-01 at 12:00:00 UTC by sonde 1.2.3 with 3 experiments, from 10.0.0.5 to &#91;::1&#93; port 80.

- **problem: idle-too-short** (idle-timeout)
  - Found: closes before the proxy does
  - Measured: closed after 60.2 s &#124; FIN
  - Advice: raise it &#60;b&#62;

| expectation | holds | found |
| --- | --- | --- |
| idle &#62;= 65s | no | found 60.2 s |

| experiment | outcome | what was measured |
| --- | --- | --- |
| keep-alive | yes | 3 of 3 requests on one connection |
| idle-timeout | closed | see above |
| max-requests | open | open after 1,000 requests |

To measure it again:

\`\`\`sh
${command}
\`\`\``,
    );
    assertStringIncludes(formatProfileMarkdown(sampleProfile()), "UTC by sonde with 3 experiments.");
    assertEquals(
      formatProfileMarkdown(sampleProfile({ error: REFUSED, experiments: {}, findings: [] })).split("\n").at(
        -1,
      ),
      "**FAILED: refused** while connecting (fault of the target): nobody &#124; there",
    );
  },
);

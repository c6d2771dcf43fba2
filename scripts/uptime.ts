/**
 * Checks once whether URLs are up, for cron, a systemd timer or CI. Prints a line for each URL.
 *
 * The exit code is 1 if a URL is down. If none is, it is 3 if a local fault or a missing permission prevented a check
 * ("unknown"), and otherwise 0. It is 2 without any URL.
 *
 *     deno run --allow-net scripts/uptime.ts https://example.com/ https://example.org/health
 *
 * @module
 */

import { probeAll } from "../lib/batch.ts";
import { parseExpectation, withChecks } from "../lib/expect.ts";
import { describeBrokenCheck, escapeMessage } from "../lib/report.ts";

const EXPECTATIONS = ["status < 400", "timings.total < 5s", "deviations.fatal == 0"];

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: uptime.ts URL…");
    Deno.exitCode = 2;
  }
  const expectations = EXPECTATIONS.map((text) => parseExpectation(text));
  for await (const probed of probeAll(Deno.args, { ordered: true })) {
    const { input, ok, error, timings, checks } = withChecks(probed, expectations);
    const broken = checks.filter((check) => !check.ok).map(describeBrokenCheck).join(", ");
    const unknown = error?.by === "local";
    const state = ok ? "up  " : unknown ? "unknown" : "DOWN";
    console.log(state, `${timings.total.toFixed(0)} ms`, input, escapeMessage(error?.message ?? broken));
    // A URL that is down decides, also after one that could not be measured.
    if (!ok) Deno.exitCode = unknown && Deno.exitCode !== 1 ? 3 : 1;
  }
}

/**
 * Checks once whether URLs are up, for cron, a systemd timer or CI. Prints a line for each URL; the exit code
 * is 1 if one of them is not up. "unknown" means that a local fault prevented the check.
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
  if (Deno.args.length === 0) console.error("Usage: uptime.ts URL…");
  Deno.exitCode = Deno.args.length === 0 ? 2 : 0;
  const expectations = EXPECTATIONS.map((text) => parseExpectation(text));
  for await (const probed of probeAll(Deno.args, { ordered: true })) {
    const { input, ok, error, timings, checks } = withChecks(probed, expectations);
    const broken = checks.filter((check) => !check.ok).map(describeBrokenCheck).join(", ");
    const state = ok ? "up  " : error?.by === "local" ? "unknown" : "DOWN";
    console.log(state, `${timings.total.toFixed(0)} ms`, input, escapeMessage(error?.message ?? broken));
    if (!ok) Deno.exitCode = 1;
  }
}

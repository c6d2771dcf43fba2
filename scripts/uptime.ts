/**
 * Are they up? Once, for cron, a systemd timer or CI: a line for each URL, and exit code 1 if one is not as it should be.
 * "unknown" is what could not be measured from here, which says nothing about the server.
 *
 *     deno run --allow-net scripts/uptime.ts https://example.com/ https://example.org/health
 *
 * @module
 */

import { describeBrokenCheck, escapeMessage, parseExpectation, probe, withChecks } from "../mod.ts";

const EXPECTATIONS = ["status < 400", "timings.total < 5s", "deviations.fatal == 0"];

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: uptime.ts URL…");
    Deno.exit(2);
  }
  const expectations = EXPECTATIONS.map((text) => parseExpectation(text));
  const results = await Promise.all(Deno.args.map(async (url) => withChecks(await probe(url), expectations)));
  for (const { input, ok, error, timings, checks } of results) {
    const broken = checks.filter((check) => !check.ok).map(describeBrokenCheck).join(", ");
    console.log(
      ok ? "up  " : error?.by === "local" ? "unknown" : "DOWN",
      `${timings.total.toFixed(0)} ms`,
      input,
      escapeMessage(error?.message ?? broken),
    );
  }
  Deno.exit(results.every(({ ok }) => ok) ? 0 : 1);
}

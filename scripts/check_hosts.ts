/**
 * Probes the hosts of a list on stdin, and prints those that fail or answer with an error status.
 *
 *     deno run --allow-net scripts/check_hosts.ts < hosts.txt
 *
 * @module
 */

import { probeAll, readTargets } from "../lib/batch.ts";
import { BatchTally, formatBatchSummary, formatTextRow } from "../lib/report.ts";

const tally = new BatchTally();
for await (const result of probeAll(readTargets(Deno.stdin.readable), { concurrency: 200, retries: 1 })) {
  tally.add(result);
  if (!result.ok || result.status! >= 400) console.log(formatTextRow(result));
}
console.error(formatBatchSummary(tally.summary(), { elapsed: performance.now() }));
Deno.exitCode = tally.ok === tally.rows ? 0 : 1;

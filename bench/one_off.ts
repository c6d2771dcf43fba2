/**
 * Measures the cost of a single probe beyond starting Deno: the wall times of `sonde URL`, `deno eval 1` and
 * `curl`, in alternating runs.
 *
 * ```sh
 * deno run -A bench/one_off.ts
 * ```
 *
 * @module
 */

import { formatSpread, formatTable, run, SONDE, spread, versionOf } from "./_measure.ts";
import { hasNginx, startNginx } from "./_nginx.ts";

const ROUNDS = 21;
/** Milliseconds by which a probe may exceed `deno eval 1`. */
const MOST = 40;

if (import.meta.main) {
  if (!hasNginx()) throw new Error("nginx is not installed");
  await using server = await startNginx();
  const url = `http://127.0.0.1:${server.port}/`;

  const deno = Deno.execPath();
  const curl = await versionOf("curl");
  const subjects: [name: string, program: string, args: string[]][] = [
    ["deno eval 1", deno, ["eval", "1"]],
    ["sonde --help", deno, [...SONDE, "--help"]],
    ["sonde URL", deno, [...SONDE, url]],
    ["sonde --json URL", deno, [...SONDE, "--json", url]],
    ...(curl === undefined
      ? []
      : [["curl -s URL", "curl", ["-s", "-o", "/dev/null", url]] as [string, string, string[]]]),
  ];
  const times = subjects.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, [, program, args]] of subjects.entries()) {
      const { seconds } = await run(program, args);
      // The first round fills caches.
      if (round > 0) times[index]!.push(seconds * 1000);
    }
  }
  const base = times[0]!;
  console.log(
    `One-off: ms of wall time, median (lowest–highest) of ${ROUNDS} rounds; Deno ${Deno.version.deno}`,
  );
  console.log(`${curl ?? "curl is absent"}\n`);
  console.log(formatTable([
    ["", "ms", "above deno eval 1"],
    ...subjects.map(([name], index) => [
      name,
      formatSpread(times[index]!, 1),
      formatSpread(times[index]!.map((ms, round) => ms - base[round]!), 1),
    ]),
  ]));
  const over = spread(times[2]!.map((ms, round) => ms - base[round]!)).median;
  console.log(
    `\na probe takes ${over.toFixed(1)} ms more than deno eval 1: ${
      over <= MOST ? "within" : "OVER"
    } ${MOST} ms`,
  );
}

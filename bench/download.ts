/**
 * Compares the rate of `sonde get` with that of `curl -o`, in alternating runs over loopback from one nginx.
 *
 * ```sh
 * deno run -A bench/download.ts
 * ```
 *
 * @module
 */

import { type Cost, formatSpread, formatTable, run, SONDE, versionOf } from "./_measure.ts";
import { BIG, hasNginx, startNginx } from "./_nginx.ts";

const ROUNDS = 7;

if (import.meta.main) {
  if (!hasNginx()) throw new Error("nginx is not installed");
  await using server = await startNginx();
  const url = `http://127.0.0.1:${server.port}/big.bin`;
  const file = `${server.folder}/got`;
  const curl = await versionOf("curl");
  const sonde = [...SONDE, "get", "--progress", "never", "-o", file, url];
  const subjects: [name: string, program: string, args: string[]][] = [
    ["sonde get", Deno.execPath(), sonde],
    ...(curl === undefined
      ? []
      : [["curl -o", "curl", ["-s", "-o", file, url]] as [string, string, string[]]]),
  ];
  const costs = subjects.map((): Cost[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, [name, program, args]] of subjects.entries()) {
      await Deno.remove(file).catch(() => {});
      const cost = await run(program, args);
      const { size } = await Deno.stat(file);
      if (size !== BIG) throw new Error(`${name} wrote ${size} octets`);
      if (round > 0) costs[index]!.push(cost);
    }
  }
  const rates = costs.map((all) => all.map(({ seconds }) => BIG / seconds / 1e6));
  const curlRates = curl === undefined ? undefined : rates.at(-1)!;
  console.log(
    `Download of ${BIG / 2 ** 20} MiB: MB/s including start-up, median (lowest–highest) of ${ROUNDS} rounds`,
  );
  console.log(`Deno ${Deno.version.deno}; ${curl ?? "curl is absent"}\n`);
  console.log(formatTable([
    ["", "MB/s", "of curl's rate", "CPU s", "peak MiB"],
    ...subjects.map(([name], index) => [
      name,
      formatSpread(rates[index]!, 0),
      curlRates ? formatSpread(rates[index]!.map((rate, round) => rate / curlRates[round]!), 2) : "–",
      formatSpread(costs[index]!.map(({ cpu }) => cpu), 2),
      formatSpread(costs[index]!.map(({ peak }) => peak / 2 ** 20), 0),
    ]),
  ]));
}

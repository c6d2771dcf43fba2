/**
 * Measures how many hosts a second `sonde batch --json -o FILE` probes, compared with tools that report far
 * less. All hosts are loopback addresses of one nginx.
 *
 * ```sh
 * deno run -A bench/batch.ts                  # 20,000 addresses
 * deno run -A bench/batch.ts --targets 5000
 * ```
 *
 * nginx must listen on every loopback address. As root, the benchmark runs in a network namespace of its own,
 * where no other program listens; otherwise all targets share one address and differ in their paths.
 *
 * @module
 */

import { type Cost, formatSpread, formatTable, run, SONDE, versionOf } from "./_measure.ts";
import { INSIDE, runInNamespace } from "./_namespace.ts";
import { hasNginx, startNginx } from "./_nginx.ts";
import { readNumbers } from "./_read_numbers.ts";

const ROUNDS = 5;
const AT_ONCE = 50;

interface Subject {
  readonly name: string;
  readonly version: string | undefined;
  readonly program: string;
  readonly args: readonly string[];
  /** Reads the number of requests that the program made from its output. */
  readonly count?: (cost: Cost) => number;
}

if (import.meta.main) {
  const [count] = readNumbers("targets", "20000");
  if (!hasNginx()) throw new Error("nginx is not installed");
  if (!await runInNamespace(new URL(import.meta.url))) await compare(count);
}

async function compare(count: number): Promise<void> {
  await using server = await startNginx();
  const { port, folder } = server;
  const urls = Array.from(
    { length: count },
    (_, index) =>
      INSIDE
        ? `http://127.${index >> 16}.${index >> 8 & 255}.${(index & 255) || 1}:${port}/`
        : `http://127.0.0.1:${port}/?${index}`,
  );
  const list = `${folder}/list`;
  await Deno.writeTextFile(list, urls.join("\n") + "\n");
  const config = `${folder}/curl`;
  await Deno.writeTextFile(config, urls.map((url) => `url = "${url}"\noutput = "/dev/null"\n`).join(""));
  const subjects = await listSubjects({ folder, list, config, one: `http://127.0.0.1:${port}/`, count });
  const present = subjects.filter(({ version }) => version !== undefined);
  const costs = present.map((): Cost[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { program, args }] of present.entries()) costs[index]!.push(await run(program, args));
  }
  await checkRows(`${folder}/rows`, count);
  report(present, costs, count);
  for (const { name, version, program } of subjects) {
    console.log(`${name}: ${version ?? `${program} is absent`}`);
  }
}

/** The targets of a round, in the notation of each program. */
interface Targets {
  readonly folder: string;
  /** File with one URL a line. */
  readonly list: string;
  /** Configuration file of curl. */
  readonly config: string;
  /** The URL for programs that accept only one. */
  readonly one: string;
  readonly count: number;
}

async function listSubjects({ folder, list, config, one, count }: Targets): Promise<Subject[]> {
  const connectAll = new URL("./_connect_all.ts", import.meta.url).pathname;
  const fetchAll = new URL("./_fetch_all.ts", import.meta.url).pathname;
  const denoVersion = `Deno ${Deno.version.deno}`;
  return [
    {
      name: "sonde batch --json -o FILE",
      version: denoVersion,
      program: Deno.execPath(),
      args: [
        ...SONDE,
        "batch",
        "-c",
        `${AT_ONCE}`,
        "--json",
        "--progress",
        "never",
        "-o",
        `${folder}/rows`,
        list,
      ],
    },
    {
      name: "Deno.connect, write, read, close",
      version: denoVersion,
      program: Deno.execPath(),
      args: ["run", "--no-check", "--allow-all", connectAll, list, `${AT_ONCE}`],
    },
    {
      name: "ab without keep-alive",
      version: await versionOf("ab", "-V"),
      program: "ab",
      args: ["-q", "-n", `${count}`, "-c", `${AT_ONCE}`, one],
    },
    {
      name: "curl --parallel",
      version: await versionOf("curl"),
      program: "curl",
      args: ["-s", "--parallel", "--parallel-max", `${AT_ONCE}`, "-H", "Connection: close", "-K", config],
    },
    {
      name: "wrk with Connection: close",
      version: await versionOf("wrk", "-v"),
      program: "wrk",
      args: ["-t", "1", "-c", `${AT_ONCE}`, "-d", "3s", "-H", "Connection: close", one],
      count: ({ stdout }) => Number(/(\d+) requests in/.exec(stdout)?.[1]),
    },
    {
      name: "Deno fetch, a line of JSON each",
      version: denoVersion,
      program: Deno.execPath(),
      args: ["run", "--no-check", "--allow-all", fetchAll, list, `${folder}/fetched`, `${AT_ONCE}`],
    },
    {
      name: "httpx -json",
      version: await projectdiscovery(),
      program: "httpx",
      args: ["-silent", "-json", "-t", `${AT_ONCE}`, "-l", list, "-o", `${folder}/httpx`],
    },
  ];
}

/** A Python program has the same name. */
async function projectdiscovery(): Promise<string | undefined> {
  const version = await versionOf("httpx", "-version");
  return version?.includes("projectdiscovery") ? version : undefined;
}

async function checkRows(file: string, count: number): Promise<void> {
  const rows = (await Deno.readTextFile(file)).trim().split("\n").map((line) => JSON.parse(line));
  const good = rows.filter(({ ok, status }) => ok && (status === 200)).length;
  if (good !== count) {
    throw new Error(
      `only ${good} of ${count} targets are ok; one that failed: ${
        JSON.stringify(rows.find(({ ok }) => !ok))
      }`,
    );
  }
}

function report(subjects: readonly Subject[], costs: readonly Cost[][], count: number): void {
  const rates = subjects.map((subject, index) =>
    costs[index]!.map((cost) => (subject.count?.(cost) ?? count) / cost.seconds)
  );
  const perThousand = (index: number) =>
    costs[index]!.map((cost) => 1000 * cost.cpu / (subjects[index]!.count?.(cost) ?? count));
  const targets = INSIDE ? `${count} addresses` : `${count} URLs of one address`;
  console.log(
    `Batch: ${targets}, ${AT_ONCE} in parallel, median (lowest–highest) of ${ROUNDS} alternating rounds\n`,
  );
  console.log(formatTable([
    ["", "hosts/s", "sonde/other", "CPU s per 1,000", "peak MiB"],
    ...subjects.map(({ name }, index) => [
      name,
      formatSpread(rates[index]!, 0),
      formatSpread(rates[index]!.map((rate, round) => rates[0]![round]! / rate), 2),
      formatSpread(perThousand(index), 2),
      formatSpread(costs[index]!.map(({ peak }) => peak / 2 ** 20), 0),
    ]),
  ]));
  console.log();
}

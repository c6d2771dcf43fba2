/**
 * `deno task fuzz`: tries the properties of the tests on random input until the time is over, shrinks and saves every
 * counterexample, and replays saved ones.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { stripAnsiCode } from "@std/fmt/colors";
import { StreamOutput } from "../../lib/cli/output/output.ts";
import { StatusLine } from "../../lib/cli/output/status_line.ts";
import { parseDuration } from "../../lib/text/duration.ts";
import { describeRow, readCounterexample, saveCounterexample } from "./_counterexample.ts";
import { fuzz } from "./_fuzz.ts";
import type { Property } from "./_property.ts";

const HELP = `Usage: deno task fuzz [FILE…] [--seed N] [--duration 1m] [--only NAME]… [--out DIR]

Checks the properties of the tests on random input. Shrinks and saves a counterexample; the exit code is then 1.
With files, replays the counterexamples in them instead.

  --seed N          begin with this seed (default: a random one, which is printed)
  --duration TIME   duration of the search (default 1m)
  --only NAME       check only this property; may be repeated
  --out DIR         folder for counterexamples (default fuzz)
  --patience TIME   time after which one input counts as endless (default 20s)
  --module FILE     module that exports another list of properties as PROPERTIES

Properties:
`;

/** Operands are files to replay. */
function refuseUnknownFlag(arg: string, flag?: string): void {
  if (flag !== undefined) throw new TypeError(`Unknown flag ${arg}`);
}

async function main(): Promise<number> {
  const values = parseArgs(Deno.args, {
    string: ["_", "seed", "duration", "only", "out", "patience", "module"],
    boolean: ["help"],
    collect: ["only"],
    alias: { h: "help" },
    default: {
      duration: "1m",
      out: "fuzz",
      patience: "20s",
      module: new URL("./_properties.ts", import.meta.url).href,
    },
    unknown: refuseUnknownFlag,
  });
  const empty = (["seed", "duration", "out", "patience", "module"] as const).find((name) =>
    values[name] === ""
  );
  if (empty !== undefined) throw new TypeError(`--${empty} needs a value`);

  const module = new URL(values.module, `file://${Deno.cwd()}/`).href;
  const { PROPERTIES: properties } = await import(module) as { PROPERTIES: readonly Property[] };
  if (values.help) {
    console.log(HELP + properties.map(({ name, claim }) => `  ${name.padEnd(32)}${claim}`).join("\n"));
    return 0;
  }
  const names = properties.map(({ name }) => name);
  const unknown = values.only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Cannot fuzz ${unknown}: there are ${names.join(", ")}`);
  }
  if (values._.length > 0) return await replay(values._, properties);

  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new TypeError(`Cannot begin with the seed ${values.seed}: it is no whole number below 2^31`);
  }
  const again = (only: string, from: number): string => `deno task fuzz --only ${only} --seed ${from}`;
  console.log(`seed ${seed}`);
  const status = new StatusLine(new StreamOutput(Deno.stderr, "stderr"), columns);
  const { tried, found } = await fuzz({
    module,
    properties,
    only: values.only,
    seed,
    duration: parseDuration(values.duration),
    patience: parseDuration(values.patience),
    onProgress: (text) => status.show(text),
    onFound: async (found) => {
      const counterexample = { ...found, error: stripAnsiCode(found.error).trim() };
      const path = await saveCounterexample(counterexample, values.out);
      const { property, claim, error, input } = counterexample;
      await status.clear();
      console.log(
        `\nCOUNTEREXAMPLE to "${claim}"\n  ${JSON.stringify(input)}\n  ${error.replaceAll(/\n\s*/g, " ")}`,
      );
      console.log(`saved as ${path}; try it again with: deno task fuzz ${path}`);
      console.log(`or search again with: ${again(property, counterexample.seed)}`);
      console.log(
        describeRow(counterexample, properties.find(({ name }) => name === property)?.rowOf(input)),
      );
    },
  });
  await status.clear();
  for (const [name, { runs, applied }] of tried) {
    console.log(`${name.padEnd(32)}${String(runs).padStart(9)} inputs, it says something about ${applied}`);
  }
  console.log(found === 0 ? "no counterexample" : `${found} counterexamples in ${values.out}/`);
  return found === 0 ? 0 : 1;
}

/** Checks saved inputs again. */
async function replay(paths: readonly string[], properties: readonly Property[]): Promise<number> {
  let failed = 0;
  for (const path of paths) {
    const saved = await readCounterexample(path);
    const property = properties.find(({ name }) => name === saved.property);
    if (!property) throw new TypeError(`Cannot replay ${path}: there is no property ${saved.property}`);
    const error = property.replay(saved.input);
    const verdict = error ? `still a counterexample to "${property.claim}"\n${error.message}` : "holds now";
    console.log(`${path}: ${verdict}`);
    console.log(describeRow(saved, property.rowOf(saved.input)));
    if (error) failed++;
  }
  return failed === 0 ? 0 : 1;
}

function columns(): number {
  return Deno.stderr.isTerminal() ? Deno.consoleSize().columns : 80;
}

try {
  // A hanging check would keep the process alive.
  Deno.exit(await main());
} catch (error) {
  if (!(error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError)) {
    throw error;
  }
  console.error(error.message);
  Deno.exit(2);
}

/**
 * Compares sonde's response reader with llhttp (Node's parser, through Deno's `node:_http_common`) and
 * http-parser-js, in one process.
 *
 * Each must give the same data: version, status, reason, names and values in order and case, the number of
 * octets of content, and trailers. The benchmark checks that before it measures. sonde's reader also looks
 * for deviations. The rounds of the three alternate, so that other load on the machine affects all of them;
 * the table shows the medians.
 *
 * ```sh
 * deno run --allow-read --allow-env bench/parser.ts
 * ```
 *
 * @module
 */

import process from "node:process";
import { cases, type ParserCase } from "./_parser_cases.ts";
import { type ParserSubject, parserSubjects } from "./_parser_subjects.ts";

const ROUNDS = 21;
const ROUND_MS = 12;

interface Row {
  readonly name: string;
  /** Microseconds for one message, by subject. */
  readonly micros: readonly number[];
  /** sonde's time divided by that of each other parser, for each round. */
  readonly ratios: readonly (readonly number[])[];
}

function checkEqual({ name, pieces }: ParserCase): void {
  const [ours, ...others] = parserSubjects.map((subject) => JSON.stringify(subject.parse(pieces)));
  others.forEach((other, i) => {
    if (other === ours) return;
    throw new Error(`${name}: ${parserSubjects[i + 1]!.name} reads ${other}, and sonde reads ${ours}`);
  });
}

/** Measures the microseconds for each of `count` messages. */
function time(subject: ParserSubject, { pieces }: ParserCase, count: number): number {
  const begin = performance.now();
  for (let i = 0; i < count; i++) subject.parse(pieces);
  return (performance.now() - begin) * 1000 / count;
}

function calibrate(subject: ParserSubject, parserCase: ParserCase): number {
  let count = 1;
  for (let spent = 0; spent < ROUND_MS;) {
    count *= 2;
    spent = time(subject, parserCase, count) * count / 1000;
  }
  return count;
}

function measure(parserCase: ParserCase): Row {
  checkEqual(parserCase);
  const counts = parserSubjects.map((subject) => calibrate(subject, parserCase));
  const rounds = Array.from(
    { length: ROUNDS },
    () => parserSubjects.map((s, i) => time(s, parserCase, counts[i]!)),
  );
  const ours = rounds.map((round) => round[0]!);
  return {
    name: parserCase.name,
    micros: parserSubjects.map((_, i) => quantile(rounds.map((round) => round[i]!), 0.5)),
    ratios: parserSubjects.slice(1).map((_, i) =>
      ours.map((micros, round) => micros / rounds[round]![i + 1]!)
    ),
  };
}

function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * q)]!;
}

function formatRow({ name, micros, ratios }: Row): string {
  const times = micros.map((value) => value.toFixed(2).padStart(12));
  const shares = ratios.map((rounds) => {
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(rounds, q).toFixed(2));
    return `${middle} (${low}–${high})`.padStart(20);
  });
  return name.padEnd(44) + times.join("") + shares.join("");
}

if (import.meta.main) {
  const names = parserSubjects.map((subject) => subject.name);
  const [ours, ...others] = names;
  const { specifiers } = JSON.parse(await Deno.readTextFile(new URL("../tests/deno.lock", import.meta.url)));
  const packageVersion = Object.keys(specifiers).find((name) => name.includes("http-parser-js"))?.split("@")
    .at(-1);
  const { llhttp } = process.versions;
  console.log(`Parser: Deno ${Deno.version.deno}, its llhttp ${llhttp}, http-parser-js ${packageVersion}`);
  console.log(
    "µs for a message (median), and sonde's time divided by that of each other parser (median, quartiles)\n",
  );
  console.log(
    "".padEnd(44) + names.map((name) => name.slice(0, 11).padStart(12)).join("") +
      others.map((name) => `${ours}/${name}`.padStart(20)).join(""),
  );
  for (const parserCase of cases) console.log(formatRow(measure(parserCase)));
}

/**
 * `deno task mutants`: plants one bug at a time in a copy of the repository and tells which of them no test notices.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { CopiedTree } from "./_copied_tree.ts";
import { mirrorOf } from "./_mirror.ts";
import { findPlace, type Mutant, readSources, type SourceText } from "./_mutant.ts";
import { MUTANTS } from "./_mutants.ts";
import { runTests } from "./_run_tests.ts";

const HELP = `Usage: deno task mutants [WORD…]

Plants each bug of tests/mutants/ in a temporary copy of the repository and runs the tests that mirror the file: first
those named after it, then all of its layer. Prints the first test that fails, or SURVIVED if none does.
With words, only the bugs whose description or file contains one of them.

Exit codes: 0 tests noticed every bug, 1 some survived, 2 a bug cannot be planted or the tests fail without it.
`;

/** A bug and the file in which it is planted. */
interface Planting {
  readonly mutant: Mutant;
  readonly place: SourceText;
}

async function main(): Promise<number> {
  const { help, _: words } = parseArgs(Deno.args, {
    string: ["_"],
    boolean: ["help"],
    alias: { h: "help" },
    unknown: (arg, flag) => {
      if (flag !== undefined) throw new TypeError(`Unknown flag ${arg}`);
    },
  });
  if (help) {
    console.log(HELP.trimEnd());
    return 0;
  }
  const plantings = choosePlantings(words);
  if (plantings.length === 0) {
    throw new TypeError(`Cannot plant anything: no bug is about ${words.join(", ")}`);
  }
  using tree = new CopiedTree();
  const layers = new GreenLayers(tree);
  const survivors: Planting[] = [];
  for (const planting of plantings) {
    const patience = await layers.require(planting.place.path);
    const test = await findWitness(tree, planting, patience);
    if (test === undefined) survivors.push(planting);
    console.log(
      `${test === undefined ? "SURVIVED  " : "noticed   "}${nameOf(planting)}${test ? ` – ${test}` : ""}`,
    );
  }
  const noticed = plantings.length - survivors.length;
  console.log(`${plantings.length} bugs planted, ${noticed} noticed, ${survivors.length} survived`);
  for (const survivor of survivors) console.log(`  ${nameOf(survivor)}`);
  return survivors.length === 0 ? 0 : 1;
}

function nameOf({ mutant: { bug }, place: { path } }: Planting): string {
  return `${path}: ${bug}`;
}

function choosePlantings(words: readonly string[]): Planting[] {
  const sources = readSources();
  return MUTANTS.map((mutant) => ({ mutant, place: findPlace(mutant, sources) }))
    .filter((planting) => words.length === 0 || words.some((word) => nameOf(planting).includes(word)));
}

/** Milliseconds that the tests of a layer may take without a bug. */
const LONGEST_RUN = 600_000;
/** With a bug, tests count as endless after this many times what they take without, and a while for the start. */
const LONGER = 4;
const START = 30_000;

/** Layers whose tests pass without a bug. */
class GreenLayers {
  readonly #tree: CopiedTree;
  /** Milliseconds that the tests of a layer took. */
  readonly #green = new Map<string, number>();

  constructor(tree: CopiedTree) {
    this.#tree = tree;
  }

  /**
   * Runs the tests of a layer, once for all of its files.
   *
   * @returns How many milliseconds they may take with a bug
   * @throws {TypeError} If they fail, as nothing can be judged by them then
   */
  async require(path: string): Promise<number> {
    const { layer } = mirrorOf(path, this.#tree.root);
    const took = this.#green.get(layer.join()) ?? await this.#run(layer);
    this.#green.set(layer.join(), took);
    return LONGER * took + START;
  }

  async #run(layer: readonly string[]): Promise<number> {
    const startedAt = performance.now();
    const run = await runTests(this.#tree.path, layer, LONGEST_RUN);
    if (run.type !== "passed") {
      const what = run.type === "failed" ? run.test : run.output;
      throw new TypeError(`Cannot judge by tests that fail without a bug: ${what}`);
    }
    return performance.now() - startedAt;
  }
}

/** Number of failures that are considered random if they do not recur. */
const MOST_CHANCES = 3;

/** Gives the first test that fails twice with a bug; a random failure has noticed nothing. */
async function findWitness(
  tree: CopiedTree,
  planting: Planting,
  patience: number,
): Promise<string | undefined> {
  const { mutant, place } = planting;
  using _planted = tree.plant(mutant, place);
  const { near, layer } = mirrorOf(place.path, tree.root);
  for (const paths of [near, layer]) {
    for (let chances = 0; paths.length > 0 && chances < MOST_CHANCES; chances++) {
      const run = await runTests(tree.path, paths, patience);
      if (run.type === "passed") break;
      if (run.type === "broken") {
        throw new TypeError(`Cannot judge ${nameOf(planting)}: it is no program\n${run.output}`);
      }
      const again = run.file === undefined ? run : await runTests(tree.path, [run.file], patience);
      if (again.type === "failed") return again.test;
    }
  }
  return undefined;
}

try {
  Deno.exitCode = await main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  Deno.exitCode = 2;
}

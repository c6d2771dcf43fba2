/**
 * The modules of the repository and what they import, as Deno sees them.
 *
 * @module
 */

/** The folder of the repository, with a slash at the end. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** One module and its imports, dynamic ones too. */
export interface SourceModule {
  /** Path from the root of the repository: `lib/http/octets.ts`. */
  readonly path: string;
  readonly imports: readonly SourceImport[];
}

/** One import of a module. */
export interface SourceImport {
  /** As it is written. */
  readonly specifier: string;
  /** Path from the root of the repository, or the whole specifier of anything outside. */
  readonly target: string;
  readonly isDynamic: boolean;
  /** Nothing of it is there when the program runs. */
  readonly isTypeOnly: boolean;
}

interface InfoDependency {
  specifier: string;
  code?: { specifier?: string };
  type?: { specifier?: string };
  isDynamic?: boolean;
}

interface Info {
  modules: { specifier: string; error?: string; dependencies?: InfoDependency[] }[];
}

/** Lists the entries of the package: the paths that `exports` in `deno.json` names. */
export function readEntries(): string[] {
  const { exports }: { exports: Record<string, string> } = JSON.parse(
    Deno.readTextFileSync(new URL("deno.json", ROOT)),
  );
  return Object.values(exports).map((path) => path.replace("./", ""));
}

/** Lists the source files below the given folders and files, sorted. */
export function listSources(...starts: readonly string[]): string[] {
  return starts.flatMap((start) => {
    if (start.endsWith(".ts")) return [start];
    const entries = [...Deno.readDirSync(new URL(start, ROOT))];
    const folders = entries.filter((entry) => entry.isDirectory).map(({ name }) => `${start}${name}/`);
    const files = entries.filter(({ isFile, name }) => isFile && name.endsWith(".ts")).map(({ name }) =>
      start + name
    );
    return [...files, ...listSources(...folders)];
  }).sort();
}

/**
 * Reads the graph of modules with `deno info --json`.
 *
 * @param entries Paths of the modules to begin with.
 * @returns Every module of the repository that they lead to.
 */
export async function readGraph(entries: readonly string[]): Promise<SourceModule[]> {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const entry = `${folder}/entry.ts`;
    await Deno.writeTextFile(entry, entries.map((path) => `import "${new URL(path, ROOT)}";\n`).join(""));
    const config = new URL("deno.json", ROOT).pathname;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--config", config, entry],
      stderr: "inherit",
    }).output();
    const { modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
    return modules.filter(({ specifier }) => specifier.startsWith(ROOT.href)).map(toSourceModule);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function toSourceModule({ specifier, error, dependencies = [] }: Info["modules"][number]): SourceModule {
  if (error !== undefined) throw new Error(error);
  const imports = dependencies.map((dependency) => ({
    specifier: dependency.specifier,
    target: fromRoot(dependency.code?.specifier ?? dependency.type?.specifier ?? dependency.specifier),
    isDynamic: dependency.isDynamic === true,
    isTypeOnly: dependency.code === undefined,
  }));
  return { path: fromRoot(specifier), imports };
}

function fromRoot(specifier: string): string {
  return specifier.startsWith(ROOT.href) ? specifier.slice(ROOT.href.length) : specifier;
}

/** The text of a source file without its comments. */
export function readCode(path: string): string {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  return text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/(?<=^|\s)\/\/.*$/gm, "");
}

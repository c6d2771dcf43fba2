/**
 * A copy of the repository for planting bugs.
 *
 * @module
 */

import { ROOT } from "../repository/_source_tree.ts";
import type { Mutant, SourceText } from "./_mutant.ts";

/** The files of the repository as they are now, in a temporary folder; removed at the end of the scope. */
export class CopiedTree implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "sonde-mutants-" });

  /** Copies what Git knows and what it does not ignore. */
  constructor() {
    const { stdout } = new Deno.Command("git", {
      args: ["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
      cwd: ROOT,
      stderr: "inherit",
    }).outputSync();
    for (const file of new TextDecoder().decode(stdout).split("\0")) if (file !== "") this.#copy(file);
  }

  /** The folder, with a slash at the end. */
  get root(): URL {
    return new URL(`file://${this.path}/`);
  }

  #copy(file: string): void {
    const target = `${this.path}/${file}`;
    Deno.mkdirSync(target.slice(0, target.lastIndexOf("/")), { recursive: true });
    try {
      Deno.copyFileSync(new URL(file, ROOT), target);
    } catch (error) {
      // Git still lists a file that was removed and not committed yet.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Plants a bug, and takes it out again at the end of the scope. */
  plant({ text, becomes }: Mutant, place: SourceText): Disposable {
    const file = `${this.path}/${place.path}`;
    Deno.writeTextFileSync(file, place.text.replace(text, () => becomes));
    return { [Symbol.dispose]: () => Deno.writeTextFileSync(file, place.text) };
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

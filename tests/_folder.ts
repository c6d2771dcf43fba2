/**
 * Makes a temporary folder for one test.
 *
 * @module
 */

/** A new folder, which is removed with its content at the end of the scope. */
export class TestFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "sonde-" });

  /** Gives the path of a file in the folder. */
  file(name: string): string {
    return `${this.path}/${name}`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Runs a test with the path of a new folder. */
export async function withFolder(test: (folder: string) => Promise<void> | void): Promise<void> {
  using folder = new TestFolder();
  await test(folder.path);
}

/**
 * A folder that is there for one test.
 *
 * @module
 */

/** Made anew, and removed with all that is in it at the end of the scope. */
export class TestFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "sonde-" });

  /** Path of a file in it. */
  file(name: string): string {
    return `${this.path}/${name}`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Runs a test with the path of a folder. */
export async function withFolder(test: (folder: string) => Promise<void> | void): Promise<void> {
  using folder = new TestFolder();
  await test(folder.path);
}

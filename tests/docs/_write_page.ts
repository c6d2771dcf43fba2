/**
 * Writes a generated page.
 *
 * @module
 */

/** Writes the text of a page, as `deno fmt` lays it out. */
export async function writePage(page: URL, text: string): Promise<void> {
  await Deno.writeTextFile(page, text);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", page.pathname],
    cwd: new URL(".", page),
  }).output();
  if (!success) throw new Error(`Cannot format ${page.pathname}`);
}

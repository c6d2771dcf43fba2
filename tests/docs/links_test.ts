import { assert, assertEquals } from "@std/assert";
import { type Page, readPages } from "./_page.ts";
import { fromFileUrl } from "./_root.ts";

const pages = readPages();

/** Makes the anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
}

function anchorsOf({ text, blocks }: Page): string[] {
  const code = new Set(blocks.flatMap(({ line, lines }) => lines.map((_, index) => line + index)));
  return text.split("\n").flatMap((line, index) => {
    const heading = code.has(index + 1) ? undefined : /^#+ (.*)/.exec(line)?.[1];
    return heading === undefined ? [] : [anchorOf(heading)];
  });
}

for (const page of pages) {
  Deno.test(`every link of ${page.path} leads to an existing file and heading`, async () => {
    for (const [, target] of page.text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const [file, anchor] = target!.split("#");
      const path = file === "" ? page.path : new URL(file!, `file:///${page.path}`).pathname.slice(1);
      await Deno.stat(fromFileUrl(path));
      const other = pages.find((candidate) => candidate.path === path);
      if (anchor !== undefined && other) assert(anchorsOf(other).includes(anchor), target);
    }
  });
}

Deno.test("README.md has at most 200 lines and links to every page of docs/", () => {
  const [readme, ...others] = pages;
  assert(readme!.text.trimEnd().split("\n").length <= 200);
  assertEquals(others.filter(({ path }) => !readme!.text.includes(`](${path}`)).map(({ path }) => path), []);
});

/** A path of the repository between back quotes: a file, or a folder with a slash at its end. */
const PATH = /`((?:lib|std|tests|scripts|bench|docs)\/[\w./-]*|(?:mod|cli)\.ts|deno\.json)`/g;

for (const page of pages) {
  Deno.test(`every path that ${page.path} names exists`, async () => {
    for (const [, path] of page.text.matchAll(PATH)) {
      const { isDirectory } = await Deno.stat(fromFileUrl(path!));
      assertEquals(isDirectory, path!.endsWith("/"), path);
    }
  });
}

Deno.test("the table of entries in docs/library.md names what each entry exports", async () => {
  const entries: Readonly<Record<string, string>> =
    JSON.parse(await Deno.readTextFile(fromFileUrl("deno.json"))).exports;
  const page = pages.find(({ path }) => path === "docs/library.md")!;
  const rows = [...page.text.matchAll(/^\| `(lib\/\w+\.ts)` *\|([^|]*)\|/gm)];
  assertEquals(rows.map(([, entry]) => `./${entry}`).sort(), Object.values(entries).slice(1, -1).sort());
  for (const [, entry, names] of rows) {
    const exported = Object.keys(await import(`../../${entry}`));
    for (const [, name] of names!.matchAll(/`(\w+)`/g)) assert(exported.includes(name!), `${entry}: ${name}`);
  }
});

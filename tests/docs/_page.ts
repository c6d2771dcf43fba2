/**
 * The pages of the documentation, and the fenced blocks in them.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";

/** One fenced block. */
export interface Block {
  /** The first word after the fence: `console`, `sh`, `ts` … */
  readonly language: string;
  /** Line of the page on which the block's text begins, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** One page. */
export interface Page {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A command of a page, with the output that the page shows. */
export interface Command {
  readonly page: string;
  readonly line: number;
  readonly text: string;
  /** The flags of Deno in the first line of the block; absent without such a line. */
  readonly needs?: readonly string[] | undefined;
  /** Lines that the page shows after the command; `undefined` if it shows only the command. */
  readonly printed?: readonly string[];
}

/** Reads README.md and every page of docs/. */
export function readPages(): Page[] {
  const names = [...Deno.readDirSync(fromFileUrl("docs"))].map(({ name }) => name).filter((name) =>
    name.endsWith(".md")
  );
  return ["README.md", ...names.sort().map((name) => `docs/${name}`)].map((path) => {
    const text = Deno.readTextFileSync(fromFileUrl(path));
    return { path, text, blocks: parseBlocks(text) };
  });
}

/** Finds the fenced blocks of a page. */
export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  text.split("\n").forEach((line, index) => {
    const fence = /^```(\w*)/.exec(line);
    if (fence && open) {
      blocks.push(open);
      open = undefined;
    } else if (fence) {
      open = { language: fence[1]!, line: index + 2, lines: [] };
    } else open?.lines.push(line);
  });
  return blocks;
}

/** Finds the commands of a page: those after `$ ` in console blocks, and each line of a sh block. */
export function listCommands(page: Page): Command[] {
  return page.blocks.flatMap((block) => {
    const needs = readNeeds(block);
    if (block.language === "console") return consoleCommands(page.path, withoutNeeds(block), needs);
    return block.language === "sh" ? shellCommands(page.path, withoutNeeds(block), needs) : [];
  });
}

/** Reads the first line of a block, as in `# needs --allow-net`; `undefined` without such a line. */
export function readNeeds({ lines }: Block): string[] | undefined {
  const [, needs] = /^# needs (.*)$/.exec(lines[0] ?? "") ?? [];
  return needs === "no permission" ? [] : needs?.split(" ");
}

function withoutNeeds(block: Block): Block {
  return readNeeds(block) === undefined
    ? block
    : { ...block, line: block.line + 1, lines: block.lines.slice(1) };
}

function consoleCommands(page: string, { line, lines }: Block, needs?: readonly string[]): Command[] {
  const commands: (Command & { printed: string[] })[] = [];
  lines.forEach((text, index) => {
    if (text.startsWith("$ ")) {
      commands.push({ page, line: line + index, text: text.slice(2), needs, printed: [] });
    } else if (commands.length === 0) throw new Error(`${page}:${line}: a console block begins with "$ "`);
    else commands.at(-1)!.printed.push(text);
  });
  return commands;
}

function shellCommands(page: string, { line, lines }: Block, needs?: readonly string[]): Command[] {
  const commands: Command[] = [];
  for (let index = 0; index < lines.length; index++) {
    const from = index;
    let text = lines[index]!;
    while (text.endsWith("\\")) text = text.slice(0, -1) + lines[++index]!.trim();
    if (text.trim() !== "" && !text.startsWith("#")) commands.push({ page, line: line + from, text, needs });
  }
  return commands;
}

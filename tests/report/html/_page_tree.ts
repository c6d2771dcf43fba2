/**
 * Reads a page as a tree.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

/** An element of a page. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

/** Elements without an end tag. */
const VOID = new Set(["meta"]);

const TOKEN = /<!doctype html>|<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)(\/?)>|([^<]+)/gy;

/** Reads a page, and fails if it is not well-formed: each element closed, each attribute in quotes. */
export function parsePage(html: string): Element {
  const root: Element = { name: "", attributes: new Map(), children: [] };
  const open = [root];
  // The text of these two elements is not markup.
  const [style, script] = [readRaw(html, "style"), readRaw(html, "script")];
  const bare = html.replace(style, "").replace(script, "");
  TOKEN.lastIndex = 0;
  let at = 0;
  for (const token of bare.matchAll(TOKEN)) {
    assertEquals(token.index, at, `not markup: ${bare.slice(at, at + 80)}`);
    at += token[0].length;
    const [, slash, name, attributes = "", empty, text] = token;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.children.push(unescape(text));
    else if (name === undefined) continue;
    else if (slash === "/") assertEquals(open.pop()!.name, name, bare.slice(at - 80, at));
    else {
      const pairs = [...attributes.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)];
      const element: Element = {
        name,
        attributes: new Map(pairs.map(([, key, value]) => [key!, unescape(value ?? "")])),
        children: [],
      };
      parent.children.push(element);
      if (empty !== "/" && !VOID.has(name)) open.push(element);
    }
  }
  assertEquals([at, open.length], [bare.length, 1], bare.slice(at, at + 80));
  return root;
}

function readRaw(html: string, name: string): string {
  const begin = html.indexOf(`<${name}>`);
  return begin < 0 ? "" : html.slice(begin + name.length + 2, html.indexOf(`</${name}>`));
}

function unescape(text: string): string {
  assert(!/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text), text);
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll("&amp;", "&");
}

/** Finds the elements inside an element by `name`, `.class`, `#id` or `name.class`, in the order of the page. */
export function find(element: Element, selector: string): Element[] {
  const [, name, mark, label] = /^([a-z0-9]*)([.#]?)([\w-]*)$/.exec(selector)!;
  return element.children.flatMap((child) => {
    if (typeof child === "string") return [];
    const labels = child.attributes.get(mark === "#" ? "id" : "class")?.split(" ") ?? [];
    const fits = (name === "" || child.name === name) && (mark === "" || labels.includes(label!));
    return [...(fits ? [child] : []), ...find(child, selector)];
  });
}

/** Finds the one element inside an element. */
export function only(element: Element, selector: string): Element {
  const found = find(element, selector);
  assertEquals(found.length, 1, `${selector}: ${found.length} elements`);
  return found[0]!;
}

/** Gives the text of an element, with one blank for each run of blanks. */
export function textOf(element: Element | string): string {
  if (typeof element === "string") return element;
  return element.children.map(textOf).join("").replace(/\s+/g, " ").trim();
}

/** Checks that a page lets one script run, and loads nothing. */
export async function assertRunsOnly(html: string, script: string): Promise<void> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  const policy = find(parsePage(html), "meta").map(({ attributes }) => attributes.get("content"))
    .find((content) => content?.startsWith("default-src"));
  assertEquals(
    policy,
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${
      new Uint8Array(digest).toBase64()
    }'; ` +
      "base-uri 'none'; form-action 'none'",
  );
}

/**
 * Reads a page as a tree, and makes reports to render.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { CheckReport, UptimeReport } from "../../../../lib/watch/report/uptime_report.ts";
import type {
  PartVerdict,
  ReportBucket,
  ReportDay,
  VerdictTimes,
} from "../../../../lib/watch/report/report_parts.ts";

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

const DAY = 86_400_000;
const NOTHING: VerdictTimes = { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };

/** Milliseconds of the first day of every report. */
export const MARCH = Date.UTC(2026, 2, 1);

/** Gives the time of a day of March 2026, ISO 8601. */
export function march(day: number, ms = 0): string {
  return new Date(MARCH + (day - 1) * DAY + ms).toISOString();
}

/** Makes a day of March 2026 of its milliseconds by verdict. */
export function day(date: number, ms: Partial<VerdictTimes>, more: Partial<ReportDay> = {}): ReportDay {
  return {
    date: march(date).slice(0, 10),
    ms: { ...NOTHING, ...ms },
    worst: worstOf(ms),
    outages: 0,
    ...more,
  };
}

/** Makes a part of the window that begins some minutes after the window. */
export function part(
  minutes: number,
  ms: Partial<VerdictTimes>,
  more: Partial<ReportBucket> = {},
): ReportBucket {
  return {
    start: march(1, minutes * 60_000),
    verdicts: { up: 0, degraded: 0, down: 0, unknown: 0 },
    ms: { ...NOTHING, ...ms },
    worst: worstOf(ms),
    medians: {},
    ...more,
  };
}

function worstOf(ms: Partial<VerdictTimes>): PartVerdict | null {
  const order = ["down", "degraded", "unknown", "up", "maintenance"] as const;
  return order.find((verdict) => (ms[verdict] ?? 0) > 0) ?? null;
}

/** Makes the report on a check that was up all the time. */
export function checkReport(changes: Partial<CheckReport> = {}): CheckReport {
  return {
    name: "shop",
    url: "http://shop.test/",
    tags: [],
    condition: "up",
    state: "up",
    since: null,
    cause: null,
    lastRun: march(31, -60_000),
    seenUntil: march(31),
    noDataSince: null,
    removed: null,
    runs: 10,
    verdicts: { up: 10, degraded: 0, down: 0, unknown: 0 },
    maintenanceRuns: 0,
    skipped: 0,
    observed: 30 * DAY,
    up: 30 * DAY,
    degraded: 0,
    down: 0,
    uptime: 1,
    recent: [],
    downInOutages: 0,
    downInFailures: 0,
    failures: 0,
    unobserved: 0,
    unknown: 0,
    maintenance: 0,
    outages: [],
    times: {},
    certificateDays: null,
    certificate: null,
    changes: [],
    buckets: [],
    days: Array.from({ length: 30 }, (_, index) => day(index + 1, { up: DAY })),
    ...changes,
  };
}

/** Makes a report on thirty days of March 2026. */
export function reportOn(checks: readonly CheckReport[], changes: Partial<UptimeReport> = {}): UptimeReport {
  return {
    schema: 1,
    from: march(1),
    to: march(31),
    madeAt: march(31),
    lastRun: march(31, -60_000),
    checks,
    ...changes,
  };
}

/**
 * The page of `sonde report` in a real browser. Ignored, and says so, where Chromium is missing.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { History } from "../../lib/watch/history/history.ts";
import { advanceState } from "../../lib/watch/state/advance.ts";
import type { Verdict } from "../../lib/watch/run_task.ts";
import { run } from "../cli/_run.ts";
import { HOSTILE } from "../report/_samples.ts";
import { runAt, task } from "../watch/_samples.ts";
import { CHROMIUM, Chromium } from "./_chromium.ts";
import { stepRows } from "../_test_rows.ts";

/** Texts that readers see in a time zone, with or without script. */
const TIMES: readonly (readonly [zone: string, script: boolean, texts: readonly string[]])[] = [
  ["UTC", true, ["2026-03-01 12:00 UTC to 2026-03-01 14:00 UTC", "Times and days are UTC."]],
  ["Asia/Tokyo", false, ["2026-03-01 12:00 UTC to 2026-03-01 14:00 UTC", "Times and days are UTC."]],
  ["Asia/Tokyo", true, [
    "2026-03-01 21:00 (12:00 UTC) to 2026-03-01 23:00 (14:00 UTC)",
    "in your zone, Asia/Tokyo",
  ]],
  [
    "Pacific/Auckland",
    true,
    ["2026-03-02 01:00 (2026-03-01 12:00 UTC) to 2026-03-02 03:00 (2026-03-01 14:00 UTC)"],
  ],
];

/** Twelve checks over two hours, with outages; one of them has a name that a page could trip over. */
function writeHistory(path: string): void {
  using history = new History(path);
  for (let index = 0; index < 12; index++) {
    const name = index === 11 ? `<script>document.title = "stolen"</script>${HOSTILE}` : `check ${index}`;
    const check = task({ name, url: `http://a${index}.test/`, tags: ["x"] });
    let state = history.stateOf(name);
    for (let minute = 0; minute < 120; minute++) {
      const verdict: Verdict = minute > 30 + index && minute < 60
        ? "down"
        : minute % 9 === 0
        ? "degraded"
        : "up";
      const watched = runAt(minute, verdict);
      const { state: next, changes } = advanceState(state, watched, check);
      state = next;
      history.record({
        task: check,
        run: watched,
        state,
        changes,
        skipped: 0,
        messages: [],
        redact: (text) => text,
      });
    }
  }
}

Deno.test({
  name: CHROMIUM === undefined
    ? "the page of sonde report in a browser (ignored: chromium is not installed)"
    : "the page of sonde report fits wide and narrow screens, light and dark, without network",
  ignore: CHROMIUM === undefined,
  fn: async (test) => {
    const folder = await Deno.makeTempDir({ prefix: "sonde-" });
    try {
      writeHistory(`${folder}/h.db`);
      const args = ["--from", "2026-03-01T12:00", "--to", "2026-03-01T14:00"];
      const { code } = await run([
        "report",
        ...args,
        "--format",
        "html",
        "-o",
        `${folder}/page.html`,
        `${folder}/h.db`,
      ]);
      assertEquals(code, 0);
      await using browser = await Chromium.start(CHROMIUM ?? "");
      const url = `file://${folder}/page.html`;
      const backgrounds = new Set<unknown>();
      await stepRows(test, [[1280, false], [390, true], [320, false]] as const, async ([width, dark]) => {
        await browser.open(url, { width, dark });
        assertEquals(await browser.evaluate("innerWidth"), width);
        // Nothing but a table may be wider than the screen, and that scrolls by itself.
        const { scrollWidth, clientWidth } = await browser.evaluate(
          "(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)",
        ) as Record<string, number>;
        assertEquals(scrollWidth, clientWidth, `at ${width}`);
        assertEquals(await browser.evaluate("document.querySelectorAll('article[id]').length"), 12);
        assertEquals(await browser.evaluate("document.scripts.length"), 1);
        assertMatch(
          String(await browser.evaluate("document.title")),
          /^[^<>]+ – uptime, 2026-03-01 12:00 to 2026-03-01 14:00 UTC$/,
        );
        await browser.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");
        const boxOf = async (picture: string) =>
          await browser.evaluate(
            `(({ width, height }) => ({ width, height }))(document.querySelector("${picture}").getBoundingClientRect())`,
          ) as { width: number; height: number };
        const boxes = [await boxOf("div.bars"), await boxOf("svg.plot")];
        const wide = boxes.map((box) => [box.width > width * 0.7, box.height > 20]);
        assertEquals(wide, [[true, true], [true, true]], JSON.stringify(boxes));
        // An outage is taller than everything else, and of another colour.
        const looks = await browser.evaluate(
          `[...document.querySelectorAll(".bars i")].map((it) => [it.className, it.offsetHeight, getComputedStyle(it).background])`,
        ) as [look: string, height: number, background: string][];
        const [outage, up] = ["d", "u"].map((look) => looks.find(([name]) => name === look));
        assert(outage![1] > up![1] * 1.5, `${outage} ${up}`);
        assertNotEquals(outage![2], up![2]);
        backgrounds.add(await browser.evaluate("getComputedStyle(document.body).backgroundColor"));
      });
      assertEquals(backgrounds.size, 2);
      await stepRows(test, TIMES, async ([zone, script, texts]) => {
        await browser.open(url, { width: 1280, dark: false, zone, script });
        const header = String(await browser.evaluate("document.querySelector('header').innerText"));
        assertEquals(texts.filter((text) => !header.includes(text)), [], header);
      });
      assertEquals([...new Set(browser.requested)], [url]);
      assertNotEquals(browser.requested.length, 0);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

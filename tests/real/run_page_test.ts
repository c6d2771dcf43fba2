/**
 * The page of a run (`--format html`) in a real browser. Ignored, and says so, where Chromium is missing.
 *
 * @module
 */

import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { formatHtml } from "../../lib/report/html.ts";
import type { ProbeResult } from "../../lib/result.ts";
import {
  goodResult,
  HOSTILE,
  hostileResult,
  plainResult,
  refusedResult,
  truncatedResult,
} from "../report/_samples.ts";
import { stepRows } from "../_test_rows.ts";
import { CHROMIUM, Chromium } from "./_chromium.ts";

/** Results of every kind; some of them try to break the page. */
function makeResults(): ProbeResult[] {
  const attack = `<script>document.title = "stolen"</script>${HOSTILE}`;
  return [
    ...Array.from({ length: 30 }, (_, index) =>
      goodResult({
        input: `https://host-${index}.shop.example.test/`,
        timings: { connect: 1 + index % 7, wait: (index * 37) % 30 * 3.7, total: 10 + (index * 37) % 30 },
      })),
    refusedResult({ input: "http://away.test/" }),
    truncatedResult({ input: "http://short.test/" }),
    plainResult({ input: attack, tag: attack, headers: [["Server", attack]] }),
    hostileResult(),
  ];
}

/** Presses a heading of the table, and gives a column of the rows in their new order. */
const pressed = (heading: string, cell: string) =>
  `{
  const titles = [...document.querySelectorAll(".rows thead th")];
  titles.find((title) => title.textContent === "${heading}").querySelector("button").click();
  [...document.querySelectorAll(".rows tbody tr")].map((row) => row.querySelector("${cell}").textContent);
}`;

/** Writes into the filter, and counts the rows that remain. */
const filtered = (words: string) =>
  `{
  const input = document.querySelector("#tools input");
  input.value = "${words}";
  input.dispatchEvent(new Event("input"));
  [...document.querySelectorAll(".rows tbody tr")].filter((row) => row.offsetHeight > 0).length;
}`;

async function inPage(check: (browser: Chromium, url: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    await Deno.writeTextFile(`${folder}/page.html`, formatHtml(makeResults()));
    await using browser = await Chromium.start(CHROMIUM ?? "");
    const url = `file://${folder}/page.html`;
    await check(browser, url);
    assertEquals([...new Set(browser.requested.map((it) => it.split("#")[0]))], [url]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: CHROMIUM === undefined
    ? "the page of a run in a browser (ignored: chromium is not installed)"
    : "the page of a run fits wide and narrow screens, light and dark, with and without script",
  ignore: CHROMIUM === undefined,
  fn: (test) =>
    inPage(async (browser, url) => {
      const backgrounds = new Set<unknown>();
      const SCREENS = [[1280, false, true], [800, true, false], [360, true, true], [
        360,
        false,
        false,
      ]] as const;
      await stepRows(test, SCREENS, async ([width, dark, script]) => {
        await browser.open(url, { width, dark, script });
        const sizes =
          "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.documentElement)";
        assertEquals(await browser.evaluate(sizes), 0, `at ${width}`);
        assertMatch(
          String(await browser.evaluate("document.title")),
          /^3 of 34 targets are not ok – sonde, /,
        );
        const visible =
          "[...document.querySelectorAll('.rows tbody tr')].filter((row) => row.offsetHeight > 0).length";
        assertEquals(await browser.evaluate(visible), 34);
        assertEquals(
          await browser.evaluate("document.querySelectorAll('#tools input').length"),
          script ? 1 : 0,
        );
        const plot = "(({ width, height }) => [width > innerWidth * .25, height > 10])" +
          "(document.querySelector('svg.spread.wait').getBoundingClientRect())";
        assertEquals(await browser.evaluate(plot), [true, true]);
        backgrounds.add(await browser.evaluate("getComputedStyle(document.body).backgroundColor"));
      });
      assertEquals(backgrounds.size, 2);
    }),
});

Deno.test({
  name: CHROMIUM === undefined
    ? "the table of the page of a run (ignored: chromium is not installed)"
    : "the table of the page of a run sorts, filters, and finds a row that a link names",
  ignore: CHROMIUM === undefined,
  fn: () =>
    inPage(async (browser, url) => {
      await browser.open(url, { width: 1280, dark: false });
      const upwards = await browser.evaluate(pressed("time", "[data-ms]")) as string[];
      const sorted = upwards.toSorted((one, other) => parseFloat(one) - parseFloat(other));
      assertEquals(upwards.slice(0, 30), sorted.slice(0, 30));
      assertEquals(await browser.evaluate("document.querySelector('[aria-sort]').ariaSort"), "ascending");
      const downwards = await browser.evaluate(pressed("time", "[data-ms]")) as string[];
      assertEquals(downwards, upwards.toReversed());
      const again = await browser.evaluate(pressed("time", "th")) as string[];
      assertEquals(again.slice(0, 2), [
        "https://host-0.shop.example.test/",
        "https://host-1.shop.example.test/",
      ]);
      assertEquals(await browser.evaluate("document.querySelector('[aria-sort]')"), null);
      const names = await browser.evaluate(pressed("target", "th")) as string[];
      const tenth = names.indexOf("https://host-10.shop.example.test/");
      assertEquals(names[tenth - 1], "https://host-9.shop.example.test/");

      assertEquals(await browser.evaluate(filtered("REFUSED away")), 1);
      assertEquals(
        await browser.evaluate("document.querySelector('#tools output').textContent"),
        "1 of 34 rows",
      );
      assertEquals(await browser.evaluate(filtered("host-1 shop")), 11);
      const jump = `new Promise((resolve) => {
        addEventListener("hashchange", () => resolve(document.querySelector("#r31").offsetHeight > 0));
        document.querySelector("#errors a[href='#r31']").click();
      })`;
      assertEquals(await browser.evaluate(jump), true);
      assertNotEquals(browser.requested.length, 0);
    }),
});

/**
 * The script of the page of a run.
 *
 * @module
 */

import type { PageScript } from "../page.ts";
import { ZONE_SCRIPT } from "../zone_script.ts";

/** The part of the script that sorts and filters the table. Without it, the table has the order of the run. */
const TABLE_SCRIPT = `{
  const table = document.querySelector("table.rows");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const make = (name, text) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  };
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };

  const words = make("input");
  words.type = "search";
  words.autocomplete = "off";
  const outcome = make("select");
  const names = { down: "failed", unknown: "not measured", degraded: "degraded", up: "ok" };
  outcome.append(new Option("all", ""));
  for (const look of Object.keys(names)) {
    if (rows.some((row) => row.className === look)) outcome.append(new Option(names[look], look));
  }
  const found = make("output");
  const show = () => {
    const wanted = words.value.toLowerCase().split(" ").filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = outcome.value && row.className !== outcome.value ||
        !wanted.every((word) => textOf(row).includes(word));
      if (!row.hidden) count++;
    }
    found.textContent = count.toLocaleString("en") + " of " + rows.length.toLocaleString("en") + " rows";
  };
  words.addEventListener("input", show);
  outcome.addEventListener("input", show);
  const [first, second] = [make("label", "Words in the row"), make("label", "Outcome")];
  first.append(words);
  second.append(outcome);
  document.getElementById("tools").append(first, second, found);
  show();

  const collator = new Intl.Collator("en", { numeric: true });
  const compare = (one, other) =>
    typeof one[0] === "number" ? one[0] - other[0] : collator.compare(one[0], other[0]);
  const titles = [...table.tHead.rows[0].cells];
  const sort = (title, direction) => {
    for (const other of titles) other.removeAttribute("aria-sort");
    if (direction) title.setAttribute("aria-sort", direction);
    const column = titles.indexOf(title);
    const keyed = rows.map((row) => {
      const { dataset, textContent } = row.cells[column];
      return [dataset.ms === undefined ? textContent : Number(dataset.ms), row];
    });
    if (direction) keyed.sort((one, other) => direction === "ascending" ? compare(one, other) : compare(other, one));
    body.append(...keyed.map(([, row]) => row));
  };
  const next = { null: "ascending", ascending: "descending", descending: "" };
  for (const title of titles) {
    const button = make("button", title.textContent);
    button.type = "button";
    button.addEventListener("click", () => sort(title, next[title.getAttribute("aria-sort")]));
    title.replaceChildren(button);
  }
  table.classList.add("live");

  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || !row.hidden) return;
    words.value = outcome.value = "";
    show();
    row.scrollIntoView();
  });
}
`;

/** The script of the page of a run. */
export const RUN_SCRIPT: PageScript = {
  text: ZONE_SCRIPT.text + TABLE_SCRIPT,
  sha256: "N9Fw8B2fq4WCG8JZgh20vmCjWr2LPPgNrpjxF8bctNU=",
};

/**
 * Lists rows of the run by name, each with a link to its row in the table.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import { renderText } from "./safe_text.ts";

/** A row as other parts of the page name it. */
export interface RowName {
  /** Number in the run, from 1. */
  readonly number: number;
  /** Its input, or the name of its check. */
  readonly name: string;
}

/** The rows to which other parts of the page can link. */
export interface RowLinks {
  /** Numbers of the rows of the table. */
  readonly kept: ReadonlySet<number>;
  /** Names stand for several rows, so that numbers tell them apart. */
  readonly numbered: boolean;
}

/** Counts rows, and remembers the first ones. */
export class RowList {
  /** Number of rows. */
  count = 0;
  readonly #most: number;
  readonly #first: { readonly row: RowName; readonly note: string | undefined }[] = [];

  /** @param most Most rows to remember */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Adds a row.
   *
   * @param note Markup to show behind its name
   */
  add(row: RowName, note?: () => string): void {
    this.count++;
    if (this.#first.length < this.#most) this.#first.push({ row, note: note?.() });
  }

  /** Renders the remembered rows as items of a list, and how many there are besides. */
  renderItems(links: RowLinks): string {
    const items = this.#first.map(({ row, note }) =>
      `<li>${renderName(row, links)}${note === undefined ? "" : ` <span class="soft">${note}</span>`}</li>`
    );
    return items.join("") + (this.#more === "" ? "" : `<li class="soft">${this.#more}</li>`);
  }

  /** Renders the remembered rows in one line, and how many there are besides. */
  renderInline(links: RowLinks): string {
    const names = this.#first.map(({ row }) => renderName(row, links));
    return [...names, ...(this.#more === "" ? [] : [this.#more])].join(", ");
  }

  get #more(): string {
    const more = this.count - this.#first.length;
    return more === 0 ? "" : `and ${formatCount(more)} more`;
  }
}

/** Renders the name of a row, as a link if the table has the row. */
export function renderName({ number, name }: RowName, { kept, numbered }: RowLinks): string {
  const text = renderText(name) + (numbered ? ` no. ${formatCount(number)}` : "");
  return kept.has(number) ? `<a href="#r${number}">${text}</a>` : text;
}

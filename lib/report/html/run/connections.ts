/**
 * Renders how the servers of the run treated their connections: what they announced, how connections ended, and where the two
 * contradict each other.
 *
 * @module
 */

import type { ConnectionFacts, ProbeResult } from "../../../result.ts";
import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { type Announcement, describeDisagreement } from "../../text/connection.ts";
import { ANNOUNCEMENTS, describeEnd, Ending } from "./ending.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
import { renderMessage } from "./safe_text.ts";

/** Most targets that the page names for a contradiction. */
const MOST_TARGETS = 10;

/** Gathers the connections of a run. */
export class ConnectionTally {
  readonly #endings = new GroupedRows(() => new Ending());
  readonly #contradictions = new GroupedRows(() => new RowList(MOST_TARGETS));
  readonly #replaced = new GroupedRows(() => new RowList(MOST_TARGETS));
  readonly #timeouts = new GroupedRows(() => new RowList(0));
  readonly #surplus = new RowList(MOST_TARGETS);
  #reused = 0;
  #all = 0;

  /** Adds the connection of a row, if it had one. */
  add(result: ProbeResult, row: RowName): void {
    const { connection, newConnection } = result;
    if (newConnection !== undefined) this.#replaced.of(newConnection.why)?.add(row);
    if (connection === undefined) return;
    const { announced, end, reused, surplusBytes } = connection;
    const contradiction = describeKind(connection, result);
    this.#all++;
    if (reused) this.#reused++;
    if (surplusBytes > 0) this.#surplus.add(row, () => formatQuantity(surplusBytes, "octet"));
    if (announced?.timeout !== undefined) this.#timeouts.of(`${announced.timeout} s`)?.add(row);
    this.#endings.of(describeEnd(end))?.add(connection, contradiction !== undefined);
    if (contradiction === undefined) return;
    const { after } = end;
    this.#contradictions.of(contradiction)
      ?.add(row, after === undefined ? undefined : () => `${formatDuration(after)} after the response`);
  }

  /** Renders the connections; an empty text without any. */
  render(links: RowLinks): string {
    if (this.#all === 0) return "";
    const replaced = this.#replaced.sorted().map(([why, rows]) =>
      renderList(`A new connection was needed: ${why}`, rows, links)
    );
    const lists = [
      this.#renderContradictions(links),
      renderList("Octets came after the end of the response", this.#surplus, links),
      ...replaced,
    ];
    return `<section class="card" id="connections"><h2>Connections</h2><div class="beside"><div>${this.#renderEndings()}<p class="soft">${
      this.#describeFacts().join(" · ")
    }</p></div><div>${lists.join("")}</div></div></section>`;
  }

  #renderEndings(): string {
    const lines = this.#endings.sorted().map(([name, ending]) => {
      const counts = ANNOUNCEMENTS.map((name) => `<td>${formatCount(ending.announced[name])}</td>`);
      return `<tr><th scope="row">${name}${ending.renderNote()}</th>${counts.join("")}</tr>`;
    });
    const titles = ANNOUNCEMENTS.map((name) => `<th scope="col">${name}</th>`);
    return `<table class="figures words"><caption>Ends of connections, by the announcement of the server</caption><thead><tr><th scope="col">end</th>${
      titles.join("")
    }</tr></thead><tbody>${lines.join("")}</tbody></table>`;
  }

  #describeFacts(): string[] {
    const timeouts = this.#timeouts.sorted().map(([timeout, { count }]) =>
      `${timeout} (${formatCount(count)})`
    );
    return [
      `${formatQuantity(this.#all, "request")} on a connection, ${
        formatCount(this.#reused)
      } of them on a reused one`,
      "an open connection was still open when sonde stopped watching it",
      ...(timeouts.length === 0 ? [] : [`announced idle timeouts: ${timeouts.join(", ")}`]),
    ];
  }

  #renderContradictions(links: RowLinks): string {
    const groups = this.#contradictions.sorted();
    if (groups.length === 0) return '<p class="soft">No server contradicted its announcement.</p>';
    return groups.map(([kind, rows]) => renderList(`Contradiction: ${kind}`, rows, links)).join("");
  }
}

/** Renders the rows of which something is true; an empty text without any. */
function renderList(title: string, rows: RowList, links: RowLinks): string {
  return rows.count === 0
    ? ""
    : `<h3>${renderMessage(title)} <b class="pill">${formatCount(rows.count)}</b></h3><ul class="targets">${
      rows.renderItems(links)
    }</ul>`;
}

/** Describes a contradiction without its duration, by which rows would all differ. */
function describeKind(connection: ConnectionFacts, head: Announcement): string | undefined {
  if (describeDisagreement(connection) === undefined) return undefined;
  const { after: _after, ...end } = connection.end;
  return describeDisagreement({ ...connection, end }, head);
}

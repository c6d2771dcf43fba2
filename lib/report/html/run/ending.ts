/**
 * Counts the connections that ended in one way.
 *
 * @module
 */

import type { ConnectionEnd, ConnectionFacts } from "../../../result.ts";
import { formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { Histogram } from "../../summary/histogram.ts";

/** The announcements of a head about its connection. */
export const ANNOUNCEMENTS = ["stays open", "will close", "nothing"] as const;

/** The connections that ended in one way. */
export class Ending {
  /** Connections by what was announced. */
  readonly announced: Record<(typeof ANNOUNCEMENTS)[number], number> = {
    "stays open": 0,
    "will close": 0,
    "nothing": 0,
  };
  #contradictions = 0;
  /** Milliseconds from the response to the end, or for an open connection to the end of the measurement. */
  readonly #after = new Histogram();

  /** Adds a connection that ended in this way. */
  add({ announced, end }: ConnectionFacts, contradicts: boolean): void {
    const what = announced === undefined ? "nothing" : announced.persistent ? "stays open" : "will close";
    this.announced[what]++;
    if (end.after !== undefined) this.#after.add(end.after);
    if (contradicts) this.#contradictions++;
  }

  /** Says how many contradict their announcement, and when the connections ended. */
  renderNote(): string {
    const median = this.#after.percentile(50);
    const when = median === undefined ? "" : `median ${formatDuration(median)} after the response`;
    const contradictions = this.#contradictions === 0
      ? ""
      : `<b class="down">${formatQuantity(this.#contradictions, "contradiction")}</b>`;
    const parts = [contradictions, when].filter((part) => part !== "");
    return parts.length === 0 ? "" : `<span class="why">${parts.join(" · ")}</span>`;
  }

  /** Number of connections. */
  get count(): number {
    return ANNOUNCEMENTS.reduce((sum, name) => sum + this.announced[name], 0);
  }
}

/** Describes the way in which a connection ended. */
export function describeEnd({ by, how }: ConnectionEnd): string {
  const who = by === "us" ? "sonde" : "the server";
  switch (how) {
    case "open":
      return "kept open";
    case "closed":
      return `closed by ${who}`;
    case "fin":
      return `closed by ${who} with FIN`;
    case "close-notify":
      return `ended by ${who} with close_notify`;
    case "rst":
      return `reset by ${who} (RST)`;
    case "tls-truncated":
      return `ended by ${who} without close_notify`;
  }
}

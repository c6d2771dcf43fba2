/**
 * Keeps a compact record of one connection: the evidence of an experiment.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { maskCredentials } from "../../probe/mask_credentials.ts";
import { escapeWire } from "../../text/escape/wire.ts";
import { FirstAndLast } from "../first_and_last.ts";

/** Maximum octets of one piece to keep. */
const EXCERPT = 400;
/** Number of pieces to keep from the beginning of a connection, and again from its end. */
const MOST = 8;

/** A transcript of one connection in lines of printable ASCII. */
export class Transcript {
  readonly #number: number;
  readonly #startedAt: number;
  readonly #kept = new FirstAndLast<string>(MOST);
  #incoming: { at: number; kept: Uint8Array; octets: number } | undefined;

  /** @param number Number of the connection within its experiment, from 1. */
  constructor(number: number, startedAt: number = performance.now()) {
    this.#number = number;
    this.#startedAt = startedAt;
  }

  /** Records sent octets; credentials are masked. */
  sent(bytes: Uint8Array): void {
    this.#flush();
    const masked = maskCredentials(bytes);
    this.#add(performance.now(), ">", excerpt(masked.subarray(0, EXCERPT), masked.length));
  }

  /** Records received octets; consecutive pieces form one line. */
  received(bytes: Uint8Array): void {
    const incoming = this.#incoming ??= { at: performance.now(), kept: new Uint8Array(0), octets: 0 };
    const room = EXCERPT - incoming.kept.length;
    if (room > 0) {
      const kept = new Uint8Array(Math.min(EXCERPT, incoming.kept.length + bytes.length));
      kept.set(incoming.kept);
      kept.set(bytes.subarray(0, room), incoming.kept.length);
      incoming.kept = kept;
    }
    incoming.octets += bytes.length;
  }

  /** Records any other event, in words. */
  note(event: string): void {
    this.#flush();
    this.#add(performance.now(), "*", event);
  }

  /** Gives the lines: connection, seconds since it was opened, `>` sent, `<` received or `*` anything else. */
  get lines(): string[] {
    this.#flush();
    const { first, last, leftOut } = this.#kept;
    const gap = leftOut > 0 ? [`#${this.#number} … ${leftOut} more`] : [];
    return [...first, ...gap, ...last];
  }

  #flush(): void {
    const incoming = this.#incoming;
    if (!incoming) return;
    this.#incoming = undefined;
    this.#add(incoming.at, "<", excerpt(incoming.kept, incoming.octets));
  }

  #add(at: number, mark: string, text: string): void {
    this.#kept.add(`#${this.#number} ${((at - this.#startedAt) / 1000).toFixed(3)} ${mark} ${text}`);
  }
}

function excerpt(bytes: Uint8Array, octets: number): string {
  const more = octets - bytes.length;
  return escapeWire(bytes) + (more > 0 ? ` … ${formatQuantity(more, "octet")} more` : "");
}

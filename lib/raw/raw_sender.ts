/**
 * Sends octets, and waits for prompts before the turns of a dialogue.
 *
 * @module
 */

import type { Connection, WriteOutcome } from "../net/connection.ts";
import { OctetSearch } from "./octet_search.ts";
import type { RawOptions, RawTurn } from "./raw_result.ts";

/** A write that the peer or the system did not accept. */
export type BrokenWrite = Exclude<WriteOutcome, { type: "written" | "closed" }>;

/** The parts of a sender. */
export interface RawSenderParts {
  readonly connection: Connection;
  readonly source: NonNullable<RawOptions["send"]>;
  /** Settles when nothing more should be sent. */
  readonly stopped: Promise<undefined>;
  /** Called when the sender begins to wait for the peer. */
  readonly onWaiting: () => void;
  /** Called with the reason why not everything could be sent. */
  readonly onBroken: (outcome: BrokenWrite) => void;
}

/** Octets that have to come before others are sent. */
interface Prompt {
  readonly octets: Uint8Array;
  readonly search: OctetSearch;
  readonly came: PromiseWithResolvers<true>;
}

/** Sends a source to its end. */
export class RawSender {
  /** Number of octets that the system accepted. */
  sent = 0;
  /** `performance.now()` when the system last accepted octets. */
  lastAt: number | undefined;
  /** Number of octets that had come when the first one was sent. */
  early: number | undefined;
  /** The prompt that did not come, which stopped the sender. */
  missing: Uint8Array | undefined;

  readonly #parts: RawSenderParts;
  #received = 0;
  #prompt: Prompt | undefined;
  #waiting = false;
  #over = false;

  constructor(parts: RawSenderParts) {
    this.#parts = parts;
  }

  /** True if it is the peer's turn: everything is sent, or a prompt has to come first. */
  get idle(): boolean {
    return this.#over || this.#waiting;
  }

  /** True if a prompt has to come before the rest is sent. */
  get prompted(): boolean {
    return this.#prompt !== undefined;
  }

  /** Takes received octets. */
  receive(bytes: Uint8Array): void {
    this.#received += bytes.length;
    if (this.#prompt === undefined || this.#prompt.search.feed(bytes) === -1) return;
    this.#prompt.came.resolve(true);
    this.#prompt = undefined;
  }

  /** Sends everything, until the peer accepts no more or nothing more should be sent. */
  async finish(): Promise<void> {
    const { source } = this.#parts;
    if (typeof source === "string" || source instanceof Uint8Array) await this.#write(toOctets(source));
    else if (Symbol.asyncIterator in source) await this.#sendPieces(source);
    else await this.#sendTurns(source);
    this.#over = true;
  }

  async #sendPieces(source: AsyncIterable<Uint8Array>): Promise<void> {
    const iterator = source[Symbol.asyncIterator]();
    while (true) {
      const next = await Promise.race([iterator.next(), this.#parts.stopped]);
      if (next?.done) return;
      if (next === undefined || !await this.#write(next.value)) break;
    }
    // Not awaited: a source that waits for input would never settle it.
    void iterator.return?.();
  }

  async #sendTurns(turns: readonly RawTurn[]): Promise<void> {
    let prompt = this.#expect(turns[0]?.after);
    for (const [index, { send }] of turns.entries()) {
      if (prompt && !await this.#waitFor(prompt)) return;
      // Set before sending, so that an answer cannot come too early.
      prompt = this.#expect(turns[index + 1]?.after);
      if (!await this.#write(toOctets(send))) return;
    }
  }

  /** Waits for a prompt from now on; octets that came earlier do not count. */
  #expect(text: Uint8Array | string = ""): Prompt | undefined {
    const octets = toOctets(text);
    if (octets.length === 0) return undefined;
    return this.#prompt = { octets, search: new OctetSearch(octets), came: Promise.withResolvers() };
  }

  async #waitFor({ came, octets }: Prompt): Promise<boolean> {
    this.#waiting = true;
    this.#parts.onWaiting();
    const found = await Promise.race([came.promise, this.#parts.stopped]);
    this.#waiting = false;
    if (!found) this.missing = octets;
    return found === true;
  }

  async #write(bytes: Uint8Array): Promise<boolean> {
    if (bytes.length === 0) return true;
    this.early ??= this.#received;
    const outcome = await this.#parts.connection.write(bytes);
    if (outcome.type === "written") {
      this.sent += bytes.length;
      this.lastAt = performance.now();
      return true;
    }
    // Octets that the peer sent earlier are still read; an incomplete request is an error.
    if (outcome.type !== "closed") this.#parts.onBroken(outcome);
    return false;
  }
}

/** Encodes text as UTF-8. */
export function toOctets(data: Uint8Array | string): Uint8Array {
  return typeof data === "string" ? new TextEncoder().encode(data) : data;
}

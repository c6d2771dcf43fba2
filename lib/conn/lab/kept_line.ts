/**
 * Sends request after request, on one connection as long as it lasts.
 *
 * @module
 */

import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Answer } from "../answer.ts";
import type { Lab } from "./lab.ts";
import type { Line } from "./line.ts";

/** Milliseconds in which octets that nobody asked for show up after an answer. */
const SETTLE = 40;

/** A connection that is replaced by a new one when it cannot carry another request. */
export class KeptLine implements AsyncDisposable {
  readonly #lab: Lab;
  #line: Line | undefined;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** The connection of the last request. */
  get line(): Line | undefined {
    return this.#line;
  }

  /**
   * Sends a request; a connection that was lost before any octet of the answer is replaced once, because it may have
   * been closed for being idle.
   */
  async ask(request: ComposedRequest): Promise<Answer> {
    const reused = this.#line?.reusable === true;
    const answer = await (await this.#ready()).ask(request, this.#lab.settings.answerTime);
    const lost = (answer.type === "closed" || answer.type === "reset") && answer.firstOctetAt === undefined;
    if (!reused || !lost) return answer;
    return await (await this.#ready()).ask(request, this.#lab.settings.answerTime);
  }

  /** Waits a moment for octets that nobody asked for; their number. */
  async strayOctets(ms: number = SETTLE): Promise<number> {
    const line = this.#line;
    if (!line) return 0;
    await line.wait(ms, () => line.surplusBytes > 0);
    return line.surplusBytes;
  }

  /** Closes the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#line?.[Symbol.asyncDispose]();
  }

  async #ready(): Promise<Line> {
    if (this.#line && await this.#line.ready()) return this.#line;
    await this.#line?.[Symbol.asyncDispose]();
    return this.#line = await this.#lab.open();
  }
}

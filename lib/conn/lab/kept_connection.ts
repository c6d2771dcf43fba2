/**
 * Sends request after request, on one connection as long as it lasts.
 *
 * @module
 */

import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Answer } from "../answer.ts";
import type { Lab } from "./lab.ts";
import type { LabConnection } from "./lab_connection.ts";

/** Milliseconds in which unrequested octets appear after an answer. */
const SETTLE = 40;

/** A connection that is replaced by a new one when it cannot carry another request. */
export class KeptConnection implements AsyncDisposable {
  readonly #lab: Lab;
  #connection: LabConnection | undefined;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** The connection of the last request. */
  get connection(): LabConnection | undefined {
    return this.#connection;
  }

  /**
   * Sends a request. If the connection is lost before the first octet of the answer, this replaces it once, because the
   * server may have closed it for being idle.
   */
  async ask(request: ComposedRequest): Promise<Answer> {
    const reused = this.#connection?.reusable === true;
    const answer = await (await this.#ready()).ask(request, this.#lab.settings.answerTime);
    const lost = (answer.type === "closed" || answer.type === "reset") && answer.firstOctetAt === undefined;
    if (!reused || !lost) return answer;
    return await (await this.#ready()).ask(request, this.#lab.settings.answerTime);
  }

  /** Waits a moment for unrequested octets; returns their number. */
  async strayOctets(ms: number = SETTLE): Promise<number> {
    const connection = this.#connection;
    if (!connection) return 0;
    await connection.wait(ms, () => connection.surplusBytes > 0);
    return connection.surplusBytes;
  }

  /** Closes the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection?.[Symbol.asyncDispose]();
  }

  async #ready(): Promise<LabConnection> {
    if (this.#connection && await this.#connection.ready()) return this.#connection;
    await this.#connection?.[Symbol.asyncDispose]();
    return this.#connection = await this.#lab.open();
  }
}

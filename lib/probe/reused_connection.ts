/**
 * The connection of a series of requests.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import type { Target } from "../target/target.ts";
import { sleep } from "../time/sleep.ts";
import { openSession, SessionSeries } from "./open_session.ts";
import type { ProbeOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** Holds one connection at a time and uses it as long as it lasts. */
export class ReusedConnection implements AsyncDisposable {
  #target: Target;
  readonly #options: ProbeOptions;
  readonly #series = new SessionSeries();
  #session: Session | undefined;

  constructor(target: Target, options: ProbeOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Sends the request over the connection, or over a new one if the old one ended or holds stray octets. */
  async probe(last: boolean): Promise<ProbeResult> {
    if (this.#session && !await this.#session.watch(0)) {
      const why = this.#session.obstacle;
      await this.#session.close();
      this.#session = undefined;
      this.#session = await openSession(this.#target, this.#options, this.#series, why);
    }
    this.#session ??= await openSession(this.#target, this.#options, this.#series);
    const result = await this.#session.request({ last });
    if (!result.error) this.#target = this.#session.target;
    return result;
  }

  /** Waits, and watches the connection meanwhile: its end and stray octets belong to the previous result. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#options;
    const until = performance.now() + ms;
    // Even if the connection ends early, the rest of the interval passes.
    await this.#session?.watch(ms, signal);
    await sleep(until - performance.now(), signal);
    await this.#session?.watch(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.close();
  }
}

/**
 * Tracks through a run whether the server serves: limits on requests that it asks clients to heed, and outages.
 *
 * @module
 */

import { sleep } from "../time/sleep.ts";
import { Backends } from "./backends.ts";
import { formatLimited, type Limited, limitFacts, readLimit } from "./rate_limit.ts";
import { checkService, type Service } from "./service_check.ts";
import type { Site } from "./site.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Maximum milliseconds that the run waits if a server asks for it; beyond that it stops. */
const MOST_WAIT = 60_000;
/** Maximum waits in one run. */
const MOST_WAITS = 5;

/** The reason to stop a run, in words and as facts. */
export interface Halt {
  readonly why: string;
  readonly facts: Record<string, unknown>;
}

/** The result of a check, with the time of the last good answer before it (`performance.now()`). */
export interface Checked extends Service {
  readonly servedAt: number;
}

/** The state of the service. */
export class ServiceState {
  /** Number of answers in the run. */
  readonly backends = new Backends();
  /** True if a 503 concerned the load: an ordinary request got it, and later ones did not. */
  passedLater = false;
  /** A new status of ordinary requests after the ordinary experiments. */
  changedTo: number | undefined;
  /** A failure of ordinary requests that passed. */
  gap: string | undefined;
  #odd = false;
  readonly #site: Site;
  readonly #stop: AbortSignal;
  readonly #mayWait: boolean;
  /** Aborts when the server limits requests. */
  #round = new AbortController();
  #limited: Limited | undefined;
  #halt: Halt | undefined;
  #waits = 0;
  #servedAt = performance.now();

  /**
   * @param stop Ends the run
   * @param mayWait True to wait for a limit or an outage to pass
   */
  constructor(site: Site, stop: AbortSignal, mayWait: boolean) {
    this.#site = site;
    this.#stop = stop;
    this.#mayWait = mayWait;
    this.#limited = site.limited;
  }

  /** True if requests are malformed or oversized: any status except 429 may refuse them. */
  get odd(): boolean {
    return this.#odd;
  }

  /** Switches to odd requests. None is sent if ordinary ones get another status than at first. */
  beginOdd(): void {
    this.#odd = true;
    this.#shutOut(this.changedTo);
  }

  /** The reason to stop, if there is one. */
  get halt(): Halt | undefined {
    return this.#halt;
  }

  /** True if the server must receive no request now. */
  get isOff(): boolean {
    return this.#halt !== undefined || this.#limited !== undefined;
  }

  /** Facts of the whole run; the first experiment's facts include them. */
  get facts(): Record<string, unknown> {
    return withoutUndefined({
      serviceGap: this.gap,
      limitPassed: this.passedLater ? 503 : undefined,
      statusChanged: this.changedTo === undefined ? undefined : [this.#site.status, this.changedTo],
    });
  }

  /** Aborts when the server limits requests; a new signal replaces it after each wait. */
  get round(): AbortSignal {
    return this.#round.signal;
  }

  /** The site for experiments; this object examines its answers. */
  get site(): Site {
    const { signal } = this.#site;
    return {
      ...this.#site,
      signal: AbortSignal.any([this.#stop, this.#round.signal, ...(signal ? [signal] : [])]),
      onResponse: (response, place) => {
        this.backends.take(response, place);
        // RFC 9110 §15.6: a 5xx means that the server fails.
        if (response.status < 500 || response.status === this.#site.status) {
          this.#servedAt = performance.now();
        }
        const limited = readLimit(response, this.#site.status, Date.now());
        if (!limited || this.#limited || (this.#odd && limited.status !== 429)) return;
        this.#limited = limited;
        this.#round.abort();
      },
    };
  }

  /** Waits for as long as a server that limits requests asks for, or stops the run. */
  async heed(): Promise<void> {
    while (this.#limited && !this.#halt) {
      const limited = this.#limited;
      const { retryAfter = Infinity } = limited;
      if (!this.#mayWait || retryAfter > MOST_WAIT || ++this.#waits > MOST_WAITS) {
        this.#halt = { why: formatLimited(limited), facts: limitFacts(limited) };
        return;
      }
      await sleep(retryAfter, this.#site.signal);
      this.#limited = undefined;
      this.#round = new AbortController();
      if (this.#isOver) return;
      // Ordinary requests show whether the limit is over.
      await checkService(this.site, "none");
    }
  }

  /**
   * Checks whether the server still serves, and stops the run if it does not; `undefined` if the run is already over.
   */
  async check(): Promise<Checked | undefined> {
    if (this.#halt || this.#isOver) return undefined;
    const servedAt = this.#servedAt;
    const service = await checkService(this.site, this.#mayWait ? "long" : "short");
    await this.heed();
    if (!this.#odd) this.changedTo ??= service.changedTo;
    else this.#shutOut(service.changedTo);
    if (service.up && service.status === 503) this.passedLater = true;
    else if (service.up && service.failures > 0) this.gap ??= service.why;
    if (!service.up && !this.#halt) {
      const why = `the service went down during the run: ${service.why}`;
      this.#halt = { why, facts: { serviceDown: service.why ?? "" } };
    }
    return { ...service, servedAt };
  }

  /** Checks whether ordinary requests get another status after odd ones were sent, and if so stops the run. */
  async checkShutOut(): Promise<boolean> {
    if (this.#halt || this.#isOver) return false;
    const { changedTo } = await checkService(this.site, "none");
    await this.heed();
    return this.#shutOut(changedTo);
  }

  /**
   * Stops the run if ordinary requests get another status than at first: refusals would then say nothing about odd
   * ones.
   */
  #shutOut(status: number | undefined): boolean {
    if (status === undefined || this.#halt) return false;
    const { status: first } = this.#site;
    const why = `ordinary requests are answered with ${status} by now, at first with ${first}`;
    this.#halt = { why, facts: { statusChanged: [first, status] } };
    return true;
  }

  get #isOver(): boolean {
    return this.#site.signal?.aborted === true || this.#stop.aborted;
  }
}

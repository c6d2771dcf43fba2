/**
 * Finds the way from a target to its answer: the scheme of a bare host, and the redirects.
 *
 * @module
 */

import { chainFacts } from "../redirect_chain.ts";
import type { ProbeResult } from "../result.ts";
import {
  type Scheme,
  schemesToTry,
  type SettledTarget,
  settleTarget,
  type Target,
} from "../target/target.ts";
import { LagMeter } from "../time/lag.ts";
import { type HopContext, type HopOptions, prepareHop } from "./hop.ts";
import { keepCredentials, mayBePlain } from "./plain_fallback.ts";
import type { RedirectTrail } from "./redirect_trail.ts";

/**
 * Decides which hop comes next. A bare host is tried over https and then http, and each followed redirect is a hop.
 */
export class Route implements Disposable {
  readonly #asked: Target;
  readonly #schemes: readonly Scheme[];
  readonly #trail: RedirectTrail | undefined;
  readonly #lag = new LagMeter();
  readonly #attempts: NonNullable<ProbeResult["attempts"]> = [];
  #target: SettledTarget;
  #context: HopContext;
  #result: ProbeResult | undefined;

  private constructor(target: Target, options: HopOptions, trail: RedirectTrail | undefined) {
    this.#asked = target;
    this.#schemes = schemesToTry(target);
    this.#trail = trail;
    this.#target = settleTarget(target, this.#schemes[0]!);
    this.#context = {
      options,
      startedAt: performance.now(),
      lag: this.#lag,
      connectionNumber: 1,
      prepared: true,
      hasAlternative: this.#schemes.length > 1,
    };
  }

  /**
   * Plans the way to a target. The time of the probe begins when this settles: loading modules belongs neither to the
   * probe nor to any limit.
   *
   * @throws {RangeError} If a limit is not above 0
   */
  static async plan(target: Target, options: HopOptions): Promise<Route> {
    await prepareHop(settleTarget(target, schemesToTry(target)[0]!), options);
    if (!options.maxRedirects) return new Route(target, options, undefined);
    const { RedirectTrail } = await import("./redirect_trail.ts");
    return new Route(target, options, new RedirectTrail(options.maxRedirects));
  }

  /** The target of the next hop. */
  get target(): SettledTarget {
    return this.#target;
  }

  /** The context of the next hop. */
  get context(): HopContext {
    return this.#context;
  }

  /** The result of the last hop, including the earlier ones; `undefined` while another hop follows. */
  get result(): ProbeResult | undefined {
    return this.#result;
  }

  /** Takes the result of a hop, and decides what follows. */
  take(hop: ProbeResult): void {
    const step = this.#trail?.follow(hop, this.#target, this.#context.options) ?? { result: hop };
    if ("target" in step) {
      const { target, options } = step;
      return this.#go(target, { ...this.#context, options, hasAlternative: false });
    }
    const { result } = step;
    const attempts = this.#attempts;
    const other = this.#schemes[attempts.length + 1];
    if (other === undefined || !mayBePlain(result)) return this.#end(result);
    const plain = settleTarget(this.#asked, other);
    const error = keepCredentials(result.error!, plain, this.#context.options);
    if (error) return this.#end({ ...result, error });
    attempts.push({ error: result.error!, total: result.timings.total, url: result.url });
    const hasAlternative = attempts.length + 1 < this.#schemes.length;
    this.#go(plain, { ...this.#context, hasAlternative });
  }

  #end(result: ProbeResult): void {
    this.#result = this.#attempts.length > 0 ? { ...result, attempts: this.#attempts } : result;
    this.#result.chain = chainFacts(this.#result);
  }

  #go(target: SettledTarget, context: HopContext): void {
    this.#target = target;
    this.#context = { ...context, connectionNumber: this.#context.connectionNumber + 1, prepared: false };
  }

  [Symbol.dispose](): void {
    this.#lag[Symbol.dispose]();
  }
}

/**
 * Options of `profileConnection()`.
 *
 * @module
 */

import type { CustomExperiment } from "./custom_experiment.ts";
import type { Front } from "./front.ts";
import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";

/** A progress event of an experiment. */
export interface ProfileProgress {
  /** Name of the experiment. */
  readonly experiment: string;
  /** The experiment starts. It starts a second time if it was inconclusive or its outcome counts against the server. */
  readonly state: "started" | "done";
  /** Maximum milliseconds that it takes if every answer is as slow as the first ones. */
  readonly atMost: number;
  /** Its report; present once it has ended. */
  readonly outcome?: string;
}

/** An estimate of the remaining time of a run. */
export interface ProfileEstimate {
  /**
   * Maximum milliseconds that the rest takes if every answer is as slow as the first ones; at most the rest of
   * `totalTime`.
   */
  readonly atMost: number;
  /** Milliseconds that an answer took. */
  readonly answerMs: number;
  /** True if the server serves one connection at a time, so the experiments run one after the other. */
  readonly oneAtATime: boolean;
  /** Names of the experiments that are still to run, with those that are repeated. */
  readonly experiments: readonly string[];
  /** Names of the experiments that run once more, alone; none at the beginning of a run. */
  readonly repeated: readonly string[];
}

/** Options of `profileConnection`. */
export interface ProfileOptions
  extends
    Pick<RequestOptions, "headers" | "userAgent" | "credentials">,
    ReachOptions,
    Pick<LimitOptions, "maxTime" | "connectTimeout" | "maxBody"> {
  /** Names of the experiments to run; `default` stands for those that run by default. */
  readonly only?: readonly string[] | undefined;
  /** Your own experiments. They run beside the built-in ones, and `only` and `skip` may name them. */
  readonly experiments?: readonly CustomExperiment[] | undefined;
  /** Names of experiments to leave out. */
  readonly skip?: readonly string[] | undefined;
  /**
   * Permits the experiments that send malformed or oversized requests.
   *
   * @default {false}
   */
  readonly intrusive?: boolean | undefined;
  /**
   * Confirms that you own the host: permits experiments that can also harm the requests of other people.
   *
   * @default {false}
   */
  readonly ownHost?: boolean | undefined;
  /**
   * Milliseconds to watch a silent connection. sonde moves the value slightly if it equals a common timeout.
   *
   * @default {11_000, or 6 s longer than `behind`}
   */
  readonly idleLimit?: number | undefined;
  /** The load balancer or proxy in front of the server: findings compare its idle timeout with the server's. */
  readonly behind?: Front | undefined;
  /**
   * Maximum requests that `max-requests` sends on one connection; sonde adds five if the value is a common limit.
   *
   * @default {1_000}
   */
  readonly maxRequests?: number | undefined;
  /**
   * Requests that `pipelining` sends at once.
   *
   * @default {3}
   */
  readonly pipeline?: number | undefined;
  /**
   * Connections on which `idle-timeout` is measured.
   *
   * @default {2}
   */
  readonly samples?: number | undefined;
  /**
   * Method of the experiments that send content. The URL must be meant for it.
   *
   * @default {"GET"}
   */
  readonly method?: string | undefined;
  /** Request target, on the same server, of a slow answer, for `half-close`. */
  readonly slowTarget?: string | undefined;
  /**
   * Keeps the exchanges of the experiments in `exchanges`: the first 20 and the last 20 of each experiment. Content is
   * not kept; values of `Authorization`, `Proxy-Authorization` and `Cookie` in requests are masked.
   *
   * @default {false}
   */
  readonly keepExchanges?: boolean | undefined;
  /**
   * Milliseconds for the whole profile: the first contact, the experiments and their repetitions. Experiments that have
   * not ended by then are `unknown`. `maxTime` limits a single answer.
   *
   * @default {no limit}
   */
  readonly totalTime?: number | undefined;
  /** Called with the estimated time, before the experiments and before repetitions. */
  readonly onEstimate?: ((estimate: ProfileEstimate) => void) | undefined;
  /** Called when an experiment starts and when it ends. */
  readonly onProgress?: ((progress: ProfileProgress) => void) | undefined;
  /** Ends the profile; it keeps everything measured until then. */
  readonly signal?: AbortSignal | undefined;
}

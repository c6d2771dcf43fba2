/**
 * Options of `profileConnection()`.
 *
 * @module
 */

import type { CustomExperiment } from "./custom_experiment.ts";
import type { Front } from "./front.ts";
import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";

/** News of an experiment during a run. */
export interface ProfileProgress {
  /** Its name. */
  readonly experiment: string;
  /** One that could not tell, or speaks against the server, is started a second time. */
  readonly state: "started" | "done";
  /** The longest that it takes if every answer is as slow as the first ones were, in milliseconds. */
  readonly atMost: number;
  /** Once it is done. */
  readonly outcome?: string;
}

/** An estimate of the time that a run still takes. */
export interface ProfileEstimate {
  /**
   * The longest that what is left takes if every answer is as slow as the first ones were, in milliseconds; no more than
   * what is left of `totalTime`.
   */
  readonly atMost: number;
  /** Milliseconds that an answer took. */
  readonly answerMs: number;
  /** The server serves one connection at a time, so the experiments are made one after the other. */
  readonly oneAtATime: boolean;
  /** Experiments that are made once more, alone; none at the beginning of a run. */
  readonly repeated: readonly string[];
}

/** Options of `profileConnection`. */
export interface ProfileOptions
  extends
    Pick<RequestOptions, "headers" | "userAgent" | "credentials">,
    ReachOptions,
    Pick<LimitOptions, "maxTime" | "connectTimeout" | "maxBody"> {
  /** Names of the experiments to make; `default` stands for those that are made when nothing is said. */
  readonly only?: readonly string[] | undefined;
  /** Experiments of your own. They run beside those of the program, and `only` and `skip` may name them. */
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
   * The host is the user's own: permits experiments that can harm the requests of other people as well.
   *
   * @default {false}
   */
  readonly ownHost?: boolean | undefined;
  /**
   * Milliseconds for which a silent connection is watched. Moved a little where it would equal a timeout that is in
   * common use.
   *
   * @default {11_000, or 6 s longer than `behind`}
   */
  readonly idleLimit?: number | undefined;
  /** The load balancer or proxy in front of the server: findings compare its idle timeout with the server's. */
  readonly behind?: Front | undefined;
  /**
   * Requests that `max-requests` sends on one connection at most; five more where that is a cap in common use.
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
   * Method of the experiments that send content. The URL has to be meant for it.
   *
   * @default {"GET"}
   */
  readonly method?: string | undefined;
  /** Request target, on the same server, of an answer that takes its time: for `half-close`. */
  readonly slowTarget?: string | undefined;
  /**
   * Keep the exchanges of the experiments in `exchanges`, of each experiment the first 20 and the last 20. Of content
   * nothing is kept; values of `Authorization`, `Proxy-Authorization` and `Cookie` in requests are masked.
   *
   * @default {false}
   */
  readonly keepExchanges?: boolean | undefined;
  /**
   * Milliseconds for everything: the first contact, the experiments and their repetitions. What is not over by then could
   * not tell; `maxTime` is for one answer.
   *
   * @default {no limit}
   */
  readonly totalTime?: number | undefined;
  /** Told how long the run takes, before the experiments and before those that are repeated. */
  readonly onEstimate?: ((estimate: ProfileEstimate) => void) | undefined;
  /** Told of each experiment as it starts and ends. */
  readonly onProgress?: ((progress: ProfileProgress) => void) | undefined;
  /** Ends the examination; what was measured until then is kept. */
  readonly signal?: AbortSignal | undefined;
}

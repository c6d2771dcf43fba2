/**
 * Limits and numbers for the experiments of a run.
 *
 * @module
 */

/** The settled limits and numbers that the experiments use. */
export interface Settings {
  /** Milliseconds to watch a silent connection. */
  readonly idleLimit: number;
  /** Maximum requests on one connection. */
  readonly maxRequests: number;
  /** Number of requests sent without waiting for answers. */
  readonly pipeline: number;
  /** Number of connections on which an idle timeout is measured. */
  readonly samples: number;
  /** Method of requests with content. */
  readonly method: string;
  /** Request target, on the same server, of a slow answer. */
  readonly slowTarget?: string | undefined;
  /** Milliseconds for one answer. */
  readonly answerTime: number;
  /** Maximum octets of content. */
  readonly maxBody: number;
}

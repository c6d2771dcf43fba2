/**
 * Limits and numbers for the experiments of a run.
 *
 * @module
 */

/** Limits and numbers as the experiments use them: all settled. */
export interface Settings {
  /** Milliseconds for which a silent connection is watched. */
  readonly idleLimit: number;
  /** Requests that one connection is given at most. */
  readonly maxRequests: number;
  /** Requests that are sent without waiting for the answers. */
  readonly pipeline: number;
  /** Connections on which an idle timeout is measured. */
  readonly samples: number;
  /** Method of requests with content. */
  readonly method: string;
  /** Request target, on the same server, of an answer that takes its time. */
  readonly slowTarget?: string | undefined;
  /** Milliseconds for one answer. */
  readonly answerTime: number;
  /** Octets of content. */
  readonly maxBody: number;
}

/**
 * A load balancer or proxy in front of the server.
 *
 * @module
 */

/** What stands in front of the server and keeps idle connections to it. */
export interface Front {
  /** For messages: `AWS Application Load Balancer`, or the duration that the user gave. */
  readonly name: string;
  /** How long it keeps an idle connection to the server, in milliseconds. */
  readonly idle: number;
  /** Where the figure was published. */
  readonly source?: string;
  /**
   * It passes connections through and makes none of its own, so it forgets an idle one without a word to either side.
   *
   * @default {false}
   */
  readonly passesThrough?: boolean;
}

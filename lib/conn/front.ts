/**
 * A load balancer or proxy in front of the server.
 *
 * @module
 */

/** A load balancer or proxy that keeps idle connections to the server. */
export interface Front {
  /** Name in messages: `AWS Application Load Balancer`, or the duration that the user gave. */
  readonly name: string;
  /** Milliseconds for which it keeps an idle connection to the server. */
  readonly idle: number;
  /** The page that publishes this figure. */
  readonly source?: string;
  /**
   * It passes connections through and makes none of its own, so it forgets an idle one without telling either side.
   *
   * @default {false}
   */
  readonly passesThrough?: boolean;
}

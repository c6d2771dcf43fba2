/**
 * Deliveries that failed.
 *
 * @module
 */

import type { ChangeNotice } from "./change_notice.ts";

/** An attempt to deliver a notice that failed; secrets are replaced by `***`. */
export interface DeliveryFailure {
  /** Entry of the receiver in the task file, as in `webhooks[0]`. */
  readonly place: string;
  /** The change in the notice; absent if the queue itself failed. */
  readonly change?: Pick<ChangeNotice, "check" | "kind">;
  /** Cause of the failure, in words. */
  readonly error: string;
  /** Attempts so far, this one included; 0 if there was none. */
  readonly tries: number;
  /** Milliseconds until the next attempt; absent if there is none. */
  readonly wait?: number | undefined;
  /** True if the receiver refused the notice, so that another attempt is useless. */
  readonly refused?: true | undefined;
  /** True if it is about notices in the history whose receiver is not in the task file. */
  readonly forgotten?: true | undefined;
}

/** Describes an error of the queue itself. */
export function queueFault(error: unknown): string {
  return `Cannot use the queue of deliveries: ${(error as Error).message}`;
}

/** Notices that a receiver has not got yet. */
export interface UnsentNotices {
  /** Entry of the receiver in the task file, as in `webhooks[0]`. */
  readonly place: string;
  /** Notices in the queue. */
  readonly count: number;
}

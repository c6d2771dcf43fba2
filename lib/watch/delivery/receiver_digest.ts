/**
 * The digest by which the history tells receivers apart.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { receiverIdentity } from "../tasks/receiver_identity.ts";
import type { Receiver } from "../tasks/task.ts";

/** Computes a digest of a receiver: its URL or command may contain a secret, which must not be written down. */
export function receiverDigest(receiver: Receiver): string {
  return createHash("sha256").update(receiverIdentity(receiver)).digest("hex").slice(0, 16);
}

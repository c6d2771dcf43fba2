/**
 * The digests by which the history tells receivers apart.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { receiverAddress, receiverIdentity } from "../tasks/receiver_identity.ts";
import type { Receiver } from "../tasks/receiver.ts";

/** Computes a digest of a receiver: its settings may contain a secret, which must not be written down. */
export function receiverDigest(receiver: Receiver): string {
  return digest(receiverIdentity(receiver));
}

/** Computes a digest of the address of a receiver, which stays the same when its credentials change. */
export function addressDigest(receiver: Receiver): string {
  return digest(receiverAddress(receiver));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

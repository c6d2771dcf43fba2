/**
 * Checks that a connection still carries a request after a long silence. Firewalls, NAT and load balancers forget
 * connections silently, and some servers end them only when something arrives.
 *
 * @module
 */

import type { StreamEnd } from "../../net/stream_end.ts";
import type { Answer } from "../answer.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";

/** The event that came instead of an answer. */
export type Loss = "rst" | "fin" | "close-notify" | "tls-truncated" | "silence";

/** Milliseconds to wait for an answer, in addition to {@linkcode SLOWER} times the previous answer's time. */
const MIN_WAIT_MS = 2_000;
const SLOWER = 4;

/** Some servers announce their timeout only to a client that asks for keep-alive. */
export const ASKING = [["Connection", "keep-alive"]] as const;

/**
 * Sends one more request on a connection after a silence. If no octet comes back, a new connection shows whether the
 * silence was the cause: there, the server must answer a second request that follows the first one immediately.
 *
 * @param answerMs Milliseconds that the answer before the silence took
 * @returns The event in place of an answer; `undefined` if an answer came, or the silence was not the cause
 */
export async function findLoss(
  lab: Lab,
  connection: LabConnection,
  answerMs: number,
): Promise<Loss | undefined> {
  const request = lab.subject.request({ headers: ASKING });
  const waitMs = Math.min(lab.settings.answerTime, MIN_WAIT_MS + SLOWER * answerMs);
  const { type, firstOctetAt } = await connection.ask(request, waitMs);
  const loss = lossOf(type, connection.end?.how);
  if (loss === undefined || firstOctetAt !== undefined) return undefined;
  connection.close();
  const opened = await lab.tryOpen({ address: connection.peer.address });
  if ("error" in opened) return undefined;
  await using other = opened.connection;
  for (let number = 0; number < 2; number++) {
    if (number > 0 && !await other.ready()) return undefined;
    if ((await other.ask(request, waitMs)).type !== "answered") return undefined;
  }
  return loss;
}

function lossOf(type: Answer["type"], how: StreamEnd["how"] | undefined): Loss | undefined {
  switch (type) {
    case "late":
      return "silence";
    case "reset":
      return "rst";
    case "closed":
      return how === "close-notify" || how === "tls-truncated" ? how : "fin";
    default:
      return undefined;
  }
}

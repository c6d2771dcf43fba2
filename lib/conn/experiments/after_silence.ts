/**
 * Checks that a connection still carries a request after a long silence. Firewalls, NAT and balancers
 * forget connections without a word, and some servers end them only once something comes.
 *
 * @module
 */

import type { StreamEnd } from "../../net/stream_end.ts";
import type { Answer } from "../answer.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";

/** The event that came instead of an answer. */
export type Loss = "rst" | "fin" | "close-notify" | "tls-truncated" | "silence";

/** Milliseconds to wait for an answer, besides {@linkcode SLOWER} times what the answer before took. */
const PATIENCE = 2_000;
const SLOWER = 4;

/** Some servers say how long they wait only to a client that asks for keep-alive. */
export const ASKING = [["Connection", "keep-alive"]] as const;

/**
 * Sends one more request on a connection that was silent. Where no octet comes back, a new connection shows whether it was
 * the silence: there a second request is answered that follows the first at once.
 *
 * @param answerMs Milliseconds that the answer before the silence took
 * @returns What came in place of an answer; `undefined` if one came, or the silence is not to blame
 */
export async function findLoss(
  lab: Lab,
  connection: LabConnection,
  answerMs: number,
): Promise<Loss | undefined> {
  const request = lab.subject.request({ headers: ASKING });
  const patience = Math.min(lab.settings.answerTime, PATIENCE + SLOWER * answerMs);
  const { type, firstOctetAt } = await connection.ask(request, patience);
  const loss = lossOf(type, connection.end?.how);
  if (loss === undefined || firstOctetAt !== undefined) return undefined;
  connection.close();
  const opened = await lab.tryOpen({ address: connection.peer.address });
  if ("error" in opened) return undefined;
  await using other = opened.connection;
  for (let number = 0; number < 2; number++) {
    if (number > 0 && !await other.ready()) return undefined;
    if ((await other.ask(request, patience)).type !== "answered") return undefined;
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

/**
 * An honest server, from which the tests derive faulty ones.
 *
 * @module
 */

import { type LiarConnection, reply, targetOf } from "./_liar.ts";

/** Answers every request in full and keeps the connection until it is asked to close. */
export async function honest(connection: LiarConnection, ...fields: string[]): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    connection.send(answerTo(head, ...fields));
    if (wantsClose(head)) return;
  }
}

/** Like {@linkcode honest}, but closes, or calls `end`, after a number of milliseconds without a request. */
export async function impatient(
  connection: LiarConnection,
  idle: number,
  end: () => void = () => {},
  fields: readonly string[] = [],
): Promise<void> {
  for (;;) {
    const next = connection.request();
    const head = await Promise.race([next, connection.pause(idle).then(() => null)]);
    if (head === null) return end();
    if (head === undefined) return;
    connection.send(answerTo(head, ...fields));
    if (wantsClose(head)) return;
  }
}

/** Tells whether a request asks for the end of the connection. */
export function wantsClose(head: string): boolean {
  return /\r\nconnection:[^\r]*\bclose\b/i.test(head) ||
    (/ HTTP\/1\.0\r\n/.test(head) && !/keep-alive/i.test(head));
}

/** Writes the answer to a request. */
export function answerTo(head: string, ...fields: string[]): string {
  const close = wantsClose(head)
    ? ["Connection: close"]
    : / HTTP\/1\.0\r\n/.test(head)
    ? ["Connection: keep-alive"]
    : [];
  const answer = reply(`you asked for ${targetOf(head)}`, ...close, ...fields);
  return head.startsWith("HEAD ") ? answer.slice(0, answer.indexOf("\r\n\r\n") + 4) : answer;
}

/**
 * Servers that the tests of several experiments share.
 *
 * @module
 */

import { answerTo, wantsClose } from "./_honest.ts";
import { type Conduct, type LiarConnection, reply } from "./_liar.ts";

/** Answers one request with `close`, as a server without keep-alive does. */
export async function closing(connection: LiarConnection): Promise<void> {
  const head = await connection.request();
  if (head !== undefined) connection.send(answerTo(head, ...(wantsClose(head) ? [] : ["Connection: close"])));
}

/**
 * Refuses malformed requests as the rules demand, treats requests that `isOdd` selects with `odd`, and answers the
 * others.
 */
export function refusing(isOdd: (head: string) => boolean, odd?: Conduct): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (odd && isOdd(head)) return await odd(connection);
      if (isBent(head)) return connection.send(reply("no", "Connection: close").replace("200 OK", "400 No"));
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

export function isBent(head: string): boolean {
  return (head.match(/content-length/gi)?.length ?? 0) > 1 || /transfer-encoding|: \+0/i.test(head);
}

export function hang(connection: LiarConnection): Promise<void> {
  return connection.gone();
}

/** Waits for octets behind the last head; false if the client goes without sending any. */
export async function contentComes(connection: LiarConnection): Promise<boolean> {
  let gone = false;
  connection.gone().then(() => gone = true);
  while (!gone) {
    if (connection.discard() > 0) return true;
    await connection.pause(10);
  }
  return false;
}

export const TIMEOUT = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** Sends text, whatever the request. */
export function sends(text: string): Conduct {
  return (connection) => Promise.resolve(connection.send(text));
}

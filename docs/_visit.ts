/**
 * Serves one connection.
 *
 * @module
 */

import type { Socket } from "node:net";
import type { Conduct } from "./_conducts.ts";

/** Runs the conduct of the server on the connection, and closes the connection afterwards. */
export function visit(socket: Socket, conduct: Conduct): void {
  let received = "";
  let ended = false;
  let wake = (): void => {};
  socket.on("data", (bytes: Uint8Array) => {
    received += String.fromCharCode(...bytes);
    wake();
  });
  const end = (): void => {
    ended = true;
    wake();
  };
  for (const event of ["end", "close"]) socket.on(event, end);
  // A reset by the client ends the connection, too.
  socket.on("error", end);
  const readUntil = async (text: string): Promise<string | undefined> => {
    for (;;) {
      const at = received.indexOf(text);
      // This is a ClientHello: a probe of a host without a scheme tries TLS first.
      if (received.startsWith("\x16")) return undefined;
      if (at !== -1 && received !== "") {
        const taken = text === "" ? received : received.slice(0, at + text.length);
        received = received.slice(taken.length);
        return taken;
      }
      if (ended) return undefined;
      await new Promise<void>((resolve) => wake = resolve);
    }
  };
  const send = (text: string): void => {
    if (!socket.destroyed) socket.write(text, "latin1");
  };
  conduct({ readUntil, send }).then(() => socket.end());
}

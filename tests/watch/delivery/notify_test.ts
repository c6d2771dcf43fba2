import { assertEquals, assertMatch } from "@std/assert";
import { notify } from "../../../lib/watch/delivery/notify.ts";
import { startPeer } from "../../peer/peer.ts";

Deno.test("notify() takes no message for delivered that was not taken whole", async () => {
  const rows: [message: string, outcome: RegExp | undefined][] = [
    ["short", undefined],
    [
      "x".repeat(12 * 1024 * 1024),
      /^the answer 200 came after \d+ of \d+ octets, and the rest was not taken$/,
    ],
  ];
  for (const [message, outcome] of rows) {
    await using peer = await startPeer([
      { expect: "\r\n\r\n" },
      { send: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" },
      { stall: true },
    ]);
    const url = `http://127.0.0.1:${peer.port}/`;
    const fault = await notify(
      { type: "webhook", place: "webhooks[0]", url, headers: {} },
      message,
      new AbortController().signal,
    );
    if (outcome) assertMatch(String(fault), outcome);
    else assertEquals(fault, undefined);
  }
});

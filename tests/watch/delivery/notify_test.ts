import { assertEquals, assertMatch } from "@std/assert";
import { notify } from "../../../lib/watch/delivery/notify.ts";
import { startPeer } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[message: string, outcome: RegExp | undefined]>(
  "notify() considers a message delivered only if it was sent in full",
  [
    ['"short"', undefined],
    [
      `"${"x".repeat(12 * 1024 * 1024)}"`,
      /^the answer 200 came after [\d,]+ of [\d,]+ octets, and the rest was not taken$/,
    ],
  ],
  async ([message, outcome]) => {
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
    if (outcome) assertMatch(String(fault?.error), outcome);
    else assertEquals(fault, undefined);
  },
);

testRows("notify() accepts a status of 200 to 299, and reports any other answer", [
  200,
  204,
  299,
  300,
  302,
  400,
  404,
  500,
], async (status) => {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const status = Number(new URL(request.url).pathname.slice(1));
    return new Response(null, { status });
  });
  const url = `http://127.0.0.1:${server.addr.port}/${status}`;
  const receiver = { type: "webhook", place: "webhooks[0]", url, headers: {} } as const;
  const failure = await notify(receiver, "{}", new AbortController().signal);
  assertEquals(failure?.error, status < 300 ? undefined : `the answer was ${status}`);
});

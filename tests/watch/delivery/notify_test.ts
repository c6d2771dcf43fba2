import { assertEquals } from "@std/assert";
import { notify } from "../../../lib/watch/delivery/notify.ts";

Deno.test("notify() takes 200 to 299 for taken, and says what else was answered", async () => {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const status = Number(new URL(request.url).pathname.slice(1));
    return new Response(null, { status });
  });
  for (const status of [200, 204, 299, 300, 302, 400, 404, 500]) {
    const url = `http://127.0.0.1:${server.addr.port}/${status}`;
    const receiver = { type: "webhook", place: "webhooks[0]", url, headers: {} } as const;
    const failure = await notify(receiver, "{}", new AbortController().signal);
    assertEquals(failure, status < 300 ? undefined : `the answer was ${status}`);
  }
});

import { assertEquals, assertMatch } from "@std/assert";
import { notify } from "../../../lib/watch/delivery/notify.ts";
import { startPeer } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";
import { notice } from "./_notices.ts";
import { receiver } from "./services/_request.ts";

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

testRows<[entry: Record<string, unknown>, answer: string, kind: string | undefined, error: RegExp]>(
  "notify() believes the content of a service more than its status",
  [
    [{ type: "slack" }, "ok", undefined, /^$/],
    [
      { type: "slack" },
      "<p>Welcome</p>",
      "failed",
      /^the answer 200 says: a web page came instead of the service's answer$/,
    ],
    [{ type: "telegram", token: "1:a", chat: "@ops" }, '{"ok":true,"result":{}}', undefined, /^$/],
    [
      { type: "telegram", token: "1:a", chat: "@ops" },
      '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}',
      "limited",
      /^the answer 200 says: Too Many Requests$/,
    ],
    [
      { type: "teams" },
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
      "limited",
      /429$/,
    ],
    [{ type: "discord" }, '{"id":"1"}', undefined, /^$/],
    [{ type: "ntfy" }, '{"id":"1"}', undefined, /^$/],
    [{ type: "pagerduty", key: "k" }, '{"status":"success"}', undefined, /^$/],
    [{ type: "pagerduty", key: "k" }, '{"status":"invalid event","message":"bad"}', "refused", /says: bad$/],
  ],
  async ([entry, answer, kind, error]) => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(answer),
    );
    const url = `http://127.0.0.1:${server.addr.port}/hook`;
    const parsed = receiver({ url, ...entry }) as Parameters<typeof notify>[0];
    const failure = await notify(parsed, JSON.stringify(notice()), new AbortController().signal);
    assertEquals(failure?.kind, kind, failure?.error);
    assertMatch(failure?.error ?? "", error);
  },
);

Deno.test("notify() lets the header fields of the entry replace those of the service", async () => {
  const seen: (string | null)[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    seen.push(request.headers.get("content-type"), request.headers.get("x-a"), request.method);
    return new Response();
  });
  const url = `http://127.0.0.1:${server.addr.port}/hook`;
  const entry = {
    type: "webhook",
    method: "PUT",
    headers: { "content-type": "text/x-own", "X-A": "b" },
    body: "${title}",
  };
  const parsed = receiver({ url, ...entry }) as Parameters<typeof notify>[0];
  assertEquals(await notify(parsed, JSON.stringify(notice()), new AbortController().signal), undefined);
  assertEquals(seen, ["text/x-own", "b", "PUT"]);
});

Deno.test("notify() fills in the placeholders of URL and header fields", async () => {
  const seen: (string | null)[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    seen.push(new URL(request.url).pathname, request.headers.get("title"), request.headers.get("key"));
    return new Response();
  });
  const url = `http://127.0.0.1:${server.addr.port}/\${env:TOKEN}/\${check.name}`;
  const headers = { Title: "${check.name} is ${state}", Key: "${env:TOKEN}" };
  const parsed = receiver({ type: "webhook", method: "GET", url, headers }) as Parameters<typeof notify>[0];
  const message = JSON.stringify(notice({ check: "a b/\r\nX: y" }));
  assertEquals(await notify(parsed, message, new AbortController().signal), undefined);
  assertEquals(seen, ["/s3cr3t/+token/a%20b%2F%0D%0AX%3A%20y", "a b/ X: y is down", "s3cr3t/+token"]);
});

import { assertEquals } from "@std/assert";
import { failureIn, pageIn } from "../../../lib/watch/delivery/answer_fault.ts";
import type { FailureKind } from "../../../lib/watch/delivery/judge_answer.ts";
import { postNotice } from "../../../lib/watch/delivery/post_notice.ts";
import { testRows } from "../../_test_rows.ts";
import { notice } from "./_notices.ts";
import { receiver } from "./services/_request.ts";

testRows<[text: string, cause: string | undefined]>(
  "failureIn() believes an answer that says that it failed",
  [
    ["", undefined],
    ["ok", undefined],
    ["error", undefined],
    ["{}", undefined],
    ["[]", undefined],
    ['{"ok":true,"error":""}', undefined],
    ['{"ok":true,"error":"deprecated"}', undefined],
    ['{"error":null,"errors":[]}', undefined],
    ['{"error":{}}', undefined],
    ['{"status":"success"}', undefined],
    ['{"status":503,"kind":"down","check":"shop"}', undefined],
    ['{"errcode":0,"errmsg":"ok"}', undefined],
    ['{"ok":false,"error":"channel_not_found"}', "channel_not_found"],
    ['{"success":false,"message":"no such topic"}', "no such topic"],
    ['{"error":"invalid token"}', "invalid token"],
    ['{"error":{"code":-32600}}', '{"code":-32600}'],
    ['{"status":"error","code":500}', '{"status":"error","code":500}'],
    ['{"result":"failed"}', '{"result":"failed"}'],
    ['{"errcode":93000,"errmsg":"invalid webhook url"}', '{"errcode":93000,"errmsg":"invalid webhook url"}'],
  ],
  ([text, cause]) => {
    assertEquals(failureIn({ status: 200, text })?.cause, cause);
    assertEquals(failureIn({ status: 500, text }), undefined);
  },
  { permissions: "none" },
);

Deno.test("pageIn() finds a page behind a good status only", { permissions: "none" }, () => {
  const text = "<!DOCTYPE html><title>Sign in</title>";
  assertEquals(pageIn({ status: 200, text })?.status, 502);
  assertEquals(pageIn({ status: 200, text: "ok" }), undefined);
  assertEquals(pageIn({ status: 403, text }), undefined);
});

const URL_ENTRY = (url: string) => ({ url });

testRows<
  [
    type: string,
    entry: (url: string) => Record<string, unknown>,
    page: FailureKind | undefined,
    json: FailureKind,
  ]
>(
  "postNotice() takes a login page for no answer, and an error in JSON for a refusal, from",
  [
    ["slack", URL_ENTRY, "failed", "refused"],
    ["discord", URL_ENTRY, "failed", "refused"],
    ["teams", URL_ENTRY, "failed", "refused"],
    ["telegram", (url) => ({ url, token: "1:a", chat: 1 }), "failed", "refused"],
    ["ntfy", (url) => ({ url: `${url}topic` }), "failed", "refused"],
    ["pagerduty", (url) => ({ url, key: "k" }), "failed", "refused"],
    // Any server may be a webhook, and many answer with a page.
    ["webhook", URL_ENTRY, undefined, "refused"],
  ],
  async ([type, entry, page, json]) => {
    let text = "<!DOCTYPE html><title>Sign in</title>";
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(text),
    );
    const options = { limit: 10_000, signal: new AbortController().signal };
    const to = receiver({ type, ...entry(`http://127.0.0.1:${server.addr.port}/`) });
    assertEquals((await postNotice(to, JSON.stringify(notice()), options))?.kind, page);
    text = '{"ok":false,"error":"not_allowed"}';
    assertEquals(await postNotice(to, JSON.stringify(notice()), options), {
      kind: json,
      error: "the answer 200 says: not_allowed",
      retryAfter: undefined,
    });
  },
);

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TELEGRAM } from "../../../../lib/watch/delivery/services/telegram.ts";
import { testRows } from "../../../_test_rows.ts";
import { EVERY_KIND, MARKED, notice, UP } from "../_notices.ts";
import { jsonOf, receiver, requestFor } from "./_request.ts";

const ENTRY = { type: "telegram", token: "123456:ABC-DEF", chat: -1001234 };

function textOf(sent: Parameters<typeof requestFor>[1]): string {
  const { text, ...rest } = jsonOf(requestFor(ENTRY, sent));
  assertEquals(rest, {
    chat_id: "-1001234",
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
  });
  return String(text);
}

testRows("TELEGRAM.request() keeps to the form of sendMessage", EVERY_KIND, (sent) => {
  const text = textOf(sent);
  assert(text.length > 0 && text.length <= 4096);
  // Nothing but one bold title, and references for the rest.
  const rest = text.replace(/<b>[^<>]*<\/b>/, "").replaceAll(/&(amp|lt|gt);/g, "");
  assertEquals(rest.match(/[<>&]/g), null, text);
}, { permissions: "none" });

Deno.test("TELEGRAM.request() says what happened, since when and where", { permissions: "none" }, () => {
  assertEquals(
    textOf(notice()),
    "🔴 <b>shop is down: status 503</b>\nCause: not status == 200 (found 503)\n" +
      "URL: https://shop.example/health\nTags: web, eu\nSince: 2026-03-01 12:00:00 UTC",
  );
  assertStringIncludes(textOf(UP), "🟢 <b>shop is up again after 12m");
  assertStringIncludes(textOf(MARKED), "&lt;!channel&gt; @everyone");
});

testRows<[entry: Record<string, unknown>, url: string]>(
  "TELEGRAM has the URL of the Bot API, or of another server",
  [
    [{}, "https://api.telegram.org/bot123456:ABC-DEF/sendMessage"],
    [{ url: "http://127.0.0.1:8081/" }, "http://127.0.0.1:8081/bot123456:ABC-DEF/sendMessage"],
  ],
  ([entry, url]) => assertEquals(receiver({ ...ENTRY, ...entry }).url, url),
  { permissions: "none" },
);

testRows<[status: number, text: string, fault: ReturnType<NonNullable<typeof TELEGRAM.fault>>]>(
  "TELEGRAM.fault() reads ok, error_code and retry_after",
  [
    [200, '{"ok":true,"result":{"message_id":1}}', undefined],
    [200, "", undefined],
    [
      429,
      '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 34","parameters":{"retry_after":34}}',
      { status: 429, cause: "Too Many Requests: retry after 34", retryAfter: 34_000 },
    ],
    [
      200,
      '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
      { status: 403, cause: "Forbidden: bot was blocked by the user", retryAfter: undefined },
    ],
    [200, '{"ok":false}', { status: 400, cause: "ok is false", retryAfter: undefined }],
    [
      400,
      '{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded",' +
      '"parameters":{"migrate_to_chat_id":-100555}}',
      {
        status: 400,
        cause: "Bad Request: group chat was upgraded; write the chat -100555 into the task file",
        retryAfter: undefined,
      },
    ],
  ],
  ([status, text, fault]) => assertEquals(TELEGRAM.fault?.({ status, text }), fault),
  { permissions: "none" },
);

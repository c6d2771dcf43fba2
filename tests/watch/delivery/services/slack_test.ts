import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SLACK } from "../../../../lib/watch/delivery/services/slack.ts";
import { testRows } from "../../../_test_rows.ts";
import { EVERY_KIND, MARKED, notice, UP } from "../_notices.ts";
import { jsonOf, requestFor } from "./_request.ts";

const ENTRY = { type: "slack", url: "https://hooks.slack.test/services/T000/B000/${env:TOKEN}" };

interface Message {
  readonly text: string;
  readonly blocks: readonly { type: string; text: { type: string; text: string; verbatim: boolean } }[];
}

function messageOf(sent: Parameters<typeof requestFor>[1]): Message {
  return jsonOf(requestFor(ENTRY, sent)) as unknown as Message;
}

testRows("SLACK.request() keeps to the form of an incoming webhook", EVERY_KIND, (sent) => {
  const message = messageOf(sent);
  assertEquals(Object.keys(message), ["text", "blocks"]);
  assert(message.text.length > 0 && message.text.length <= 3000);
  const wrong = message.blocks.filter(({ type, text }) =>
    type !== "section" || text.type !== "mrkdwn" || text.text.length > 3000 || text.text === ""
  );
  assertEquals(wrong, []);
}, { permissions: "none" });

Deno.test("SLACK.request() says what happened, since when and where", { permissions: "none" }, () => {
  assertEquals(messageOf(notice()), {
    text: "shop is down: status 503",
    blocks: [
      {
        type: "section",
        text: { type: "mrkdwn", text: ":red_circle: shop is down: status 503", verbatim: true },
      },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: "*Cause:* not status == 200 (found 503)\n*URL:* https://shop.example/health\n" +
            "*Tags:* web, eu\n*Since:* 2026-03-01 12:00:00 UTC",
          verbatim: true,
        },
      },
    ],
  });
  const up = messageOf(UP);
  assertStringIncludes(up.text, "shop is up again after 12m");
  assertStringIncludes(up.blocks[1]!.text.text, "*Outage:* 12m, since 2026-03-01 12:01:00 UTC");
});

Deno.test("SLACK.request() escapes the three characters of Slack's markup", { permissions: "none" }, () => {
  const { text, blocks } = messageOf(MARKED);
  const texts = [text, ...blocks.map((block) => block.text.text)].join("\n");
  assert(!/[<>]|&(?!(amp|lt|gt);)/.test(texts), texts);
  assertStringIncludes(text, "&lt;!channel&gt;");
  // Slack shows the characters instead of making the word bold.
  assertStringIncludes(text, "*\u200bb*");
});

testRows<[status: number, text: string, fault: ReturnType<NonNullable<typeof SLACK.fault>>]>(
  "SLACK.fault() recognises an error behind a good status",
  [
    [200, "ok", undefined],
    [200, "", undefined],
    [200, '{"ok":true}', undefined],
    [200, '{"success":true}', undefined],
    [200, '{"result":"success","msg":""}', undefined],
    [200, "rate_limited", { status: 429, cause: "rate_limited" }],
    [200, '{"ok":false,"error":"ratelimited"}', { status: 429, cause: "ratelimited" }],
    [200, "no_text", { status: 400, cause: "expected the answer ok, not no_text" }],
    [404, "no_service", undefined],
  ],
  ([status, text, fault]) => assertEquals(SLACK.fault?.({ status, text }), fault),
  { permissions: "none" },
);

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TEAMS } from "../../../../lib/watch/delivery/services/teams.ts";
import { testRows } from "../../../_test_rows.ts";
import { EVERY_KIND, MARKED, notice, UP } from "../_notices.ts";
import { jsonOf, requestFor } from "./_request.ts";

const ENTRY = {
  type: "teams",
  url: "https://prod-1.logic.test/workflows/1/triggers/manual?sig=${env:TOKEN}",
};

interface Card {
  readonly type: string;
  readonly version: string;
  readonly fallbackText: string;
  readonly body: readonly [
    { type: string; text: string; wrap: boolean; color: string },
    { type: string; facts: readonly { title: string; value: string }[] },
  ];
}

function cardOf(sent: Parameters<typeof requestFor>[1]): Card {
  const { type, attachments } = jsonOf(requestFor(ENTRY, sent)) as {
    type: string;
    attachments: { contentType: string; contentUrl: null; content: Card }[];
  };
  assertEquals([type, attachments.length], ["message", 1]);
  const [{ contentType, contentUrl, content }] = attachments as [typeof attachments[0]];
  assertEquals([contentType, contentUrl], ["application/vnd.microsoft.card.adaptive", null]);
  return content;
}

testRows(
  "TEAMS.request() keeps to the form of an Adaptive Card in a message below 28 KB",
  EVERY_KIND,
  (sent) => {
    const { body } = requestFor(ENTRY, sent);
    assert(new TextEncoder().encode(body).length < 28 * 1024);
    const { type, version, fallbackText, body: [title, list] } = cardOf(sent);
    assertEquals([type, version, title.type, list.type, title.wrap], [
      "AdaptiveCard",
      "1.4",
      "TextBlock",
      "FactSet",
      true,
    ]);
    assert(["Attention", "Warning", "Good", "Accent"].includes(title.color));
    assert(fallbackText !== "" && title.text !== "" && list.facts.length > 0);
    assertEquals(list.facts.filter(({ title, value }) => title === "" || typeof value !== "string"), []);
  },
  { permissions: "none" },
);

Deno.test("TEAMS.request() says what happened, since when and where", { permissions: "none" }, () => {
  const { body: [title, { facts }] } = cardOf(notice());
  assertEquals([title.text, title.color], ["shop is down: status 503", "Attention"]);
  assertEquals(facts.map(({ title, value }) => [title, value]), [
    ["Cause", "not status == 200 (found 503)"],
    ["URL", "https://shop.example/health"],
    ["Tags", "web, eu"],
    ["Since", "2026-03-01 12:00:00 UTC"],
  ]);
  const up = cardOf(UP).body[0];
  assertStringIncludes(up.text, "shop is up again after 12m");
  assertEquals(up.color, "Good");
});

Deno.test("TEAMS.request() escapes Markdown", { permissions: "none" }, () => {
  const { text } = cardOf(MARKED).body[0];
  assertEquals(text.replaceAll(/\\[^a-z0-9]/gi, "").match(/[*_~`<>#[\]]/g), null, text);
  assertEquals(cardOf(notice({ title: "- a" })).body[0].text, "\\- a");
  assertEquals(cardOf(notice({ title: "1. a" })).body[0].text, "1\\. a");
});

testRows<[status: number, text: string, found: number | undefined]>(
  "TEAMS.fault() recognises an error behind a good status",
  [
    [202, "", undefined],
    [200, "1", undefined],
    [
      200,
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId",
      429,
    ],
    [
      200,
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413",
      413,
    ],
    [200, "Webhook message delivery failed", 500],
    [400, "Webhook message delivery failed", undefined],
  ],
  ([status, text, found]) => assertEquals(TEAMS.fault?.({ status, text })?.status, found),
  { permissions: "none" },
);

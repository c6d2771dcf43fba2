import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testRows } from "../../../_test_rows.ts";
import { EVERY_KIND, MARKED, notice, UP } from "../_notices.ts";
import { jsonOf, requestFor } from "./_request.ts";

const ENTRY = { type: "discord", url: "https://discord.test/api/webhooks/1/${env:TOKEN}" };

interface Message {
  readonly content: string;
  readonly embeds: readonly {
    color: number;
    timestamp: string;
    fields: readonly { name: string; value: string; inline: boolean }[];
  }[];
  readonly allowed_mentions: unknown;
}

function messageOf(sent: Parameters<typeof requestFor>[1]): Message {
  return jsonOf(requestFor(ENTRY, sent)) as unknown as Message;
}

testRows("DISCORD.request() keeps to the limits of a webhook, and calls nobody", EVERY_KIND, (sent) => {
  const { content, embeds, allowed_mentions: mentions } = messageOf(sent);
  assertEquals(mentions, { parse: [] });
  assert(content.length > 0 && content.length <= 2000);
  const [embed] = embeds;
  assert(embed !== undefined && embeds.length === 1 && embed.fields.length <= 25);
  assert(Number.isInteger(embed.color) && embed.color >= 0 && embed.color <= 0xffffff);
  assertEquals(new Date(embed.timestamp).toISOString(), embed.timestamp);
  const wrong = embed.fields.filter(({ name, value }) =>
    name === "" || name.length > 256 || value === "" || value.length > 1024
  );
  assertEquals(wrong, []);
  assert(embed.fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0) <= 6000);
}, { permissions: "none" });

Deno.test("DISCORD.request() says what happened, since when and where", { permissions: "none" }, () => {
  const { content, embeds } = messageOf(notice());
  assertEquals(content, "shop is down: status 503");
  assertEquals(embeds[0]?.fields.map(({ name, value }) => [name, value]), [
    ["Cause", "not status == 200 (found 503)"],
    ["URL", "<https://shop.example/health>"],
    ["Tags", "web, eu"],
    ["Since", "2026-03-01 12:00:00 UTC"],
  ]);
  assertStringIncludes(messageOf(UP).content, "shop is up again after 12m");
});

Deno.test("DISCORD.request() escapes Markdown and mentions", { permissions: "none" }, () => {
  const { content } = messageOf(MARKED);
  assertEquals(content.replaceAll(/\\[^a-z0-9]/gi, "").match(/[*_~`|<@[]/g), null, content);
  assertStringIncludes(content, "\\<\\@123>");
  assertEquals(messageOf(notice({ title: "# a # b" })).content, "\\# a # b");
  assertEquals(messageOf(notice({ title: "1. a" })).content, "1\\. a");
});

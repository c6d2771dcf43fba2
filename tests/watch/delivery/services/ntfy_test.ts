import { assert, assertEquals, assertMatch } from "@std/assert";
import { testRows } from "../../../_test_rows.ts";
import { EVERY_KIND, MARKED, notice, UP } from "../_notices.ts";
import type { ChangeNotice } from "../../../../lib/watch/delivery/change_notice.ts";
import { detailsOf } from "../../../../lib/watch/delivery/notice_text.ts";
import { requestFor } from "./_request.ts";

const ENTRY = { type: "ntfy", url: "https://ntfy.test/alerts" };

testRows("NTFY.request() keeps to the limits of a message and of header fields", EVERY_KIND, (sent) => {
  const { url, method, headers, body } = requestFor(ENTRY, sent);
  assertEquals([url, method], ["https://ntfy.test/alerts", "POST"]);
  const bytes = new TextEncoder().encode(body).length;
  assert(bytes > 0 && bytes <= 4096, `${bytes} bytes`);
  assertEquals(Object.values(headers).filter((value) => !/^[\x20-\x7e]+$/.test(value)), []);
  assertMatch(headers["Priority"]!, /^[1-5]$/);
}, { permissions: "none" });

Deno.test("NTFY.request() has title, priority and tags of the kind", { permissions: "none" }, () => {
  const down = requestFor({ ...ENTRY, priority: "urgent", tags: ["sonde"] }, notice());
  assertEquals(down.headers, {
    "Content-Type": "text/plain; charset=utf-8",
    "Title": "shop is down: status 503",
    "Priority": "5",
    "Tags": "rotating_light,sonde",
    "Click": "https://shop.example/health",
  });
  assertEquals(
    down.body,
    "Cause: not status == 200 (found 503)\nURL: https://shop.example/health\nTags: web, eu\n" +
      "Since: 2026-03-01 12:00:00 UTC",
  );
  const up = requestFor({ ...ENTRY, priority: 5 }, UP).headers;
  assertEquals([up["Priority"], up["Tags"]], ["3", "white_check_mark"]);
});

Deno.test("NTFY.request() encodes a title that is not ASCII, and takes a title and token of its own", {
  permissions: "none",
}, () => {
  const title = requestFor(ENTRY, notice({ title: "café is down" })).headers["Title"]!;
  const [, encoded = ""] = /^=\?UTF-8\?B\?(.+)\?=$/.exec(title) ?? [];
  assertEquals(new TextDecoder().decode(Uint8Array.fromBase64(encoded)), "café is down");
  const own =
    requestFor({ ...ENTRY, title: "${check.name}: ${state}", token: "${env:TOKEN}" }, notice()).headers;
  assertEquals([own["Title"], own["Authorization"]], ["shop: down", "Bearer s3cr3t/+token"]);
  const marked = requestFor(ENTRY, MARKED).headers;
  assert(!Object.values(marked).some((value) => /[\r\n]/.test(value)));
});

testRows<[title: string | undefined, sent: Partial<ChangeNotice>, lines: string[]]>(
  "NTFY.request() says why in the message if the title does not,",
  [
    [undefined, { title: `shop is down: ${"x".repeat(300)}`, cause: "x".repeat(300) }, [
      `Cause: ${"x".repeat(300)}`,
    ]],
    [undefined, { title: "shop is down: slow", cause: "slow" }, []],
    ["Alert", { title: "shop is down: slow", cause: "slow" }, ["shop is down: slow"]],
    ["Alert", { kind: "up", from: "down", to: "up" }, ["shop is up again"]],
  ],
  ([title, sent, lines]) => {
    const { body = "" } = requestFor({ ...ENTRY, title }, notice(sent));
    assertEquals(body.split("\n").slice(0, -3), lines);
  },
  { permissions: "none" },
);

testRows(
  "detailsOf() has the cause if a long title may hide it",
  [
    [notice({ cause: "slow" }), false],
    [notice({ check: "x".repeat(600), cause: "slow" }), true],
  ],
  ([sent, has]) => assertEquals(detailsOf(sent as ChangeNotice).some(([name]) => name === "Cause"), has),
  {
    permissions: "none",
  },
);

import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { TaskFileError } from "../../../lib/watch/tasks/task_file_error.ts";
import type { TemplateSyntax } from "../../../lib/watch/tasks/receiver.ts";
import { SOURCE } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

const CHECKS = [{ name: "shop", url: "a.test", tags: ["web"] }];

function parse(receivers: unknown, others: Record<string, unknown> = {}) {
  return parseTasks({ checks: CHECKS, receivers, ...others }, { file: "checks.json", source: SOURCE });
}

Deno.test(
  "parseReceivers() reads every key of every type, and replaces secrets",
  { permissions: "none" },
  () => {
    const { receivers } = parse([
      {
        type: "slack",
        url: "http://a.test/${env:TOKEN}",
        on: ["down", "certificate"],
        only: ["shop", "web"],
      },
      { type: "telegram", token: "1:${env:SHORT}", chat: "${file:key.txt}", headers: { A: "${env:TOKEN}" } },
      {
        type: "ntfy",
        url: "http://a.test/topic",
        token: "${env:TOKEN}",
        title: "${kind}",
        priority: "max",
        tags: ["a"],
      },
      { type: "pagerduty", key: "${env:TOKEN}", severity: "error" },
      { type: "webhook", url: "http://a.test/", method: "PUT", body: { text: "${title} ${env:TOKEN}" } },
      { type: "command", command: ["./tell", "${env:TOKEN}"], on: ["up"] },
    ]);
    const unset = { on: undefined, only: undefined, headers: {}, headerTemplates: undefined };
    assertEquals(receivers.map(({ on: _, ...rest }) => rest).slice(0, 2), [
      {
        type: "slack",
        place: "receivers[0]",
        url: "http://a.test/s3cr3t/+token",
        headers: {},
        headerTemplates: undefined,
        only: ["shop", "web"],
      },
      {
        type: "telegram",
        place: "receivers[1]",
        url: "https://api.telegram.org/bot1:x1/sendMessage",
        chat: "from-a-file",
        headers: { A: "s3cr3t/+token" },
        headerTemplates: undefined,
        only: undefined,
      },
    ]);
    assertEquals(receivers[0]?.on, ["down", "certificate-soon", "certificate-renewed"]);
    assertEquals(receivers[2], {
      ...unset,
      type: "ntfy",
      place: "receivers[2]",
      url: "http://a.test/topic",
      token: "s3cr3t/+token",
      title: { syntax: "text", parts: [{ placeholder: "kind", bare: false }] },
      priority: 5,
      tags: ["a"],
    });
    assertEquals(receivers.slice(3).map((receiver) => ({ ...receiver, on: undefined })), [
      {
        ...unset,
        type: "pagerduty",
        place: "receivers[3]",
        url: "https://events.pagerduty.com/v2/enqueue",
        key: "s3cr3t/+token",
        severity: "error",
      },
      {
        ...unset,
        type: "webhook",
        place: "receivers[4]",
        url: "http://a.test/",
        method: "PUT",
        urlTemplate: undefined,
        body: {
          syntax: "json",
          parts: [
            { text: '{\n  "text": "' },
            { placeholder: "title", bare: false },
            { text: " " },
            { text: "s3cr3t/+token" },
            { text: '"\n}' },
          ],
        },
      },
      {
        type: "command",
        place: "receivers[5]",
        command: ["./tell", "s3cr3t/+token"],
        on: undefined,
        only: undefined,
      },
    ]);
  },
);

testRows<[receiver: unknown, problem: string]>(
  "parseReceivers() names entry and key of a mistake",
  [
    ["slack", 'receivers[0]: expected an object with type, not "slack"'],
    [{ url: "http://a.test/" }, "receivers[0]: type: it is missing; the types are slack, discord, teams"],
    [{ type: "slak" }, 'receivers[0]: type: unknown type "slak"; the nearest one is slack'],
    [{ type: "slack" }, "receivers[0]: url: it is missing"],
    [{ type: "slack", url: "" }, "receivers[0]: url: it is empty"],
    [{ type: "slack", url: "hooks.test/x" }, "receivers[0]: url: it has to begin with http:// or https://"],
    [
      { type: "slack", url: "http://a.test/${check.name}" },
      "receivers[0]: url: a placeholder cannot stand in it; a secret is written ${env:NAME}",
    ],
    [{ type: "slack", urll: "http://a.test/", url: "http://a.test/" }, "receivers[0]: urll: unknown key"],
    [
      { type: "slack", url: "http://a.test/", on: ["dwon"] },
      'receivers[0]: on[0]: unknown kind "dwon"; the nearest one is down',
    ],
    [
      { type: "slack", url: "http://a.test/", only: ["web", "shpo"] },
      'receivers[0]: only[1]: no check has the name or tag "shpo"; the nearest one is "shop"',
    ],
    [{ type: "telegram", token: "1:a" }, "receivers[0]: chat: it is missing"],
    [{ type: "telegram", chat: 5 }, "receivers[0]: token: it is missing"],
    [{ type: "telegram", token: "a b", chat: 5 }, "receivers[0]: token: expected the token of a bot"],
    [{ type: "telegram", token: "1:a", chat: "" }, "receivers[0]: chat: it is empty"],
    [
      { type: "ntfy", url: "http://a.test/t", priority: 6 },
      "receivers[0]: priority: expected 1 to 5, or one of min, low",
    ],
    [
      { type: "ntfy", url: "http://a.test/t", tags: ["a,b"] },
      "receivers[0]: tags[0]: expected a tag without blanks and commas",
    ],
    [
      { type: "ntfy", url: "http://a.test/t", tags: ["a".repeat(245), "b".repeat(245)] },
      "receivers[0]: tags: they have 491 characters, and ntfy takes 490",
    ],
    [{ type: "pagerduty" }, "receivers[0]: key: it is missing"],
    [
      { type: "pagerduty", key: "k", severity: "bad" },
      "receivers[0]: severity: expected one of critical, error, warning, info",
    ],
    [
      { type: "webhook", url: "http://a.test/", body: "${check.nme}" },
      "receivers[0]: body: unknown placeholder ${check.nme}; the nearest one is ${check.name}",
    ],
    [
      { type: "webhook", url: "http://a.test/", body: '{"a": ' },
      "receivers[0]: body: with its values it is not JSON",
    ],
    [{ type: "webhook", url: "http://a.test/", headers: { A: "x\ny" } }, "receivers[0]: request: "],
    [
      { type: "webhook", url: "http://a.test/", headers: { A: "${titel}" } },
      "receivers[0]: headers.A: unknown placeholder ${titel}; the nearest one is ${title}",
    ],
    [
      { type: "webhook", url: "http://a.test/${sate}" },
      "receivers[0]: url: unknown placeholder ${sate}; the nearest one is ${state}",
    ],
    [{ type: "command" }, "receivers[0]: command: expected a program"],
    [{ type: "command", command: "./x" }, 'receivers[0]: command: expected a list, not "./x": write ["./x"]'],
    [
      { type: "webhook", url: "http://a.test/", template: "x" },
      "receivers[0]: template: unknown key, the nearest one is body",
    ],
  ],
  ([receiver, problem]) => {
    const error = assertThrows(() => parse([receiver]), TaskFileError);
    assertEquals(error.problems.length, 1, error.message);
    assert(error.message.startsWith(`checks.json: file: ${problem}`), error.message);
  },
  { permissions: "none" },
);

testRows<[entry: Record<string, unknown>, syntax: TemplateSyntax]>(
  "parseReceivers() finds the format of a template by its media type, or by its beginning",
  [
    [{ body: "${title}" }, "text"],
    [{ body: '{"a": "${title}"}' }, "json"],
    [{ body: ["${title}"] }, "json"],
    [{ body: "[ALERT] ${title}" }, "text"],
    [{ body: "${json}", headers: { "content-type": "application/json" } }, "json"],
    [{ body: "${json}", headers: { "Content-Type": "application/vnd.x+json; charset=utf-8" } }, "json"],
    [{ body: "a=${title}", headers: { "Content-Type": "application/x-www-form-urlencoded" } }, "form"],
    [{ body: "<a>${title}</a>", headers: { "Content-Type": "text/xml" } }, "xml"],
    [{ body: '{"a": "${title}"', headers: { "Content-Type": "text/plain" } }, "text"],
  ],
  ([entry, syntax]) => {
    const { receivers: [receiver] } = parse([{ type: "webhook", url: "http://a.test/", ...entry }]);
    assertEquals(receiver?.type === "webhook" && receiver.body?.syntax, syntax);
  },
  { permissions: "none" },
);

testRows<[others: Record<string, unknown>, problem: string | undefined]>(
  "parseReceivers() refuses the same receiver twice, but not the same URL with other settings",
  [
    [{ webhooks: ["http://a.test/"] }, "webhooks[0]: it is the same as receivers[0]"],
    [{ webhooks: [{ url: "http://a.test/", on: ["up"] }] }, "webhooks[0]: it is the same as receivers[0]"],
    [{ webhooks: [{ url: "http://a.test/", headers: { A: "b" } }] }, undefined],
    [{ webhooks: [{ url: "http://a.test/", body: "${title}" }] }, undefined],
    [{ webhooks: [{ url: "http://a.test/", method: "PUT" }] }, undefined],
  ],
  ([others, problem]) => {
    const read = () => parse([{ type: "webhook", url: "http://a.test/" }], others).receivers.length;
    if (problem === undefined) assertEquals(read(), 2);
    else assertThrows(read, TaskFileError, problem);
  },
  { permissions: "none" },
);

Deno.test("parseReceivers() takes the tokens of services as secrets, even if the file contains them", {
  permissions: "none",
}, () => {
  const { redact } = parse([
    { type: "slack", url: "https://hooks.test/services/T0/B0/abcdefgh12345678" },
    { type: "teams", url: "https://logic.test/workflows?sig=ijklmnopq1234567" },
    { type: "telegram", token: "12345:rstuvwxyz", chat: 1 },
    { type: "pagerduty", key: "0123456789abcdef" },
  ]);
  const text =
    "https://hooks.test/services/T0/B0/abcdefgh12345678 https://logic.test/workflows?sig=ijklmnopq1234567 " +
    "/bot12345:rstuvwxyz/sendMessage 0123456789abcdef";
  const left = ["abcdefgh", "ijklmnopq", "rstuvwxyz", "0123456789abcdef"].filter((it) =>
    redact(text).includes(it)
  );
  assertEquals(left, []);
});

import { assertEquals, assertThrows } from "@std/assert";
import { PLACEHOLDERS } from "../../../lib/watch/delivery/placeholders.ts";
import { parseTemplate, renderTemplate } from "../../../lib/watch/delivery/template.ts";
import type { TemplateSyntax } from "../../../lib/watch/tasks/receiver.ts";
import { testRows } from "../../_test_rows.ts";
import { CERTIFICATE, notice, OLD, UP } from "./_notices.ts";

const SECRETS = new Map([["${env:T}", 'a"b&c'], ["${env:N}", "7"], [
  "${file:t}",
  '{"text": "${check.name}"}',
]]);

function resolve(reference: string): string {
  return SECRETS.get(reference) ?? "none";
}

function render(written: string, syntax: TemplateSyntax, sent = notice()): string {
  return renderTemplate(parseTemplate(written, syntax, resolve), sent);
}

const QUOTED = notice({ check: 'a "b"\n&<é 😀', cause: "x=y & z" });

testRows<[written: string, syntax: TemplateSyntax, rendered: string]>(
  "renderTemplate() escapes values for the format of the template",
  [
    [
      "${check.name} is ${state} since ${since}",
      "text",
      'a "b"\n&<é 😀 is down since 2026-03-01T12:00:00.000Z',
    ],
    ['{"text": "${check.name}"}', "json", '{"text": "a \\"b\\"\\n&<é 😀"}'],
    [
      "text=${check.name}&cause=${cause}",
      "form",
      "text=a%20%22b%22%0A%26%3C%C3%A9%20%F0%9F%98%80&cause=x%3Dy%20%26%20z",
    ],
    ["<n>${cause}</n>", "xml", "<n>x=y &amp; z</n>"],
    [
      '{"a": ${check.name}, "b": ${status}, "c": ${check.tags}}',
      "json",
      '{"a": "a \\"b\\"\\n&<é 😀", "b": 503, "c": ["web","eu"]}',
    ],
    ['{"a": ${outage.ms}, "b": "${outage.duration}"}', "json", '{"a": null, "b": ""}'],
    ['{"a": "\\"${kind}", "b": ${kind}}', "json", '{"a": "\\"down", "b": "down"}'],
    ["tags: ${check.tags}", "text", "tags: web, eu"],
    ["$${check.name} costs $5", "text", "${check.name} costs $5"],
    ["key=${env:T}", "form", "key=a%22b%26c"],
    ['{"key": "${env:T}", "n": ${env:N}}', "json", '{"key": "a\\"b&c", "n": 7}'],
    ["${env:T}", "text", 'a"b&c'],
    ["${file:t}", "json", '{"text": "a \\"b\\"\\n&<é 😀"}'],
    ["", "text", ""],
  ],
  ([written, syntax, rendered]) => assertEquals(render(written, syntax, QUOTED), rendered),
  { permissions: "none" },
);

Deno.test("renderTemplate() gives the whole notice for ${json}", { permissions: "none" }, () => {
  assertEquals(JSON.parse(render('{"n": ${json}}', "json")), { n: notice() });
  assertEquals(JSON.parse(JSON.parse(render('{"n": "${json}"}', "json")).n), notice());
  assertEquals(JSON.parse(render("${json}", "text")), notice());
});

testRows<[written: string, sent: ReturnType<typeof notice>, rendered: string]>(
  "renderTemplate() knows outages, certificates and notices of an earlier version",
  [
    ["${title}", UP, UP.title],
    ["${title}", OLD, "shop is down: status 503"],
    [
      "${outage.duration} from ${outage.start}: ${outage.cause}",
      UP,
      "12m from 2026-03-01T12:01:00.000Z: not status == 200 (found 503)",
    ],
    [
      "${certificate.subject} ${certificate.daysLeft} ${certificate.notAfter}",
      CERTIFICATE,
      "CN=shop.example 6 2026-03-07T12:00:00.000Z",
    ],
    ["${state}", notice({ kind: "flapping" }), "flapping"],
    ["${outage.ms}", notice(), ""],
  ],
  ([written, sent, rendered]) => assertEquals(render(written, "text", sent), rendered),
  { permissions: "none" },
);

testRows<[written: string, syntax: TemplateSyntax, cause: string]>(
  "parseTemplate() refuses what could not be sent",
  [
    ["${check.nam}", "text", "unknown placeholder ${check.nam}; the nearest one is ${check.name}"],
    ["${sate}", "text", "unknown placeholder ${sate}; the nearest one is ${state}"],
    ["${}", "text", "unknown placeholder ${}"],
    ["${check.name", "text", "the placeholder ${check.name has no end: write ${NAME}"],
    ['{"a": "${cause}"', "json", "with its values it is not JSON: "],
    ['{"a": ${cause}', "json", "with its values it is not JSON: "],
  ],
  ([written, syntax, cause]) =>
    void assertThrows(() => parseTemplate(written, syntax, resolve), SyntaxError, cause),
  { permissions: "none" },
);

testRows(
  "PLACEHOLDERS stand in the page about alerts",
  Object.keys(PLACEHOLDERS),
  async (name) => {
    const page = await Deno.readTextFile(new URL("../../../docs/watch.md", import.meta.url));
    assertEquals(page.includes(`\`${name}\``), true, name);
  },
);

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { PAGERDUTY } from "../../../../lib/watch/delivery/services/pagerduty.ts";
import type { ChangeKind } from "../../../../lib/watch/state/state_change.ts";
import type { Condition } from "../../../../lib/watch/state/check_state.ts";
import { testRows } from "../../../_test_rows.ts";
import { CERTIFICATE, EVERY_KIND, LONG, notice, UP } from "../_notices.ts";
import { jsonOf, receiver, requestFor } from "./_request.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const ENTRY = { type: "pagerduty", key: KEY };

interface Event {
  readonly routing_key: string;
  readonly event_action: string;
  readonly dedup_key: string;
  readonly client: string;
  readonly payload: Readonly<Record<string, unknown>> & { summary: string; severity: string; source: string };
}

function eventOf(sent: Parameters<typeof requestFor>[1], entry: Record<string, unknown> = {}): Event {
  const request = requestFor({ ...ENTRY, ...entry }, sent);
  return jsonOf(request) as unknown as Event;
}

testRows("PAGERDUTY.request() keeps to the form of the Events API v2", EVERY_KIND, (sent) => {
  const { routing_key: key, event_action: action, dedup_key: dedup, payload } = eventOf(sent);
  assertEquals(key, KEY);
  assertMatch(action, /^(trigger|resolve)$/);
  assert(dedup.length > 0 && dedup.length <= 255);
  assert(payload.summary.length > 0 && payload.summary.length <= 1024);
  assertMatch(payload.severity, /^(critical|error|warning|info)$/);
  assert(payload.source.length > 0);
  assertEquals(new Date(String(payload["timestamp"])).toISOString(), payload["timestamp"]);
}, { permissions: "none" });

testRows<[kind: ChangeKind, to: Condition, action: string, severity: string, subject: string]>(
  "PAGERDUTY.request() opens and resolves the same alert for an outage",
  [
    ["down", "down", "trigger", "critical", ""],
    ["reminder", "down", "trigger", "critical", ""],
    ["degraded", "degraded", "trigger", "warning", ""],
    ["flapping", "down", "trigger", "warning", ""],
    ["steady", "down", "trigger", "critical", ""],
    ["steady", "up", "resolve", "warning", ""],
    ["up", "up", "resolve", "warning", ""],
    ["certificate-soon", "up", "trigger", "warning", "/certificate"],
    ["certificate-renewed", "up", "resolve", "warning", "/certificate"],
    ["unmeasured", "up", "trigger", "warning", "/measurement"],
    ["measured", "up", "resolve", "warning", "/measurement"],
    ["behaviour", "up", "trigger", "info", "/behaviour/2026-03-01T12:01:00.000Z"],
  ],
  ([kind, to, action, severity, subject]) => {
    const event = eventOf(notice({ kind, to }));
    assertEquals([event.event_action, event.payload.severity, event.dedup_key], [
      action,
      severity,
      `sonde/shop${subject}`,
    ]);
  },
  { permissions: "none" },
);

Deno.test(
  "PAGERDUTY.request() says what happened, and takes another severity",
  { permissions: "none" },
  () => {
    const { payload } = eventOf(notice(), { severity: "error" });
    assertEquals(payload, {
      summary: "shop is down: status 503",
      source: "https://shop.example/health",
      severity: "error",
      timestamp: "2026-03-01T12:01:00.000Z",
      component: "shop",
      class: "down",
      custom_details: {
        Cause: "not status == 200 (found 503)",
        URL: "https://shop.example/health",
        Tags: "web, eu",
        Since: "2026-03-01 12:00:00 UTC",
      },
    });
    assertStringIncludes(eventOf(UP).payload.summary, "shop is up again after 12m");
    assertEquals(eventOf(CERTIFICATE).payload.severity, "warning");
  },
);

Deno.test("PAGERDUTY.request() gives a long name a key of its own that stays the same", {
  permissions: "none",
}, () => {
  assertEquals(eventOf(LONG).dedup_key, eventOf({ ...LONG, kind: "up", to: "up" }).dedup_key);
  assert(eventOf(LONG).dedup_key !== eventOf({ ...LONG, check: "b".repeat(300) }).dedup_key);
});

Deno.test("PAGERDUTY leaves out changes of behaviour unless its entry asks for them", {
  permissions: "none",
}, () => {
  const on = (entry: Record<string, unknown>) =>
    (receiver({ ...ENTRY, ...entry }) as { on?: readonly string[] }).on?.includes("behaviour");
  assertEquals([on({}), on({ on: ["behaviour"] })], [false, true]);
});

testRows<[status: number, text: string, cause: string | undefined]>(
  "PAGERDUTY.fault() recognises an event that was not taken",
  [
    [202, '{"status":"success","message":"Event processed","dedup_key":"a"}', undefined],
    [202, "", undefined],
    [
      200,
      '{"status":"invalid event","message":"Event object is invalid","errors":["no key"]}',
      "Event object is invalid: no key",
    ],
    [400, '{"status":"invalid event"}', undefined],
  ],
  ([status, text, cause]) => assertEquals(PAGERDUTY.fault?.({ status, text })?.cause, cause),
  { permissions: "none" },
);

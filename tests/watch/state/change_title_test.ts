import { assertEquals } from "@std/assert";
import { changeTitle } from "../../../lib/watch/state/change_title.ts";
import type { StateChange } from "../../../lib/watch/state/state_change.ts";
import { testRows } from "../../_test_rows.ts";

const OUTAGE = { start: "2026-03-01T12:00:00.000Z", ms: 720_000, cause: "refused in connect: nobody there" };
const CERTIFICATE = {
  subject: "CN=shop",
  notAfter: "2026-03-14T23:59:59Z",
  daysLeft: 13,
  sha256: "ab",
  threshold: 14,
};

testRows<[title: string, change: Partial<StateChange>]>(
  "changeTitle() says in plain words what happened:",
  [
    ["shop is down: status 503", {
      kind: "down",
      from: "up",
      to: "down",
      cause: "not status == 200 (found 503)",
    }],
    ['shop is down: status 503, not body ~ /a/ (found "b")', {
      kind: "down",
      from: "up",
      to: "down",
      cause: 'not status in 200,204 (found 503), not body ~ /a/ (found "b")',
    }],
    ["shop is down: not status == 201 (found 200)", {
      kind: "down",
      from: "up",
      to: "down",
      cause: "not status == 201 (found 200)",
    }],
    ["shop is down: not not status == 206 (found 206)", {
      kind: "down",
      from: "up",
      to: "down",
      cause: "not not status == 206 (found 206)",
    }],
    ["shop is down: not json.ok == true (found false)", {
      kind: "down",
      from: "up",
      to: "down",
      cause: "not json.ok == true (found false)",
    }],
    ["shop is degraded: not timings.total < 1s (found 2100)", {
      kind: "degraded",
      from: "up",
      to: "degraded",
      cause: "not timings.total < 1s (found 2100)",
    }],
    ["shop is no longer down, but degraded after 12m (was down: refused in connect: nobody there): slow", {
      kind: "degraded",
      from: "down",
      to: "degraded",
      cause: "slow",
      outage: OUTAGE,
    }],
    ["a certificate of shop is no longer watched", {
      kind: "removed",
      from: "up",
      to: "up",
      ends: "certificate-soon",
    }],
    ["shop is no longer watched", { kind: "removed", from: "down", to: "down", ends: "down" }],
    ["shop is up again after 12m (was down: refused in connect: nobody there)", {
      kind: "up",
      from: "down",
      to: "up",
      outage: OUTAGE,
    }],
    ["shop is up again after 12m (was down at times: refused in connect: nobody there)", {
      kind: "up",
      from: "degraded",
      to: "up",
      outage: { ...OUTAGE, mixed: true },
    }],
    [
      "shop is up again after 12m, 10m of it not observed (was down: refused in connect: nobody there)",
      { kind: "up", from: "down", to: "up", outage: { ...OUTAGE, unobserved: 600_000 } },
    ],
    // The clock was set back.
    ["shop is up again after an unknown time (was down: refused in connect: nobody there)", {
      kind: "up",
      from: "down",
      to: "up",
      outage: { ...OUTAGE, ms: 0 },
    }],
    ["shop is up again after 12m (was degraded: slow)", {
      kind: "up",
      from: "degraded",
      to: "up",
      outage: { ...OUTAGE, cause: "slow" },
    }],
    ["shop is still down after 12m: refused", {
      kind: "reminder",
      from: "down",
      to: "down",
      cause: "refused",
      outage: OUTAGE,
    }],
    ["shop is flapping: 6 changes in 5m, now up", { kind: "flapping", cause: "6 changes in 5m, now up" }],
    ["shop is steady again after 12m, and up", { kind: "steady", outage: OUTAGE }],
    ["shop is steady again, and down for 12m: refused", {
      kind: "steady",
      from: "down",
      to: "down",
      outage: OUTAGE,
      cause: "refused",
    }],
    ["a certificate of shop expires in 13 days, on 2026-03-14", {
      kind: "certificate-soon",
      certificate: CERTIFICATE,
    }],
    ["a certificate of shop expires in 1 day, on 2026-03-14", {
      kind: "certificate-soon",
      certificate: { ...CERTIFICATE, daysLeft: 1 },
    }],
    ["a certificate of shop expires within a day, on 2026-03-14", {
      kind: "certificate-soon",
      certificate: { ...CERTIFICATE, daysLeft: 0 },
    }],
    ["a certificate of shop expired 1 day ago, on 2026-03-14", {
      kind: "certificate-soon",
      certificate: { ...CERTIFICATE, daysLeft: -2 },
    }],
    ["the certificate of shop was renewed; the new one expires in 13 days, on 2026-03-14", {
      kind: "certificate-renewed",
      certificate: CERTIFICATE,
    }],
    ["shop behaves differently: server: a → b", { kind: "behaviour", cause: "server: a → b" }],
    ["shop cannot be measured: no network", { kind: "unmeasured", cause: "no network" }],
    ["shop can be measured again", { kind: "measured" }],
  ],
  ([title, change]) => {
    const at = "2026-03-01T12:12:00.000Z";
    assertEquals(
      changeTitle("shop", { kind: "up", at, from: "up", to: "up", since: at, cause: "", ...change }),
      title,
    );
  },
  { permissions: "none" },
);

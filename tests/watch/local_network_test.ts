import { assertEquals } from "@std/assert";
import type { ProbeError } from "../../lib/result.ts";
import { blameOwnNetwork } from "../../lib/watch/local_network.ts";
import { goodResult } from "../report/_samples.ts";
import { testRows } from "../_test_rows.ts";

const OFFLINE = ["127.0.0.1", "::1", "fe80::1", "169.254.7.7"];

testRows<
  [
    name: string,
    kind: ProbeError["kind"],
    by: ProbeError["by"],
    addresses: string[] | undefined,
    blamed: string,
  ]
>(
  "blameOwnNetwork() blames this machine only if it has no network",
  [
    ["no interface", "unreachable", "network", [], "local"],
    ["no interface, a name", "resolve", "network", [], "local"],
    ["loopback and link-local only", "unreachable", "network", OFFLINE, "local"],
    ["an address", "unreachable", "network", [...OFFLINE, "192.0.2.7"], "network"],
    ["an IPv6 address", "resolve", "network", [...OFFLINE, "2001:db8::7"], "network"],
    ["no permission", "unreachable", "network", undefined, "network"],
    ["a name that does not exist", "resolve", "target", [], "target"],
    ["a refusal", "refused", "target", [], "target"],
    ["a time limit", "timeout", "network", [], "network"],
  ],
  ([, kind, by, addresses, blamed]) => {
    const error: ProbeError = { kind, by, phase: "connect", message: "Cannot connect" };
    const result = blameOwnNetwork(goodResult({ ok: false, error }), () => addresses);
    assertEquals(result.error?.by, blamed);
    assertEquals(result.error?.message.endsWith("; this machine has no network"), by !== blamed);
  },
  { permissions: "none" },
);

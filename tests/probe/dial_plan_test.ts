import { assertEquals } from "@std/assert";
import type { DialRequest } from "../../lib/net/dial/dial.ts";
import { planDial } from "../../lib/probe/dial_plan.ts";
import type { ReachOptions } from "../../lib/probe/options.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import { testRows } from "../_test_rows.ts";

const NO_FILES = { caCerts: undefined, cert: undefined, key: undefined };
const TLS = { serverName: "h", alpn: ["http/1.1"], verify: true, ...NO_FILES };
const to = (toHost?: string, toPort?: number, host?: string, port?: number): ReachOptions => ({
  connectTo: [{ host, port, toHost, toPort }],
});

const ROWS: readonly (readonly [name: string, url: string, options: ReachOptions, plan: DialRequest])[] = [
  ["plain", "http://h/", {}, { host: "h", port: 80 }],
  ["TLS", "https://h:444/", {}, { host: "h", port: 444, tls: TLS }],
  ["a family", "http://h/", { family: 6 }, { host: "h", port: 80, family: 6 }],
  ["a Unix socket", "http://h/", { unixSocket: "/s" }, { host: "h", port: 80, unixSocket: "/s" }],
  ["SNI without the dot at the end", "https://h./", {}, { host: "h.", port: 443, tls: TLS }],
  ["SNI without the zone", "https://[fe80::1%25lo]/", {}, {
    host: "fe80::1%lo",
    port: 443,
    tls: { ...TLS, serverName: "fe80::1" },
  }],
  ["SNI as given", "https://h/", { sni: "other" }, {
    host: "h",
    port: 443,
    tls: { ...TLS, serverName: "other" },
  }],
  [
    "everything for TLS",
    "https://h/",
    { alpn: ["a"], verify: false, caCerts: ["CA"], cert: "C", key: "K" },
    {
      host: "h",
      port: 443,
      tls: { serverName: "h", alpn: ["a"], verify: false, caCerts: ["CA"], cert: "C", key: "K" },
    },
  ],
  ["--connect-to any to a host", "https://h/", to("b"), { host: "b", port: 443, tls: TLS }],
  ["--connect-to any to a port", "https://h/", to(undefined, 8443), { host: "h", port: 8443, tls: TLS }],
  ["--connect-to from a host", "http://h/", to("b", 1, "h"), { host: "b", port: 1 }],
  ["--connect-to from another host", "http://h/", to("b", 1, "x"), { host: "h", port: 80 }],
  ["--connect-to from another port", "http://h/", to("b", 1, "h", 81), { host: "h", port: 80 }],
  [
    "the first --connect-to that fits",
    "http://h/",
    { connectTo: [...to("a", 1, "x").connectTo!, ...to("b", 2).connectTo!, ...to("c", 3, "h").connectTo!] },
    { host: "b", port: 2 },
  ],
  [
    "--resolve",
    "http://h/",
    { resolve: [{ host: "h", port: 80, addresses: ["1.2.3.4", "::1"] }] },
    { host: "h", port: 80, addresses: ["1.2.3.4", "::1"] },
  ],
  [
    "--resolve of a name with or without a dot at the end",
    "http://h./",
    { resolve: [{ host: "h", port: 80, addresses: ["::1"] }] },
    { host: "h.", port: 80, addresses: ["::1"] },
  ],
  ["--connect-to from a name with or without a dot at the end", "http://h/", to("b", 1, "h."), {
    host: "b",
    port: 1,
  }],
  [
    "--resolve of another port",
    "http://h/",
    { resolve: [{ host: "h", port: 443, addresses: ["1.2.3.4"] }] },
    { host: "h", port: 80 },
  ],
  ["--resolve of every host", "http://h/", { resolve: [{ host: "*", port: 80, addresses: ["1.2.3.4"] }] }, {
    host: "h",
    port: 80,
    addresses: ["1.2.3.4"],
  }],
  [
    "the last --resolve counts",
    "http://h/",
    {
      resolve: [{ host: "h", port: 80, addresses: ["1.1.1.1"] }, {
        host: "h",
        port: 80,
        addresses: ["2.2.2.2"],
      }],
    },
    { host: "h", port: 80, addresses: ["2.2.2.2"] },
  ],
  [
    "--resolve of one host before that of every host",
    "http://h/",
    {
      resolve: [{ host: "h", port: 80, addresses: ["1.1.1.1"] }, {
        host: "*",
        port: 80,
        addresses: ["2.2.2.2"],
      }],
    },
    { host: "h", port: 80, addresses: ["1.1.1.1"] },
  ],
  [
    "--resolve of what --connect-to leads to",
    "http://h/",
    { ...to("b", 1), resolve: [{ host: "b", port: 1, addresses: ["1.1.1.1"] }] },
    { host: "b", port: 1, addresses: ["1.1.1.1"] },
  ],
];

testRows(
  "planDial() decides where to connect and with which TLS options",
  ROWS,
  ([name, url, options, plan]) => {
    const target = parseTarget(url);
    assertEquals(planDial(settleTarget(target, target.scheme!), options), plan, name);
  },
  { permissions: "none" },
);

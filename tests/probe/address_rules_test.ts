import { assertEquals, assertThrows } from "@std/assert";
import { parseConnectTo, parseResolve } from "../../lib/probe/address_rules.ts";
import type { ConnectToRule, ResolveRule } from "../../lib/probe/options.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test("parseResolve() reads HOST:PORT:ADDRESS[,ADDRESS…]", { permissions: "none" }, async (test) => {
  const rows: [text: string, rule: ResolveRule][] = [
    ["Example.com:443:127.0.0.1", { host: "example.com", port: 443, addresses: ["127.0.0.1"] }],
    ["h:80:127.0.0.2,127.0.0.1", { host: "h", port: 80, addresses: ["127.0.0.2", "127.0.0.1"] }],
    ["h:80:::1", { host: "h", port: 80, addresses: ["::1"] }],
    ["h:80:[::1],[fe80::1%lo]", { host: "h", port: 80, addresses: ["::1", "fe80::1%lo"] }],
    ["[::1]:80:127.0.0.1", { host: "::1", port: 80, addresses: ["127.0.0.1"] }],
    ["[0:0::1]:80:127.0.0.1", { host: "::1", port: 80, addresses: ["127.0.0.1"] }],
    ["127.1:80:::1", { host: "127.0.0.1", port: 80, addresses: ["::1"] }],
    ["XN--A.test:80:::1", { host: "xn--a.test", port: 80, addresses: ["::1"] }],
    ["-a_b..:80:::1", { host: "-a_b..", port: 80, addresses: ["::1"] }],
    ["256.0.0.1:80:::1", { host: "256.0.0.1", port: 80, addresses: ["::1"] }],
    ["bücher.test:80:::1", { host: "xn--bcher-kva.test", port: 80, addresses: ["::1"] }],
    ["+h:80:::1", { host: "h", port: 80, addresses: ["::1"] }],
    ["*:80:127.0.0.1", { host: "*", port: 80, addresses: ["127.0.0.1"] }],
  ];
  await stepRows(test, rows, ([text, rule]) => {
    assertEquals(parseResolve(text), rule, text);
  });
  await stepRows(test, ["", "h", "h:80", "h:80:", ":80:127.0.0.1", "h:x:127.0.0.1"], (text) => {
    assertThrows(() => parseResolve(text), SyntaxError, "write HOST:PORT:ADDRESS", text);
  });
  await stepRows(
    test,
    ["localhost", "127.0.0.256", "1.2.3", "::g", "127.0.0.1,", "[127.0.0.1"],
    (address) => {
      assertThrows(
        () => parseResolve(`h:80:${address}`),
        SyntaxError,
        "write an IPv4 or IPv6 address",
        address,
      );
    },
  );
  await stepRows(test, ["a%b", "a b", "a/b", "u@h", "h?", "[::g]"], (host) => {
    assertThrows(() => parseResolve(`${host}:80:127.0.0.1`), SyntaxError, `Cannot use "${host}" in "`, host);
  });
  await stepRows(test, ["0", "65536"], (port) => {
    assertThrows(() => parseResolve(`h:${port}:127.0.0.1`), RangeError, "1 to 65535");
  });
});

Deno.test(
  "parseConnectTo() reads HOST1:PORT1:HOST2:PORT2 with empty parts",
  { permissions: "none" },
  async (test) => {
    const none = undefined;
    const rows: [text: string, rule: ConnectToRule][] = [
      ["A:1:b:2", { host: "a", port: 1, toHost: "b", toPort: 2 }],
      ["Bücher.test::127.1:", { host: "xn--bcher-kva.test", port: none, toHost: "127.0.0.1", toPort: none }],
      ["xn--a.test:1:xn--.b_:2", { host: "xn--a.test", port: 1, toHost: "xn--.b_", toPort: 2 }],
      ["::b:", { host: none, port: none, toHost: "b", toPort: none }],
      [":::2", { host: none, port: none, toHost: none, toPort: 2 }],
      ["[::1]:1:[fe80::1%lo]:2", { host: "::1", port: 1, toHost: "fe80::1%lo", toPort: 2 }],
    ];
    await stepRows(test, rows, ([text, rule]) => {
      assertEquals(parseConnectTo(text), rule, text);
    });
    await stepRows(test, ["", "a", "a:1:b", "a:1:b:2:c", "a:x:b:2", "::1:1:b:2"], (text) => {
      assertThrows(() => parseConnectTo(text), SyntaxError, "write HOST1:PORT1:HOST2:PORT2", text);
    });
    assertThrows(() => parseConnectTo("a:0:b:1"), RangeError, "1 to 65535");
  },
);

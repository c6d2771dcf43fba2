import { assertEquals, assertThrows } from "@std/assert";
import { parseConnectTo, parseResolve } from "../../../lib/cli/flags/address_values.ts";
import { parseHeader, parseInterval, parseList, parseNumber } from "../../../lib/cli/flags/flag_values.ts";
import type { ConnectToRule, ResolveRule } from "../../../lib/probe/options.ts";
import { stepRows } from "../../_test_rows.ts";

Deno.test(
  "parseHeader() keeps name and case, removes by Name: and empties by Name;",
  { permissions: "none" },
  async (test) => {
    const rows: [text: string, name: string, value: string | undefined][] = [
      ["Accept: text/html", "Accept", "text/html"],
      ["x-a:b", "x-a", "b"],
      ["X: a:b ", "X", "a:b"],
      ["X:\t a \t", "X", "a"],
      ["X:\u00a0a", "X", "\u00a0a"],
      ["Host:", "Host", undefined],
      ["Host: ", "Host", undefined],
      ["X-Empty;", "X-Empty", ""],
      ["X: ;", "X", ";"],
    ];
    await stepRows(test, rows, ([text, name, value]) => {
      assertEquals(parseHeader(text), [name, value], text);
    });
    await stepRows(test, ["", ":", ": v", ";", "Accept", "Accept text"], (text) => {
      assertThrows(() => parseHeader(text), SyntaxError, `Cannot parse header "${text}": write Name: value`);
    });
  },
);

Deno.test(
  "parseInterval(), parseNumber() and parseList() enforce their limits",
  { permissions: "none" },
  async (test) => {
    assertEquals(parseInterval("0"), 0);
    assertEquals(parseInterval("24d"), 2_073_600_000);
    assertThrows(() => parseInterval("25d"), RangeError, "24d");
    assertEquals(parseNumber("9007199254740991"), Number.MAX_SAFE_INTEGER);
    await stepRows(test, ["", "9007199254740992", "1e3", "0x1", "+1", " 1"], (text) => {
      assertThrows(() => parseNumber(text), SyntaxError, `"${text}"`);
    });
    assertEquals(parseList("a, b"), ["a", "b"]);
    await stepRows(test, ["", ",", "a,,b"], (text) => {
      assertThrows(() => parseList(text), SyntaxError, `"${text}"`);
    });
  },
);

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

import { assertEquals } from "@std/assert";
import { givenTargets } from "../../../lib/net/dial/dial_targets.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[addresses: string[], refused: string | undefined]>(
  "givenTargets() with denyPrivate refuses a private address anywhere in the list",
  [
    [["1.1.1.1", "2606:4700::1111"], undefined],
    [["127.0.0.1"], "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    [["1.1.1.1", "10.0.0.1"], "10.0.0.1 is a private address (10.0.0.0/8)"],
    [["1.1.1.1", "2606:4700::1111", "::1"], "::1 is the loopback address (::1/128)"],
  ],
  ([addresses, refused]) => {
    const given = givenTargets({ host: "a.test", port: 443, addresses, denyPrivate: true })!;
    const expected = refused === undefined ? undefined : {
      kind: "permission",
      phase: "connect",
      by: "local",
      message: `Cannot connect to a.test:443: ${refused}, and --deny-private refuses those`,
    };
    assertEquals("error" in given ? given.error : undefined, expected);
  },
);

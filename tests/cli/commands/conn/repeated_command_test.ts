import { assertEquals } from "@std/assert";
import { repeatedCommand } from "../../../../lib/cli/commands/conn/repeated_command.ts";
import { testRows } from "../../../_test_rows.ts";

testRows<[args: string[], command: string]>(
  "repeatedCommand() keeps what decides about the measurement, for one target and without secrets",
  [
    [["conn", "http://a.test/"], "sonde conn http://a.test/"],
    [
      ["conn", "--behind", "60s", "--format", "md", "-o", "x.md", "http://a.test/"],
      "sonde conn --behind 60s http://a.test/",
    ],
    [["conn", "--format=md", "-q", "-ox.md", "http://a.test/", "b.test"], "sonde conn http://a.test/"],
    [["conn", "-e", "idle >= 65s", "http://a.test/"], "sonde conn -e 'idle >= 65s' http://a.test/"],
    [
      ["conn", "-H", "Authorization: Bearer abc", "-u", "me:abc", "http://a.test/"],
      "sonde conn -H 'Authorization: ***' -u 'me:***' http://a.test/",
    ],
  ],
  ([args, command]) => {
    const operands = ["http://a.test/", "b.test"];
    assertEquals(repeatedCommand(args, { operands, input: "http://a.test/" }), command);
  },
  { permissions: "none" },
);

import { assertEquals } from "@std/assert";
import { COMMANDS, DEFAULT_COMMAND } from "../../../lib/cli/commands.ts";
import { separateShared } from "../../../lib/cli/help/shared_flags.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[command: string, own: string[], shared: string[]]>(
  "separateShared() tells the flags of one command from those that others have too:",
  [
    ["probe", ["request", "resolve", "max-time", "count"], ["help", "version"]],
    ["batch", ["concurrency", "only", "json"], ["request", "resolve", "max-time", "location", "help"]],
    // conn explains --request in its own way, and get has another --max-time.
    ["conn", ["behind", "request", "total-time"], ["header", "resolve", "max-time", "help"]],
    ["get", ["sha256", "max-time", "stall-timeout"], ["request", "resolve", "location", "help"]],
    ["parse", ["end", "method"], ["max-head", "help"]],
    ["version", [], ["help", "version"]],
  ],
  async ([name, own, shared]) => {
    const command = COMMANDS.find((candidate) => candidate.name === name)!;
    const separated = separateShared(await command.loadFlags(), command === DEFAULT_COMMAND);
    const namesOf = (groups: typeof separated.own) =>
      Object.values(groups).flatMap((table) => Object.keys(table));
    assertEquals(own.filter((flag) => !namesOf(separated.own).includes(flag)), []);
    assertEquals(shared.filter((flag) => !namesOf(separated.shared).includes(flag)), []);
    assertEquals(namesOf(separated.own).filter((flag) => namesOf(separated.shared).includes(flag)), []);
  },
  { permissions: "none" },
);

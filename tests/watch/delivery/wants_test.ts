import { assertEquals } from "@std/assert";
import { wants } from "../../../lib/watch/delivery/wants.ts";
import { testRows } from "../../_test_rows.ts";

type Arguments = Parameters<typeof wants>;

testRows<[receiver: Arguments[0], task: Partial<Arguments[1]>, change: Arguments[2], wanted: boolean]>(
  "wants() holds a change against the receiver and the check",
  [
    [{}, {}, { kind: "behaviour" }, true],
    [{}, {}, { kind: "down", quiet: true }, false],
    [{ on: ["down", "up"] }, {}, { kind: "down" }, true],
    [{ on: ["down", "up"] }, {}, { kind: "degraded" }, false],
    [{}, { on: ["down"] }, { kind: "down" }, true],
    [{}, { on: ["down"] }, { kind: "certificate-soon" }, false],
    [{ on: ["up"] }, { on: ["down"] }, { kind: "down" }, false],
    [{ only: ["shop"] }, {}, { kind: "down" }, true],
    [{ only: ["blog", "web"] }, {}, { kind: "down" }, true],
    [{ only: ["blog"] }, {}, { kind: "down" }, false],
  ],
  ([receiver, task, change, wanted]) => {
    assertEquals(wants(receiver, { name: "shop", tags: ["web"], on: undefined, ...task }, change), wanted);
  },
  { permissions: "none" },
);

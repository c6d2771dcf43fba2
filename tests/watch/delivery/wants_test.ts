import { assertEquals } from "@std/assert";
import { type ToldStory, wants } from "../../../lib/watch/delivery/wants.ts";
import { testRows } from "../../_test_rows.ts";

type Arguments = Parameters<typeof wants>;

testRows<
  [receiver: Arguments[0], task: Partial<Arguments[1]>, change: Partial<Arguments[2]>, wanted: boolean]
>(
  "wants() holds a change against the receiver and the check",
  [
    [{}, {}, { kind: "behaviour" }, true],
    [{}, {}, { kind: "down", quiet: true }, false],
    [{ on: ["down", "up"] }, {}, { kind: "down" }, true],
    [{ on: ["down", "up"] }, {}, { kind: "degraded" }, false],
    [{}, { on: ["down"] }, { kind: "down" }, true],
    [{}, { on: ["down"] }, { kind: "certificate-soon" }, false],
    [{ on: ["up"] }, { on: ["down"] }, { kind: "down" }, false],
    [{}, {}, { kind: "unmeasured" }, false],
    [{ on: ["unmeasured"] }, {}, { kind: "unmeasured" }, true],
    [{}, { on: ["measured"] }, { kind: "measured" }, true],
    [{ on: ["down"] }, { on: ["measured"] }, { kind: "measured" }, false],
    [{ only: ["shop"] }, {}, { kind: "down" }, true],
    [{ only: ["blog", "web"] }, {}, { kind: "down" }, true],
    [{ only: ["blog"] }, {}, { kind: "down" }, false],
  ],
  ([receiver, task, change, wanted]) => {
    const whole = { kind: "down", from: "up", to: "down", ...change } as const;
    assertEquals(wants(receiver, { name: "shop", tags: ["web"], on: undefined, ...task }, whole), wanted);
  },
  { permissions: "none" },
);

const DOWN_AND_UP = ["down", "up"] as const;

testRows<[told: ToldStory["told"], on: Arguments[0]["on"], change: Arguments[2], wanted: boolean]>(
  "wants() tells of the end of what it told of, and of nothing else",
  [
    [undefined, DOWN_AND_UP, { kind: "up", from: "degraded", to: "up" }, false],
    ["up", DOWN_AND_UP, { kind: "up", from: "degraded", to: "up" }, false],
    ["down", DOWN_AND_UP, { kind: "up", from: "degraded", to: "up" }, true],
    ["degraded", DOWN_AND_UP, { kind: "up", from: "degraded", to: "up" }, true],
    // A new receiver, or one with a new token, was told of nothing yet.
    [undefined, DOWN_AND_UP, { kind: "up", from: "down", to: "up" }, true],
    [undefined, ["up"], { kind: "up", from: "degraded", to: "up" }, true],
    [undefined, ["down"], { kind: "up", from: "down", to: "up" }, false],
    ["down", DOWN_AND_UP, { kind: "steady", from: "down", to: "up" }, true],
    ["down", DOWN_AND_UP, { kind: "steady", from: "down", to: "down" }, false],
    [undefined, DOWN_AND_UP, { kind: "steady", from: "up", to: "down" }, true],
    [undefined, DOWN_AND_UP, { kind: "steady", from: "up", to: "up" }, false],
    [undefined, ["steady"], { kind: "steady", from: "up", to: "up" }, true],
    ["down", DOWN_AND_UP, { kind: "steady", from: "down", to: "up", quiet: true }, false],
  ],
  ([told, on, change, wanted]) => {
    assertEquals(wants({ on }, { name: "shop", tags: [], on: undefined }, change, { told }), wanted);
  },
  { permissions: "none" },
);

import { assertEquals, assertThrows } from "@std/assert";
import { checkOptions, describeUnknown, pickOptions } from "../../lib/text/check_options.ts";
import { testRows } from "../_test_rows.ts";

const NAMES = {
  maxTime: true,
  maxBody: true,
  linger: { kept: true, closing: true },
  resolve: [{ host: true, port: true }],
} as const;

type Options = { readonly [Name in keyof typeof NAMES]?: unknown };

testRows<[options: object]>(
  "checkOptions() accepts existing names, whatever their values",
  [
    [{}],
    [{ maxTime: "5s", maxBody: undefined }],
    [{ linger: { kept: 1 } }],
    [{ linger: undefined, resolve: undefined }],
    [{ linger: null, resolve: null }],
    [{ linger: 5, resolve: "a" }],
    [{ resolve: [] }],
    [{ resolve: [{ host: "a" }, { port: 1 }] }],
    [Object.create({ maxTime: 1 })],
  ],
  ([options]) => checkOptions(options as Options, NAMES),
  { permissions: "none" },
);

testRows<[options: unknown, message: string]>(
  "checkOptions() names the unknown option, and the nearest name",
  [
    [{ maxTme: 5 }, 'Cannot use the options: "maxTme" does not exist, the nearest one is "maxTime"'],
    [
      { maxTime: 5, MAXBODY: undefined },
      '"MAXBODY" does not exist, the nearest one is "maxBody"',
    ],
    [{ maxbody: 1 }, '"maxbody" does not exist, the nearest one is "maxBody"'],
    [{ linger: { kpet: 1 } }, '"linger.kpet" does not exist, the nearest one is "linger.kept"'],
    [
      { resolve: [{ host: "a" }, { prot: 1 }] },
      '"resolve[1].prot" does not exist, the nearest one is "resolve[1].port"',
    ],
    [{ decode: 5 }, '"decode" does not exist, there are "maxTime", "maxBody", "linger" and "resolve"'],
    [
      { constructor: 1 },
      '"constructor" does not exist, there are "maxTime", "maxBody", "linger" and "resolve"',
    ],
    [{ toString: 1 }, '"toString" does not exist'],
    [Object.create({ maxTme: 1 }), '"maxTme" does not exist'],
    ["GET", "Cannot use the options: an object is needed, not a string"],
    [null, "an object is needed, not null"],
    [[1], "an object is needed, not a list"],
    [{ resolve: ["a:1"] }, 'Cannot use the option "resolve[0]": an object is needed, not a string'],
    [{ linger: [1] }, 'Cannot use the option "linger": an object is needed, not a list'],
  ],
  ([options, message]) => {
    assertThrows(() => checkOptions(options as Options, NAMES), TypeError, message);
  },
  { permissions: "none" },
);

Deno.test("checkOptions() compiles only with names that the options have", { permissions: "none" }, () => {
  const options: Options = { maxTime: 5 };
  const surplus = { ...NAMES, maxTme: true } as const;
  // @ts-expect-error A table that was spread brings a name too much.
  checkOptions(options, surplus);
  // @ts-expect-error The same, written out.
  checkOptions(options, { ...NAMES, maxTme: true });
});

Deno.test("describeUnknown() gives no hint if no name exists", { permissions: "none" }, () => {
  assertEquals(describeUnknown("a", {}), '"a" does not exist');
});

Deno.test("pickOptions() copies the options that a table names", { permissions: "none" }, () => {
  assertEquals(pickOptions({ maxTime: 1, linger: undefined, signal: 2 }, NAMES), {
    maxTime: 1,
    linger: undefined,
  });
});

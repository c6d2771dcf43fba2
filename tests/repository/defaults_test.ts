import { assertEquals } from "@std/assert";
import { RAW_FLAGS } from "../../lib/cli/commands/raw/flags.ts";
import { LIMIT_FLAGS } from "../../lib/cli/flags/request_flags.ts";
import { BATCH_DEFAULTS, DOWNLOAD_DEFAULTS, PROBE_DEFAULTS, RAW_DEFAULTS } from "../../lib/probe/defaults.ts";
import { testRows } from "../_test_rows.ts";
import { ROOT } from "./_source_tree.ts";

/** Reads the `@default` tags of the options in a file. */
function readTags(path: string): Map<string, string> {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  const tags = text.matchAll(/@default \{((?:[^{}]|\{[^{}]*\})*)\}(?:(?!\*\/)[^])*\*\/\s*readonly (\w+)\?/g);
  return new Map([...tags].map(([, value = "", name = ""]) => [name, value]));
}

/** The value as a tag has it: `10_000`, `{ kept: 3, closing: 1_000 }`. */
function format(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) {
    return value.toLocaleString("en").replaceAll(",", "_");
  }
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${format(member)}`);
  return `{ ${members.join(", ")} }`;
}

testRows<[path: string, defaults: Readonly<Record<string, unknown>>, names: readonly string[]]>(
  "every @default tag matches the code, in",
  [
    ["lib/probe/options.ts", PROBE_DEFAULTS, Object.keys(PROBE_DEFAULTS)],
    ["lib/batch/batch_options.ts", BATCH_DEFAULTS, Object.keys(BATCH_DEFAULTS)],
    ["lib/raw/raw_result.ts", RAW_DEFAULTS, ["maxTime", "connectTimeout", "silenceTimeout", "maxReceived"]],
    ["lib/download/download_options.ts", DOWNLOAD_DEFAULTS, [
      "maxTime",
      "maxBody",
      "maxRedirects",
      "stallTimeout",
    ]],
  ],
  ([path, defaults, names]) => {
    const tags = readTags(path);
    for (const name of names) assertEquals([name, tags.get(name)], [name, format(defaults[name])]);
  },
);

Deno.test("flags have the same defaults as the options", () => {
  const valueOf = (flag: { readonly parse: (text: string) => unknown; readonly default: string }): unknown =>
    flag.parse(flag.default);
  const { "max-time": maxTime, "connect-timeout": connectTimeout, "max-body": maxBody } = LIMIT_FLAGS;
  assertEquals([maxTime, connectTimeout, maxBody].map(valueOf), [
    PROBE_DEFAULTS.maxTime,
    PROBE_DEFAULTS.connectTimeout,
    PROBE_DEFAULTS.maxBody,
  ]);
  assertEquals(
    valueOf(Object.assign({}, ...Object.values(RAW_FLAGS))["connect-timeout"]),
    RAW_DEFAULTS.connectTimeout,
  );
});

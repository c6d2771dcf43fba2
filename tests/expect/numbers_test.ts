import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { checkResult, parseExpectation } from "../../lib/expect.ts";
import { compareDecimals, parseDecimal } from "../../lib/expect/decimal.ts";
import { WrittenNumber } from "../../lib/expect/written_number.ts";
import type { HeaderField, ProbeResult } from "../../lib/result.ts";
import { describeActual } from "../../lib/report/describe_check.ts";
import { formatJson } from "../../lib/report/json.ts";
import { redactAll } from "../../lib/watch/redaction/redact_all.ts";
import { goodResult } from "../report/_samples.ts";
import { assertProportional, spentBy } from "../_spent_time.ts";
import { stepRows, testRows } from "../_test_rows.ts";

function answer(text: string, fields: readonly HeaderField[] = []): ProbeResult {
  const { headers = [], ...result } = goodResult();
  const { length } = text;
  return {
    ...result,
    headers: [...headers, ...fields],
    body: {
      framing: "content-length",
      bytes: length,
      wireBytes: length,
      complete: true,
      trailers: [["X-Count", "9007199254740993"]],
      text,
    },
  };
}

function checkOf(result: ProbeResult, expect: string) {
  return checkResult(result, [parseExpectation(expect, { subject: "result" })])[0]!;
}

testRows<[written: string, holds: readonly string[], fails: readonly string[]]>(
  "checkResult() compares numbers of a JSON body as they are written",
  [
    ["9007199254740993", ["== 9007199254740993", "> 9007199254740992", "!= 9007199254740992"], [
      "== 9007199254740992",
      "<= 9007199254740992",
      "== 9007199254740994",
    ]],
    ["-9007199254740993", ["== -9007199254740993", "< -9007199254740992"], ["== -9007199254740992"]],
    ["123456789012345678901234567890", [
      "== 123456789012345678901234567890",
      "< 123456789012345678901234567891",
    ], [
      "== 123456789012345678901234567891",
    ]],
    ["0.1", ["== 0.1", "== 0.10", "== 1e-1", "== 0.01E+1", "< 0.10000000000000000001"], [
      "== 0.10000000000000000001",
      "> 0.1",
    ]],
    ["0.1000000000000000055511151231257827", ["> 0.1", "!= 0.1"], ["== 0.1", "<= 0.1"]],
    ["1.0", ["== 1", "== 1.0", ">= 1", "<= 1", "== 10e-1", '== "1.0"'], ["!= 1", "> 1", "< 1", '== "1"']],
    ["-0", ["== 0", "== -0", "== 0.0", "== -0e9", ">= 0", "<= 0"], ["< 0", "> 0", "!= 0"]],
    ["1e400", ["== 1e400", "== 10E399", "> 1e399", "< 1e401", "> 5"], ["== 1e401", "== 2e400", "< 1e308"]],
    ["-1e400", ["< 0", "== -1e400"], ["> -1e399", "== -1e401"]],
    ["1e-400", ["> 0", "!= 0", "== 0.1e-399"], ["== 0", "== 1e-401", "< 0"]],
    ["0e999999999999999999999999", ["== 0"], ["> 0"]],
    [`1e${"9".repeat(1000)}`, ["> 1e400", "!= 1"], ["< 5"]],
    ["1E2", ["== 100", '== "1E2"', "~ /^1E2$/"], ["== 1e3", '~ "100"']],
    ["5", ["== 5", "== 5.0", "~ /^5$/", "!= true", "!= null"], ["== 50", "== true", "== null"]],
  ],
  ([written, holds, fails]) => {
    const result = answer(`{"n":${written},"list":[0,${written}]}`);
    const places = ["json.n", "json.list[1]", "json.list[-1]"];
    const heldOf = (all: readonly string[]) =>
      places.flatMap((place) => all.map((it) => `${place} ${it}`)).filter((it) => checkOf(result, it).ok);
    assertEquals(heldOf(holds), places.flatMap((place) => holds.map((it) => `${place} ${it}`)));
    assertEquals(heldOf(fails), []);
  },
  { permissions: "none" },
);

Deno.test(
  "checkResult() shows numbers of a JSON body as they are written",
  { permissions: "none" },
  async (test) => {
    const rows = [
      "9007199254740993",
      "1.0",
      "0.10",
      "-0",
      "1e400",
      "1E2",
      "0.12345678901234567890",
      "5",
      "0.12345",
    ];
    const documentOf = (written: string) => `{"a":[${written},{"b":${written}}]}`;
    const shownAs = (written: string): [expect: string, shown: string, written: string][] => [
      ["json.a[0] == 7", written, written],
      ["json.a[1]", `{"b":${written}}`, written],
      ["json.a", `[${written},{"b":${written}}]`, written],
      ["json", documentOf(written), written],
      ["json.a[*] == 7", `[${written},{"b":${written}}]`, written],
    ];
    await stepRows(test, rows.flatMap(shownAs), ([expect, shown, written]) => {
      const result = answer(documentOf(written));
      const check = checkOf(result, expect);
      assertEquals(JSON.stringify(check.actual), shown);
      assertEquals(describeActual(check), `found ${shown}`);
      const json = formatJson({ ...result, checks: [redactAll(check, (text) => text)] });
      assert(json.includes(`"actual":${shown}`), json);
    });
    assertEquals(checkOf(answer("[5]"), "json[0] == 6").actual, 5);
    assertInstanceOf(checkOf(answer("[5.0]"), "json[0] == 6").actual, WrittenNumber);
    assertEquals(String(checkOf(answer("[5.0]"), "json[0] == 6").actual), "5.0");
    assertEquals(checkOf(answer("[5.0]"), "json[0].text").actual, null);
    assertEquals(checkOf(answer("[5.0]"), "json[0][*]").actual, null);
  },
);

testRows<[expect: string, ok: boolean]>(
  "checkResult() compares numbers in fields, and a body that is a number, without rounding",
  [
    ["header.x-id == 9007199254740993", true],
    ["header.x-id == 9007199254740992", false],
    ["header.x-id > 9007199254740992", true],
    ["header.x-id <= 9007199254740992", false],
    ["header.x-ratio == 0.1", true],
    ["header.x-ratio == 0.10", true],
    ["header.x-ratio != 0.1", false],
    ['header.x-ratio == "0.1"', false],
    ["header.x-version == 1.1", false],
    ["header.x-version >= 1", false],
    ["header.x-hex == 16", false],
    ["header.x-hex > 1", false],
    ["trailer.x-count > 9007199254740992", true],
    ["trailer.x-count == 9007199254740992", false],
    ["body == 9007199254740993", true],
    ["body == 9007199254740992", false],
    ["body > 9007199254740992", true],
    ["version == 1.10", false],
    ["version >= 1.10", true],
    ["status == 200.0", true],
    ["status == 200.00000000000000000001", false],
    ["body.bytes < 1e400", true],
    ["timings.wait < 103.40000000000000000001", true],
  ],
  ([expect, ok]) => {
    const result = answer(" 9007199254740993\n", [
      ["X-Id", "9007199254740993"],
      ["X-Ratio", "0.10"],
      ["X-Version", "1.1.0"],
      ["X-Hex", "0x10"],
    ]);
    assertEquals([expect, checkOf(result, expect).ok], [expect, ok]);
  },
  {
    permissions: "none",
  },
);

Deno.test("compareDecimals() orders as numbers do, for all pairs", { permissions: "none" }, async (test) => {
  const ordered = [
    "-1e9",
    "-10",
    "-9.99",
    "-1",
    "-0.1",
    "-1e-9",
    "0",
    "1e-9",
    ".5",
    "1",
    "1.5",
    "9.99",
    "10",
    "1e9",
  ];
  await stepRows(test, ordered, (a) => {
    const order = ordered.map((b) => Math.sign(compareDecimals(parseDecimal(a)!, parseDecimal(b)!)));
    const place = ordered.indexOf(a);
    assertEquals(order, ordered.map((_, other) => Math.sign(place - other)));
  });
  await stepRows(test, ["", "-", ".", "e5", "1e", "0x1", "1_0", "Infinity", "NaN", "1 2", "--1"], (text) => {
    assertEquals(parseDecimal(text), undefined, text);
  });
});

Deno.test("parseDecimal() takes linear time", { permissions: "none" }, () => {
  const time = (length: number): number => {
    const texts = ["9", "0"].map((it) => it.repeat(length)).map((text) => `${text}1${text}e${text}9`);
    return spentBy(() => texts.forEach((text) => parseDecimal(text)));
  };
  assertProportional(time, 200_000, 2_000_000);
});

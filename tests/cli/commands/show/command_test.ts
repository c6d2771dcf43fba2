import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { chooseBatchView } from "../../../../lib/cli/commands/batch/view.ts";
import { type FormatName, formatsOf, loadFormatter } from "../../../../lib/cli/output/formats.ts";
import { formatDocument } from "../../../../lib/report/formatter.ts";
import { formatJson } from "../../../../lib/report/json.ts";
import { formatProfile } from "../../../../lib/report/profile/profile_text.ts";
import { BatchTally } from "../../../../lib/report/summary/batch_summary.ts";
import { formatBatchSummary } from "../../../../lib/report/summary/batch_summary_text.ts";
import { formatResult } from "../../../../lib/report/text.ts";
import type { ConnectionProfile, ProbeResult } from "../../../../lib/result.ts";
import { plain } from "../../../../lib/text/paint.ts";
import { TestFolder } from "../../../_folder.ts";
import { testRows } from "../../../_test_rows.ts";
import {
  goodResult,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "../../../report/_samples.ts";
import { utf16 } from "../../../text/decode/_encode.ts";
import { run, type RunOutcome } from "../../_run.ts";

/** Text lines of JSON, as `--json` writes them. */
function lines(rows: readonly unknown[]): string {
  return rows.map((row) => `${formatJson(row as ProbeResult)}\n`).join("");
}

/** Runs `sonde show` with files of these contents. */
async function show(
  contents: readonly (string | Uint8Array)[],
  ...args: readonly string[]
): Promise<RunOutcome & { readonly folder: string }> {
  using folder = new TestFolder();
  const paths = contents.map((_, index) => folder.file(`${index + 1}.jsonl`));
  await Promise.all(contents.map(async (content, index) => {
    const octets = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(paths[index]!, octets);
  }));
  const { code, stdout, stderr } = await run(["show", ...paths, ...args]);
  const clean = (text: string) => text.replaceAll(`${folder.path}/`, "");
  return { code, stdout: clean(stdout), stderr: clean(stderr), folder: folder.path };
}

const ROWS = (): ProbeResult[] => [
  goodResult(),
  plainResult({ line: 2, concurrency: 3, tag: "canary" }),
  refusedResult(),
  truncatedResult(),
  hostileResult(),
];

const PROFILE: ConnectionProfile = {
  schema: 1,
  input: "a",
  url: "http://a/",
  startedAt: "2026-03-01T12:00:00.000Z",
  ok: true,
  experiments: { "keep-alive": { outcome: "yes", summary: "3 of 3", facts: {}, evidence: [], ms: 1 } },
  findings: [],
  checks: [],
};

testRows<FormatName<"results">>(
  "sonde show prints saved rows exactly as the run itself did",
  formatsOf("results"),
  async (format) => {
    const rows = ROWS();
    const view = await chooseBatchView(format, { paint: plain, width: Infinity });
    const shown = await show([lines(rows)], "--format", format);
    assertEquals(shown.stdout, formatDocument(view, rows));
    const tally = new BatchTally();
    rows.forEach((row) => tally.add(row));
    assertEquals(shown.stderr, `${formatBatchSummary(tally.summary())}\n`);
    assertEquals(shown.code, format === "nagios" ? 2 : 1);
  },
);

Deno.test("sonde show -v prints each row whole, and profiles as sonde conn prints them", async () => {
  const rows = [goodResult(), refusedResult()];
  const texts = rows.map((row) => `${formatResult(row, { width: Infinity, verbose: true })}\n`);
  assertEquals((await show([lines(rows)], "-v")).stdout, texts.join("\n"));
  const profile = await show([lines([PROFILE, PROFILE])]);
  assertEquals([profile.code, profile.stderr], [0, ""]);
  const ticket = await show([lines([PROFILE])], "--format", "md");
  assertStringIncludes(ticket.stdout, "UTC by sonde with ");
  assertEquals(profile.stdout, [PROFILE, PROFILE].map((it) => `${formatProfile(it)}\n`).join("\n"));
  const csv = await show([lines([PROFILE])], "--format", "csv");
  assertEquals([csv.code, csv.stdout], [2, ""]);
  assertStringIncludes(csv.stderr, "Cannot show profiles of sonde conn as csv: choose one of text, json");
});

Deno.test("sonde show tells the outcome of each check that a watch saved, and ends by their verdicts", async () => {
  const up = { ...goodResult(), check: outcomeOf("up") };
  const unknown = { ...goodResult({ ok: false }), check: outcomeOf("unknown") };
  const formatter = await loadFormatter("results", "csv", { checks: true });
  const shown = await show([lines([up, unknown])], "--format", "csv");
  const expected = [up, unknown].map((row) => formatter!.row(row, { check: row.check }));
  assertEquals(shown.stdout, formatter!.begin() + expected.join(""));
  assertEquals(shown.code, 3);
  assertEquals((await show([lines([{ ...goodResult(), check: outcomeOf("down") }])])).code, 1);
  assertEquals((await show([lines([up])])).code, 0);
});

const GOOD = lines([goodResult({ input: "good" })]);
const BAD = lines([refusedResult({ input: "bad" })]);

testRows<[name: string, contents: (string | Uint8Array)[], code: number, inputs: string[], note: RegExp]>(
  "sonde show reads what can be read, and says which line cannot",
  [
    ["several parts", [GOOD, BAD], 1, ["good", "bad"], /^2 targets: /],
    [
      "a summary of a series",
      [`${GOOD}{"schema":1,"kind":"summary","input":"good"}\n`],
      0,
      ["good"],
      /^1 target: /,
    ],
    [
      "a file that is cut",
      [GOOD + BAD.slice(0, 60), GOOD],
      3,
      ["good", "good"],
      /1\.jsonl: line 2 is cut off/,
    ],
    [
      "a file cut in a character",
      [new TextEncoder().encode(`${GOOD}{"a":"é`).slice(0, -1)],
      3,
      ["good"],
      /line 2 is cut off/,
    ],
    [
      "other text between rows",
      [`${GOOD}done\n${BAD}`],
      1,
      ["good", "bad"],
      /1\.jsonl: line 2 is not JSON; it is skipped/,
    ],
    ["UTF-16, as PowerShell writes it", [utf16(`\ufeff${GOOD}`)], 0, ["good"], /^1 target: /],
    [
      "Latin-1",
      [new Uint8Array([...new TextEncoder().encode(GOOD), 0xe9, 0x0a]), GOOD],
      3,
      ["good", "good"],
      /1\.jsonl: line 2 has the byte E9.*; the rest of the file is skipped/,
    ],
    ["an array", [`[${GOOD.trim()},${BAD.trim()}]`], 1, ["good", "bad"], /^2 targets/],
    ["indented JSON", [JSON.stringify(JSON.parse(GOOD), null, 2)], 0, ["good"], /^1 target/],
    ["an empty file", ["", GOOD], 0, ["good"], /1\.jsonl is empty/],
    [
      "a row of a newer version",
      [`${GOOD}{"schema":2}\n`],
      3,
      ["good"],
      /line 2 has schema 2: a newer version of sonde wrote it/,
    ],
    ["unknown fields", [GOOD.replace("{", '{"news":[1],')], 0, ["good"], /^1 target/],
    [
      "a profile among results",
      [GOOD + lines([PROFILE])],
      3,
      ["good"],
      /line 2 is a profile of sonde conn, but the rows before/,
    ],
    [
      "a result among profiles",
      [lines([PROFILE]) + GOOD],
      3,
      ["a"],
      /line 2 is a result, but the rows before/,
    ],
    [
      "many lines that are no rows",
      [`${GOOD}${"x\n".repeat(9)}`],
      3,
      ["good"],
      /line 6 is not JSON.*\n.*1\.jsonl: 4 more lines skipped/,
    ],
  ],
  async ([_, contents, code, inputs, note]) => {
    const shown = await show(contents, "--json");
    const rows = shown.stdout.split("\n").filter((line) => line !== "");
    assertEquals(rows.map((line) => JSON.parse(line).input), inputs);
    assertMatch(shown.stderr, note);
    assertEquals(shown.code, code);
  },
);

testRows<[content: string | Uint8Array, message: string]>(
  "sonde show ends with code 2 if there is no row, and says why",
  [
    ["", "Cannot show 1.jsonl: it is empty"],
    ["[]", "Cannot show 1.jsonl: there is no row of --json in it"],
    ["status 200\n", "line 1 is not JSON; it takes rows that sonde --json or sonde batch --json saved"],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), "Cannot show 1.jsonl: it is compressed with gzip: decompress it"],
    ['{"log":{"entries":[]}}', "line 1 is a HAR file, which does not hold whole rows"],
    ['{"schema":1,"input":"a"}', "line 1 is no row that sonde can read: url is missing"],
  ],
  async ([content, message]) => {
    const shown = await show([content]);
    assertEquals([shown.code, shown.stdout], [2, ""]);
    assertStringIncludes(shown.stderr, message);
  },
);

testRows<[args: string[], message: string, code: number]>(
  "sonde show refuses operands that it cannot read",
  [
    [[], "no file was given; write the name of a file that --json wrote", 2],
    [["https://example.com/"], "show reads files; to probe a URL write sonde https://example.com/", 2],
    [["-", "-"], "Cannot read stdin twice", 2],
    [["no/such/file"], "there is no such file", 3],
  ],
  async ([args, message, code]) => {
    const shown = await run(["show", ...args]);
    assertEquals([shown.code, shown.stdout], [code, ""]);
    assertStringIncludes(shown.stderr, message);
  },
);

Deno.test("sonde show reads stdin, and never writes to a file that it reads", async () => {
  const stdin = ReadableStream.from([new TextEncoder().encode(GOOD)]);
  const shown = await run(["show", "-", "--json"], { stdin });
  assertEquals([shown.code, shown.stdout], [0, GOOD]);
  using folder = new TestFolder();
  const path = folder.file("rows.jsonl");
  await Deno.writeTextFile(path, GOOD);
  const refused = await run(["show", path, "-o", path]);
  assertEquals([refused.code, await Deno.readTextFile(path)], [2, GOOD]);
});

testRows<[args: string[], inputs: string[], code: number]>(
  "sonde show --only prints some rows, and -e judges all rows anew",
  [
    [["--only", "failed"], ["bad", "unmet"], 1],
    [["--only", "ok"], ["good", "503"], 1],
    [["-e", "status < 400", "--only", "ok"], ["good", "unmet"], 1],
    [["-e", "status < 400", "--only", "failed"], ["503", "bad"], 1],
    [["-q"], [], 1],
  ],
  async ([args, inputs, code]) => {
    const rows = [
      goodResult({ input: "good" }),
      goodResult({ input: "503", status: 503 }),
      refusedResult({ input: "bad" }),
      goodResult({
        input: "unmet",
        ok: false,
        checks: [{ expect: "status == 201", ok: false, actual: 200 }],
      }),
    ];
    const shown = await show([lines(rows)], "--json", ...args);
    const printed = shown.stdout.split("\n").filter((line) => line !== "").map((line) =>
      JSON.parse(line).input
    );
    assertEquals([printed, shown.code], [inputs, code]);
  },
);

testRows<[name: string, row: ProbeResult | ConnectionProfile, expect: string, code: number, output: RegExp]>(
  "sonde show has no verdict on a row that does not hold the fact",
  [
    ["content", goodResult(), "body ~ /x/", 3, /does not hold the content: a batch keeps it with --body/],
    ["the negation", goodResult(), "not body ~ /x/", 3, /does not hold the content/],
    [
      "content that was kept",
      goodResult({ body: { ...goodResult().body!, text: "x" } }),
      "body ~ /x/",
      0,
      /^/,
    ],
    ["a digest", goodResult(), "not body.sha256", 3, /does not hold the SHA-256 of the content/],
    ["an experiment", goodResult(), "idle >= 3s", 3, /does not hold the experiment idle-timeout/],
    ["an experiment of a profile", PROFILE, "idle >= 3s", 3, /does not hold the experiment idle-timeout/],
    ["a failed row", refusedResult(), "body ~ /x/", 1, /refused/],
    ["an unknown fact", goodResult(), "stauts == 1", 2, /stauts/],
  ],
  async ([_, row, expect, code, output]) => {
    const { stdout, stderr, code: found } = await show([lines([row])], "-e", expect);
    assertEquals(found, code, stdout + stderr);
    assertMatch((stdout + stderr).replaceAll(/\s+/g, " "), output);
  },
);

Deno.test("sonde show fails a row that breaks one expectation and lacks the fact of another", async () => {
  const { code } = await show([lines([goodResult()])], "-e", "status == 500", "-e", "body ~ /x/");
  assertEquals(code, 1);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  addExperiments,
  BatchTally,
  type ChangeNotice,
  checkResult,
  connect,
  download,
  exchangeRaw,
  formatBatchSummary,
  formatChange,
  formatCheckRun,
  formatCsv,
  formatDiff,
  formatJson,
  formatMarkdownHeader,
  formatMarkdownRow,
  formatPlan,
  formatProfile,
  formatProm,
  formatReportText,
  formatResult,
  formatRunDiff,
  formatSeriesHeader,
  formatSeriesRow,
  formatSeriesSummary,
  formatTextRow,
  formatTextRowHeader,
  formatWire,
  parseCapture,
  parseExpectation,
  parseProfileExpectation,
  parseRequests,
  parseResponse,
  parseResponses,
  parseTarget,
  planDuration,
  planProfile,
  probe,
  probeAll,
  probeSeries,
  probeStream,
  profileConnection,
  PromFormatter,
  readReport,
  readTargets,
  ResponseReader,
  runCheck,
  RunDiff,
  Series,
  settleTarget,
  Watcher,
  withChecks,
} from "../../mod.ts";
import { goodResult } from "../report/_samples.ts";
import { sampleProfile } from "../report/profile/_profile.ts";
import { testRows } from "../_test_rows.ts";
import { ROOT } from "./_source_tree.ts";

const URL = "http://127.0.0.1:9/";
const TARGET = settleTarget(parseTarget(URL), "http");
const BYTES = new Uint8Array();
const CHANGE: ChangeNotice = {
  schema: 1,
  check: "shop",
  url: URL,
  tags: [],
  title: "a is down: b",
  kind: "down",
  at: "2026-03-01T12:00:00.000Z",
  from: "up",
  to: "down",
  since: "2026-03-01T12:00:00.000Z",
  cause: "",
  status: null,
  total: 1,
};

/** Calls a function with options that are not checked by the compiler. */
// deno-lint-ignore no-explicit-any
type Call = (options: any) => unknown;

/** A call of every public function with options, an option that does not exist, and the nearest one. */
const CALLS: Readonly<Record<string, readonly [call: Call, wrong: object, nearest: string]>> = {
  "probe": [(it) => probe(URL, it), { maxTme: 1 }, "maxTime"],
  "probeSeries": [(it) => Array.fromAsync(probeSeries(URL, it)), { conut: 2 }, "count"],
  "probeStream": [(it) => probeStream(URL, it), { stalTimeout: 1 }, "stallTimeout"],
  "connect": [(it) => connect(URL, it), { keepTxt: true }, "keepText"],
  "Session.request": [
    async (it) => {
      // Without permission there is no connection, and nothing is sent.
      await using session = await connect(URL);
      return await session.request(it);
    },
    { pth: "/a" },
    "path",
  ],
  "parseResponse": [(it) => parseResponse(BYTES, undefined, it), { limit: {} }, "limits"],
  "parseResponses": [
    (it) => parseResponses(BYTES, undefined, it),
    { limits: { maxHaed: 1 } },
    "limits.maxHead",
  ],
  "ResponseReader": [(it) => new ResponseReader(it), { onBdy: () => {} }, "onBody"],
  "parseCapture": [(it) => parseCapture(BYTES, undefined, it), { ende: "fin" }, "end"],
  "parseRequests": [(it) => parseRequests(BYTES, it), { maxLimits: {} }, "limits"],
  "probeAll": [(it) => Array.fromAsync(probeAll([URL], it)), { concurency: 5 }, "concurrency"],
  "readTargets": [
    (it) => Array.fromAsync(readTargets(new Blob().stream(), it)),
    { shard: { idx: 1, count: 2 } },
    "shard.index",
  ],
  "profileConnection": [(it) => profileConnection(URL, it), { behind: { idel: 60_000 } }, "behind.idle"],
  "planDuration": [(it) => planDuration(TARGET, it), { sample: 3 }, "samples"],
  "planProfile": [(it) => planProfile(TARGET, it), { onli: ["head"] }, "only"],
  "addExperiments": [
    (it) => addExperiments(goodResult(), parseTarget(URL), { only: ["head"], ...it }),
    { idelLimit: 1 },
    "idleLimit",
  ],
  "checkResult": [(it) => checkResult(goodResult(), [], it), { redcat: String }, "redact"],
  "withChecks": [(it) => withChecks(goodResult(), [], it), { redacted: String }, "redact"],
  "parseProfileExpectation": [
    (it) => parseProfileExpectation("idle >= 65s", it),
    { experiment: [] },
    "experiments",
  ],
  "parseExpectation": [(it) => parseExpectation("status == 200", it), { subjct: "row" }, "subject"],
  "exchangeRaw": [
    (it) => exchangeRaw("127.0.0.1:9", it),
    { send: [{ aftr: "", send: "" }] },
    "send[0].after",
  ],
  "Watcher": [(it) => new Watcher([{ url: URL }], it), { onrun: () => {} }, "onRun"],
  "runCheck": [(it) => runCheck({ url: URL }, it), { sate: {} }, "state"],
  "readReport": [(it) => readReport("none.db", { from: 0, to: 1, ...it }), { part: 5 }, "parts"],
  "formatResult": [(it) => formatResult(goodResult(), it), { verbos: true }, "verbose"],
  "formatJson": [(it) => formatJson(goodResult(), it), { chek: undefined }, "check"],
  "formatCsv": [(it) => formatCsv(goodResult(), it), { checks: undefined }, "check"],
  "formatTextRow": [(it) => formatTextRow(goodResult(), it), { widht: 80 }, "width"],
  "formatTextRowHeader": [(it) => formatTextRowHeader(it), { column: [] }, "columns"],
  "formatMarkdownRow": [(it) => formatMarkdownRow(goodResult(), it), { taged: true }, "tagged"],
  "formatMarkdownHeader": [(it) => formatMarkdownHeader(it), { taggd: true }, "tagged"],
  "formatProm": [(it) => formatProm([], it), { maxtime: 1 }, "maxTime"],
  "PromFormatter": [(it) => new PromFormatter(it), { maxTme: 1 }, "maxTime"],
  "formatBatchSummary": [
    (it) => formatBatchSummary(new BatchTally().summary(), it),
    { elapsed: 1, earlier: { okay: 1 } },
    "earlier.ok",
  ],
  "formatSeriesHeader": [(it) => formatSeriesHeader(it), { with: 80 }, "width"],
  "formatSeriesRow": [(it) => formatSeriesRow(goodResult(), 1, it), { widht: 80 }, "width"],
  "formatSeriesSummary": [
    (it) => formatSeriesSummary(new Series().summary(), it),
    { pant: () => "" },
    "paint",
  ],
  "formatProfile": [(it) => formatProfile(sampleProfile(), it), { verbos: true }, "verbose"],
  "formatPlan": [(it) => formatPlan([], it), { whole: { atmost: 1 } }, "whole.atMost"],
  "formatRunDiff": [(it) => formatRunDiff(new RunDiff().compare(), it), { widht: 80 }, "width"],
  "formatDiff": [(it) => formatDiff("a", [], it), { widht: 80 }, "width"],
  "formatWire": [
    (it) => formatWire({ at: 1, connection: 1, type: "sent", offset: 0, bytes: BYTES }, it),
    { widht: 80 },
    "width",
  ],
  "formatReportText": [
    (it) => formatReportText({ schema: 1, madeAt: "", from: "", to: "", lastRun: null, checks: [] }, it),
    { widht: 80 },
    "width",
  ],
  "formatChange": [(it) => formatChange(CHANGE, it), { paints: () => "" }, "paint"],
  "formatCheckRun": [async (it) => formatCheckRun(await runCheck({ url: URL }), it), { widht: 80 }, "width"],
  "download": [(it) => download(URL, it), { expectSha256: "" }, "expectedSha256"],
};

testRows(
  "a misspelt option is refused before any I/O, and the message names the nearest one",
  Object.entries(CALLS),
  async ([, [call, wrong, nearest]]) => {
    const { message } = await assertRejects(
      async () => await call(wrong),
      TypeError,
      "Cannot use the options: ",
    );
    assert(message.endsWith(` does not exist, the nearest one is "${nearest}"`), message);
  },
  { permissions: "none" },
);

interface Parameter {
  readonly tsType?: { readonly repr: string };
  readonly left?: Parameter;
}

interface Declaration {
  readonly kind: string;
  readonly def?: {
    readonly params?: readonly Parameter[];
    readonly constructors?: readonly { readonly params: readonly Parameter[] }[];
  };
}

Deno.test("every public function with options is tested with a misspelt one", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "mod.ts"],
    cwd: ROOT,
    signal: AbortSignal.timeout(120_000),
  }).output();
  const { nodes }: {
    nodes: Record<string, { symbols: { name: string; declarations: readonly Declaration[] }[] }>;
  } = JSON.parse(new TextDecoder().decode(stdout));
  const takesOptions = ({ left, tsType = left?.tsType }: Parameter): boolean =>
    /Options$/.test(tsType?.repr ?? "");
  const missing = Object.values(nodes).flatMap(({ symbols }) => symbols).filter(({ declarations }) =>
    declarations.some(({ def: { params = [], constructors = [] } = {} }) =>
      params.some(takesOptions) || constructors.some((one) => one.params.some(takesOptions))
    )
  ).map(({ name }) => name).filter((name) =>
    // The options of a row are those of any format.
    !Object.hasOwn(CALLS, name) && name !== "NagiosFormatter" && name !== "formatDocument"
  );
  assertEquals(missing, []);
});

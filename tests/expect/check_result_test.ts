import { experimentNames } from "../../lib/conn/experiment_names.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkProfile,
  checkResult,
  type Expectation,
  type ExpectationOptions,
  ExpectationSyntaxError,
  needsSha256,
  needsText,
  parseExpectation,
  profileNeeds,
  withChecks,
} from "../../lib/expect.ts";
import { withoutText } from "../../lib/expect/without_text.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ConnectionProfile, HeaderField, ProbeError, ProbeResult } from "../../lib/result.ts";
import { chainFacts } from "../../lib/redirect_chain.ts";
import { describeActual } from "../../lib/report/describe_check.ts";
import { goodResult, plainResult, refusedResult, truncatedResult } from "../report/_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const NAMES = experimentNames();

/** Reads an expectation that may be about experiments. */
function parseWithNames(text: string, options: ExpectationOptions = {}): Expectation {
  return parseExpectation(text, { names: NAMES, ...options });
}

const SPEAKS_TLS: ProbeError = {
  kind: "tls",
  phase: "tls",
  by: "target",
  message: "the server sent the TLS alert unrecognized_name",
  alert: "unrecognized_name",
  speaksTls: true,
};

const JSON_BODY =
  '{"db":{"state":"up","ms":3},"items":[{"id":1,"ok":true},{"id":7,"ok":false}],"none":null,"a.b":"dot","n":"12"}';

/** A redirect that took 1.2 s and has an issuer with 3 days left, and an answer after it that took 900 ms. */
function redirected(): ProbeResult {
  const first = goodResult({ url: "https://first.test/", timings: { total: 1200 } });
  Object.assign(first.tls!.certificate!.issuers![1]!, {
    daysLeft: 3,
    notAfter: "2026-03-04T12:00:00Z",
    fingerprint256: "ab",
  });
  return goodResult({ timings: { total: 900 }, redirects: [first] });
}

function refusedAt(url: string): ProbeResult {
  return { ...refusedResult(), url };
}

function withText(text: string): ProbeResult {
  return goodResult({
    body: {
      framing: "content-length",
      bytes: text.length,
      wireBytes: text.length,
      complete: true,
      trailers: [],
      text,
    },
  });
}

testRows<[expect: string, ok: boolean, actual: unknown]>(
  "checkResult() compares every kind of fact and reports its value",
  [
    ["ok", true, true],
    ["not ok", false, true],
    ["ok == true", true, true],
    ["ok != true", false, true],
    ["status == 200", true, 200],
    ["status != 200", false, 200],
    ["status<400", true, 200],
    ["status >= 201", false, 200],
    ["status ~ /^2/", true, 200],
    ["  status  ==  200  ", true, 200],
    ['reason == "OK"', true, "OK"],
    ["reason == 'OK'", true, "OK"],
    ["reason == OK", true, "OK"],
    ["version == 1.1", true, "1.1"],
    ['version == "1.0"', false, "1.1"],
    ["version >= 1.1", true, "1.1"],
    ["method == GET", true, "GET"],
    ['url ~ "page=2"', true, "https://shop.example.test/items?page=2"],
    ["headers == 5", true, 5],
    ["interim == 0", true, 0],
    ["header.server ~ /^nginx\\//", true, "nginx/1.25.3"],
    ["header.SERVER", true, "nginx/1.25.3"],
    ["header.x-powered-by", false, null],
    ["not header.x-powered-by", true, null],
    ["! header.x-powered-by", true, null],
    ["header.x-powered-by != PHP", true, null],
    ["header.x-powered-by !~ /PHP/", true, null],
    ["header.set-cookie ~ /^b=2/", true, ["a=1; Path=/", "b=2; Path=/; HttpOnly"]],
    ["header.set-cookie !~ /^b=2/", false, ["a=1; Path=/", "b=2; Path=/; HttpOnly"]],
    ["header.set-cookie[0] ~ /^b/", false, "a=1; Path=/"],
    ["header.set-cookie[-1] ~ /^b/", true, "b=2; Path=/; HttpOnly"],
    ['header["content-type"] ~ "json"', true, "application/json; charset=utf-8"],
    ["body.framing == chunked", true, "chunked"],
    ["body.bytes < 2KiB", true, 1204],
    ["body.bytes < 1KiB", false, 1204],
    ["body.complete", true, true],
    ["body.chunks == 3", true, 3],
    ["deviations == 0", true, 0],
    ["not deviations", true, 0],
    ["deviations.fatal == 0", true, 0],
    ["not deviations.bare-lf", true, 0],
    ["timings.wait < 300ms", true, 103.4],
    ["timings.wait < 0.1s", false, 103.4],
    ["timings.wait < 103.4", false, 103.4],
    ["timings.total <= 1m30s", true, 149.6],
    ["connection.peer.address ~ /^192\\.0\\.2\\./", true, "192.0.2.10"],
    ["connection.peer.family == 4", true, 4],
    ["connection.reused == false", true, false],
    ["not connection.reused", true, false],
    ["connection.announced.persistent", true, true],
    ["not connection.announced.timeout", true, null],
    ['connection.end.how == "open"', true, "open"],
    ["connection.surplusBytes == 0", true, 0],
    ["tls", true, undefined],
    ["tls.version == TLSv1.3", true, "TLSv1.3"],
    ["tls.alpn == 'http/1.1'", true, "http/1.1"],
    ["not tls.verifyError", true, null],
    ["certificate.daysLeft > 14", true, 83],
    ["certificate.daysLeft > 90d", false, 83],
    ["certificate.daysLeft > 82d", true, 83],
    ["certificate.daysLeft >= 1992h", true, 83],
    ["certificate.daysLeft > 1992h", false, 83],
    ["tls.certificate.daysLeft > 14", true, 83],
    ["certificate.notAfter > '2026-05-01'", true, "2026-05-23T23:59:59Z"],
    ["redirects == 0", true, 0],
    ["not error", true, null],
    ["not error.kind", true, null],
    ["not error.speaksTls", true, null],
    ["error.speaksTls", false, null],
  ],
  ([expect, ok, actual]) => {
    const check = checkResult(goodResult(), [parseExpectation(expect, { subject: "result" })])[0]!;
    assertEquals({ expect: check.expect, ok: check.ok }, { expect, ok });
    if (expect !== "tls") assertEquals(check.actual, actual, expect);
  },
  { permissions: "none" },
);

testRows<[fact: string, less: string, equal: string, more: string]>(
  "checkResult() compares equal values correctly",
  [
    ["status", "199", "200", "201"],
    ["body.bytes", "1203", "1204", "1205"],
    ["timings.wait", "103.39", "103.4", "103.41ms"],
    ["certificate.daysLeft", "82", "83d", "84"],
    ["deviations", "-1", "0", "1"],
    ["version", '"1.0"', '"1.1"', '"1.2"'],
    ["certificate.notAfter", "'2026-05-23T23:59:58Z'", "'2026-05-23T23:59:59Z'", "'2026-05-24T00:00:00Z'"],
  ],
  ([fact, ...values]) => {
    const holds = (expect: string) => checkResult(goodResult(), [parseExpectation(expect)])[0]!.ok;
    const verdicts = { "<": [0, 0, 1], "<=": [0, 1, 1], ">": [1, 0, 0], ">=": [1, 1, 0], "!=": [1, 0, 1] };
    const expected = { "==": [0, 1, 0], ...verdicts };
    const found = Object.keys(expected).map((operator) => [
      operator,
      values.map((value) => Number(holds(`${fact} ${operator} ${value}`))),
    ]);
    assertEquals(Object.fromEntries(found), expected);
  },
  { permissions: "none" },
);

testRows<[expect: string, ok: boolean, actual: unknown]>("checkResult() follows paths into a JSON body", [
  ['json.db.state == "up"', true, "up"],
  ["json.db.state == up", true, "up"],
  ["json.db.ms < 5", true, 3],
  ["json.items[0].id == 1", true, 1],
  ["json.items[-1].id == 7", true, 7],
  ["json.items[5].id == 1", false, null],
  ["json.items[-2].id == 1", true, 1],
  ["json.items[-3].id == 1", false, null],
  ["json.items.length == 2", true, 2],
  ["json.items[*].id == 7", true, [1, 7]],
  ["json.items[*].id == 8", false, [1, 7]],
  ["json.items[*].ok != false", false, [true, false]],
  ["json.items[0].ok", true, true],
  ["json.items[1].ok", false, false],
  ["json.none == null", true, null],
  ["not json.none", true, null],
  ["json.db", true, { state: "up", ms: 3 }],
  ["not json.db.error", true, null],
  ['json["a.b"] == "dot"', true, "dot"],
  ["json.n > 11", true, "12"],
  ["json.constructor", false, null],
  ["json", true, JSON.parse(JSON_BODY)],
], ([expect, ok, actual]) => {
  assertEquals(checkResult(withText(JSON_BODY), [parseExpectation(expect)]), [{ expect, ok, actual }]);
}, { permissions: "none" });

Deno.test("checkResult() treats a body that is not JSON, or was not kept, as not established", {
  permissions: "none",
}, async (test) => {
  const plain = (text: string) => ({
    ...withText(text),
    headers: [["Content-Type", "text/html"]] as HeaderField[],
  });
  const coded = withText("");
  delete coded.body!.text;
  coded.body!.coding = { names: ["zstd"], error: "zstd is no coding that can be undone" };
  const rows: [result: ProbeResult, reason: string][] = [
    [
      withText("<html>"),
      'the body is HTML, not JSON: line 1, column 1: "<" stands where a value is expected',
    ],
    [plain("<x>"), 'the body is HTML, not JSON: line 1, column 1: "<" stands where a value is expected'],
    [withText("<x>"), 'the body is not JSON: line 1, column 1: "<" stands where a value is expected'],
    [plain("ok"), 'the body is not JSON: line 1, column 1: "o" stands where a value is expected'],
    [
      withText('{"a":1,\n "b":}'),
      'the body is not JSON: line 2, column 6: "}" stands where a value is expected',
    ],
    [withText(""), "the body is empty, so it is not JSON"],
    [
      { ...withText('{"a":'), body: { ...withText('{"a":').body!, complete: false } },
      "the received part of the body is not JSON: line 1, column 6: the text ends where a value is expected",
    ],
    [goodResult(), "the text of the body was not kept"],
    [coded, "the body could not be decoded: zstd is no coding that can be undone"],
    [refusedResult(), refusedResult().error!.message],
  ];
  await stepRows(test, rows, ([result, reason]) => {
    const expects = ["json.a == 1", "not json.a", "json.a != 1"];
    assertEquals(
      checkResult(result, expects.map((it) => parseExpectation(it))),
      expects.map((expect) => ({ expect, ok: false, actual: undefined, reason })),
    );
  });
});

Deno.test("checkResult() treats a missing or coded body as not established", {
  permissions: "none",
}, async (test) => {
  const coded = withText("");
  delete coded.body!.text;
  Object.assign(coded.body!, {
    bytes: 9,
    coding: { names: ["gzip"], error: "the gzip coding ends too early" },
  });
  const rows: [result: ProbeResult, reason: string][] = [
    [refusedResult(), refusedResult().error!.message],
    [coded, "the body could not be decoded: the gzip coding ends too early"],
  ];
  await stepRows(test, rows, ([result, reason]) => {
    const expects = ["body", "not body", 'body ~ "x"', 'body !~ "x"', 'body != "1"'];
    const checks = checkResult(result, expects.map((it) => parseExpectation(it)));
    assertEquals(checks, expects.map((expect) => ({ expect, ok: false, actual: undefined, reason })));
    assertEquals(checks.map(describeActual), expects.map(() => `could not be established: ${reason}`));
  });
  assertEquals(checkResult(coded, [parseExpectation("body.coding == gzip")])[0]!.ok, true);
  assertEquals(checkResult(withText(""), [parseExpectation("not body.coding")])[0]!.ok, true);
});

testRows<[text: string, expect: string, ok: boolean, actual: unknown]>(
  "checkResult() finds text in a body, and cuts the reported value",
  [
    ["all is ok", "body ~ /\\bok$/", true, "all is ok"],
    ["all is ok", "body ~ 'is ok'", true, "all is ok"],
    ["all is ok", "not body ~ /error/i", true, "all is ok"],
    ["all is ok", "body", true, "all is ok"],
    ["", "not body", true, ""],
    ["", 'body == ""', true, ""],
    ["x".repeat(300), "body ~ /^x+$/", true, "x".repeat(200) + "…"],
    ["a".repeat(50_000) + "!", "body ~ /^(a+)+$/", false, "a".repeat(200) + "…"],
  ],
  ([text, expect, ok, actual]) => {
    assertEquals(checkResult(withText(text), [parseExpectation(expect)]), [{ expect, ok, actual }]);
  },
  { permissions: "none" },
);

Deno.test(
  "checkResult() compares header lines as UTF-8 if they are valid UTF-8",
  { permissions: "none" },
  () => {
    const result = goodResult({ headers: [["X-A", "caf\xc3\xa9"], ["X-B", "caf\xe9"]] });
    assertEquals(checkResult(result, [parseExpectation("header.x-a == 'café'")])[0]?.ok, true);
    assertEquals(checkResult(result, [parseExpectation("header.x-b ~ /caf\\xe9/")])[0]?.ok, true);
  },
);

testRows<[result: ProbeResult, expect: string, ok: boolean, actual: unknown]>(
  "checkResult() fails every expectation about a fact that was not established",
  [
    [refusedResult(), "status != 500", false, undefined],
    [refusedResult(), "not status == 500", false, undefined],
    [refusedResult(), "not header.x", false, undefined],
    [refusedResult(), "deviations == 0", false, undefined],
    [refusedResult(), "not deviations.bare-lf", false, undefined],
    [refusedResult(), "error.kind == refused", true, "refused"],
    [refusedResult(), "error.by != local", true, "target"],
    [refusedResult({ error: SPEAKS_TLS }), "error.speaksTls", true, true],
    [
      { ...goodResult(), attempts: [{ error: SPEAKS_TLS, total: 2 }] },
      "attempts[0].error.alert == unrecognized_name",
      true,
      "unrecognized_name",
    ],
    [
      { ...goodResult(), attempts: [{ error: SPEAKS_TLS, total: 2 }] },
      "attempts[0].error.speaksTls",
      true,
      true,
    ],
    [refusedResult({ error: SPEAKS_TLS }), "error.alert == unrecognized_name", true, "unrecognized_name"],
    [refusedResult(), "not error.speaksTls", true, null],
    [refusedResult(), "tries == 2", true, 2],
    [refusedResult(), "tries[0].address == '::1'", true, "::1"],
    [refusedResult(), "tries[0].error.phase == 'connect'", true, "connect"],
    [refusedResult(), "tries[0].error.by == 'local'", false, refusedResult().tries![0]!.error!.by],
    [refusedResult(), "tries[0].error.message ~ /./", true, refusedResult().tries![0]!.error!.message],
    [{ ...refusedResult(), concurrency: 7 }, "concurrency <= 7", true, 7],
    [
      { ...refusedResult(), attempts: [{ error: refusedResult().error!, total: 2 }] },
      "attempts[0].error.message ~ /./",
      true,
      refusedResult().error!.message,
    ],
    [refusedResult(), "tries[-1].error.kind == refused", true, "refused"],
    [plainResult(), "not tls", true, null],
    [plainResult(), "not certificate", true, null],
    [plainResult(), "certificate.daysLeft > 14", false, null],
    [plainResult(), "not certificate.earliest", true, null],
    [plainResult(), "certificate.earliest.daysLeft > 14", false, null],
    [refusedAt("https://a.test/"), "certificate.earliest.daysLeft > 14", false, undefined],
    [refusedAt("https://a.test/"), "not certificate.earliest", false, undefined],
    [truncatedResult(), "deviations.bare-lf == 3", true, 3],
    [truncatedResult(), "deviations.sender >= 1", true, 1],
    [truncatedResult(), "deviations[0].code == obs-text-in-value", true, "obs-text-in-value"],
    [truncatedResult(), "interim[0].status == 103", true, 103],
    [truncatedResult(), "redirects[0].status == 301", true, 301],
    [truncatedResult(), "redirects[0].header.location == '/'", true, "/"],
    [truncatedResult(), "redirects[3].status == 301", false, undefined],
    [truncatedResult(), "connection.announced.timeout >= 1m", true, 60],
    [truncatedResult(), "connection.end.after < 1s", true, 3.1],
  ],
  ([result, expect, ok, actual]) => {
    assertEquals(checkResult(result, [parseExpectation(expect)]), [{ expect, ok, actual }]);
  },
  { permissions: "none" },
);

testRows<[text: string, message: string]>(
  "parseExpectation() names only the nearest fact if it has to be brief",
  [
    ["stauts == 200", 'there is no fact "stauts", the nearest one is "status"'],
    ["timings.waiting < 1s", 'there is no fact "timings.waiting", the nearest one is "timings.wait"'],
    [
      "certificate.days > 3",
      'there is no fact "certificate.days", the nearest one is "certificate.daysLeft"',
    ],
    ["response.status == 2", 'there is no fact "response.status", the nearest one is "status"'],
    ["status_code == 2", 'there is no fact "status_code", the nearest one is "status"'],
    ["responseTime < 1s", 'there is no fact "responseTime", the nearest one is "timings.total"'],
    [
      "certificate.expiry > 1",
      'there is no fact "certificate.expiry", the nearest one is "certificate.daysLeft"',
    ],
    ["weather == sunny", 'there is no fact "weather", the nearest one is "method"'],
    ["idle > 3s", '"idle" is a fact of sonde conn, not of sonde probe'],
  ],
  ([text, message]) => {
    const options = { subject: "result", names: experimentNames(), brief: true } as const;
    const error = assertThrows(() => parseExpectation(text, options), ExpectationSyntaxError);
    assertEquals(error.message, `Cannot parse expectation "${text}": at column ${error.column}, ${message}`);
  },
  { permissions: "none" },
);

testRows<[text: string, column: number, message: string]>(
  "parseExpectation() names the column of a mistake and suggests a correction",
  [
    ["", 1, "the name of a fact is missing"],
    ["not ", 5, "the name of a fact is missing"],
    ["== 200", 1, "the name of a fact is missing"],
    [
      "close == honoured",
      1,
      'no fact "close", there are "experiments.close.outcome", "experiments.close.summary"',
    ],
    ["stauts == 200", 1, 'no fact "stauts", the nearest one is "status"'],
    ["not stauts", 5, 'no fact "stauts"'],
    ["timings.waiting < 1s", 9, 'the nearest one is "timings.wait"'],
    ["timings.foo < 1s", 9, 'there are "timings.dns", "timings.connect"'],
    ["body.lenght > 1", 6, 'the nearest ones are "body.text", "body.bytes" and "body.unread"'],
    ["heder.server == a", 1, 'the nearest one is "header.server"'],
    ["headers.server == a", 9, 'the nearest one is "header.server"'],
    ["deviations.bare-lff == 0", 12, 'no deviation "bare-lff", the nearest one is "bare-lf"'],
    [
      "findings.bad == 0",
      10,
      'no finding "bad", the nearest ones are "info", "problem" and "warning"',
    ],
    [
      "experiments.clsoe.outcome == x",
      13,
      'no experiment "clsoe", the nearest one is "close"',
    ],
    ["experiments.close.otcome == x", 13, "experiments.NAME.outcome"],
    ["weather == sunny", 1, 'no fact "weather", the nearest ones are "method", "headers" and "error"'],
    ["header == 1", 1, "header.NAME"],
    ["headers.server", 9, "header"],
    ["body.", 6, "a name is missing"],
    ["json.items[x]", 11, 'write [0], [-1], [*] or ["name"]'],
    ["status = 200", 8, "write =="],
    ["status === 200", 8, "write =="],
    ["status is 200", 8, "write =="],
    ["status eq 200", 8, "write =="],
    ["status => 200", 8, "write >="],
    ["status 200", 8, "the operator before 200 is missing, as in == or <"],
    ["status in 200", 8, "the operators are == != < <= > >= ~ !~"],
    ["status == 2xx", 11, '"2xx" is not a number: write < 300, and >= 200 as another expectation'],
    ["status < 400 && ok", 10, "write the second one as an expectation of its own"],
    ["status < 400 and ok", 10, "write the second one as an expectation of its own"],
    ["status < 400 or ok", 10, "an expectation has one condition"],
    ["header.server contains nginx", 15, "write ~"],
    ["status ==", 10, "the value is missing"],
    ["status == ok", 11, '"status" is a number'],
    ["status == 200 ok", 11, "is not a number"],
    ["status == 5s", 11, "a unit that does not fit here"],
    ["status ~ 2", 10, "needs a /pattern/"],
    ["status == /2/", 8, "write ~ or !~"],
    ["status < true", 10, "needs a number"],
    ["ok == 1", 7, "true or false"],
    ["tls == 1", 5, "can only be present or absent; compare one of its facts"],
    ["tls == TLSv1.3", 5, "compare one of its facts, such as tls.version"],
    ["certificate > 14d", 13, "compare one of its facts, such as certificate.daysLeft"],
    ["certificate.earliest > 14d", 22, "compare one of its facts, such as certificate.earliest.daysLeft"],
    ["not chain.earliestCertificate > 14", 31, "such as certificate.earliest.daysLeft"],
    ["redirects[0].certificate < 14", 26, "such as redirects[0].certificate.daysLeft"],
    ["chain < 2s", 7, "compare one of its facts, such as chain.total"],
    ["error == refused", 7, "compare one of its facts, such as error.kind"],
    ["error >", 7, "can only be present or absent; compare one of its facts"],
    ["certificate.earliest.expiry > 14", 22, 'the nearest one is "certificate.earliest.daysLeft"'],
    [
      "certificate.earliest.issuer == a",
      22,
      'there are "certificate.earliest.subject", "certificate.earliest',
    ],
    ["certificate.earlist.daysLeft > 14", 13, 'the nearest one is "certificate.earliest.daysLeft"'],
    ["redirects.total < 2s", 11, 'the nearest one is "chain.total"'],
    ["timings < 2s", 1, 'the nearest one is "timings.total"'],
    ["time.total < 2s", 1, 'the nearest one is "timings.total"'],
    ["timing.total < 2s", 1, 'the nearest one is "timings.total"'],
    ["cert.daysLeft > 14", 1, 'the nearest one is "certificate.daysLeft"'],
    ["connect < 1s", 1, 'the nearest one is "timings.connect"'],
    ["ttfb < 1s", 1, 'the nearest one is "timings.wait"'],
    ["http_code == 200", 1, 'the nearest one is "status"'],
    ["content-type == a", 1, 'the nearest one is "header.content-type"'],
    ["200", 1, "the name of a fact stands first, as in status == 200"],
    ["timings.wait < 5 parsecs", 16, "5 parsecs"],
    ["body.bytes < 5XB", 14, "5XB"],
    ['reason == "a" b', 11, "must end with the same quote"],
    ['reason == "\\q"', 11, "escape"],
    ["body ~ /a", 8, "no / at its end"],
    ["body ~ /a/g", 11, "the flags of a pattern"],
    ["body ~ /a/ii", 12, "the flags of a pattern"],
    ["body ~ /x(a/", 10, "never closed"],
    ["body ~ /(?!a)/", 9, "no lookaround"],
    ["redirects[0].bdy ~ /a/", 14, 'there is only "redirects[0].FACT"'],
    ["constructor[0].a", 1, 'no fact "constructor[0].a"'],
    ["findings.problem.mesage ~ /a/", 10, "findings.SEVERITY.message"],
    ["interim[0].heder.a", 12, 'the nearest one is "interim[0].header.a"'],
    ["status[0] == 2", 7, 'no fact "status[0]"'],
  ],
  ([text, column, message]) => {
    const error = assertThrows(() => parseWithNames(text), ExpectationSyntaxError, message, text);
    assertEquals(error.column, column, text);
    assert(error.message.includes(`at column ${error.column}`), error.message);
  },
  { permissions: "none" },
);

Deno.test("parseExpectation() refuses facts of profiles for results, and the reverse", {
  permissions: "none",
}, async (test) => {
  const rows: [text: string, subject: "result" | "profile", message: string][] = [
    ["idle >= 65s", "result", "a fact of sonde conn, not of sonde probe"],
    ["experiments.close.facts.after < 1s", "result", "a fact of sonde conn"],
    ["findings == 0", "result", "a fact of sonde conn"],
    ["status == 200", "profile", "a fact of sonde probe, not of sonde conn"],
  ];
  await stepRows(test, rows, ([text, subject, message]) => {
    assertThrows(() => parseWithNames(text, { subject }), SyntaxError, message);
    parseWithNames(text);
  });
  parseWithNames("idle >= 65s", { subject: "row" });
  assertThrows(() => parseWithNames("findings == 0", { subject: "row" }), SyntaxError);
});

function profile(changes: Partial<ConnectionProfile> = {}): ConnectionProfile {
  const experiment = (outcome: string, facts: Record<string, unknown>) => ({
    outcome,
    facts,
    summary: "",
    evidence: [],
    ms: 12,
  });
  return {
    schema: 1,
    input: "a.example",
    url: "http://a.example/",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: true,
    experiments: {
      "idle-timeout": {
        ...experiment("closed", { seconds: 60.2, announced: 75, how: "fin" }),
        evidence: ["< FIN"],
      },
      "max-requests": experiment("open", { requests: 1000, atLeast: 1000 }),
      "keep-alive": experiment("yes", {}),
      "pipelining": experiment("full", { sent: 3, answered: 3, none: null, firstMs: 30 }),
      "half-close": experiment("unknown", {}),
      "close": experiment("honoured", { how: "fin", after: 12.5 }),
    },
    findings: [{
      code: "idle-shorter-than-proxy",
      severity: "problem",
      experiment: "idle-timeout",
      message: "closed after 60 s",
      advice: "",
    }],
    checks: [],
    ...changes,
  };
}

testRows<[expect: string, ok: boolean, advice: string | undefined]>(
  "checkProfile() names the option that allows a longer measurement",
  [
    ["idle >= 65s", false, "watch for longer: --idle-limit 66s"],
    ["not idle >= 65s", false, "watch for longer: --idle-limit 66s"],
    ["experiments.idle-timeout.facts.seconds >= 65s", false, "watch for longer: --idle-limit 66s"],
    ["experiments.slow-head.facts.seconds < 30", false, "watch for longer: --idle-limit 31s"],
    ["maxRequests > 1500", false, "send more requests: --max-requests 1501"],
    ["not maxRequests > 1500", false, "send more requests: --max-requests 1501"],
    ["idle >= 10s", true, undefined],
    ["idle < 10s", false, undefined],
    // A time that was waited out is longer than the wait.
    ["idle >= 11s", true, undefined],
    ["idle > 11s", true, undefined],
    ["idle < 11s", false, undefined],
    ["idle <= 11s", false, undefined],
    ["idle == 11s", false, "watch for longer: --idle-limit 12s"],
    ["idle != 11s", false, "watch for longer: --idle-limit 12s"],
    ["idle == 10s", false, undefined],
    ["idle != 10s", true, undefined],
    ["idle == 12s", false, "watch for longer: --idle-limit 13s"],
    // A connection that took 1,000 requests need not take one more.
    ["maxRequests >= 1000", true, undefined],
    ["maxRequests > 999", true, undefined],
    ["maxRequests > 1000", false, "send more requests: --max-requests 1001"],
    ["maxRequests < 1000", false, undefined],
    ["maxRequests <= 999", false, undefined],
    ["maxRequests <= 1000", false, "send more requests: --max-requests 1001"],
    ["not maxRequests <= 1000", false, "send more requests: --max-requests 1001"],
    ["maxRequests == 1000", false, "send more requests: --max-requests 1001"],
    ["maxRequests != 1000", false, "send more requests: --max-requests 1001"],
    ["maxRequests == 999", false, undefined],
    ["maxRequests >= 1001", false, "send more requests: --max-requests 1002"],
  ],
  ([expect, ok, advice]) => {
    const open = { outcome: "outlives", summary: "", facts: { atLeast: 11 }, evidence: [], ms: 12 };
    const subject = profile({
      experiments: {
        "idle-timeout": open,
        "slow-head": open,
        "max-requests": { ...open, facts: { requests: 1000, atLeast: 1000 } },
      },
    });
    const [check] = checkProfile(subject, [parseWithNames(expect)]);
    assertEquals([expect, check?.ok, check?.advice], [expect, ok, advice]);
  },
  { permissions: "none" },
);

testRows<[expects: string[], experiments: string[], idleLimit?: number | undefined, maxRequests?: number]>(
  "profileNeeds() lists the necessary experiments, and the limits that they need",
  [
    [["ok", "findings == 0", "findings.idle-unknown"], []],
    [["idle < 2m", "idle >= 65s"], ["idle-timeout"], 121_000],
    [["maxRequests >= 5000"], ["max-requests"], undefined, 5001],
    [["experiments.slow-body.facts.seconds >= 29.5s"], ["slow-body"], 31_000],
    [["keepAlive == yes", "experiments.tls.ms < 5s"], ["keep-alive", "tls"]],
  ],
  ([expects, experiments, idleLimit, maxRequests]) => {
    const needs = profileNeeds(expects.map((it) => parseWithNames(it)));
    assertEquals(needs, { experiments, idleLimit, maxRequests });
  },
);

testRows<[expect: string, ok: boolean, actual: unknown]>(
  "checkProfile() checks short names, paths and findings",
  [
    ["idle >= 60s", true, 60.2],
    ["idle >= 65s", false, 60.2],
    ["idle >= 1m", true, 60.2],
    ["maxRequests >= 500", true, { atLeast: 1000 }],
    ["maxRequests > 999", true, { atLeast: 1000 }],
    ["maxRequests < 500", false, { atLeast: 1000 }],
    ["keepAlive == yes", true, "yes"],
    ['pipelining == "full"', true, "full"],
    ["halfClose == answered", false, undefined],
    ["halfClose != answered", false, undefined],
    ["experiments.close.outcome == honoured", true, "honoured"],
    ["experiments.close.facts.after < 1s", true, 12.5],
    ["experiments.idle-timeout.facts.announced == 75s", true, 75],
    ["experiments.pipelining.facts.answered == 3", true, 3],
    ["experiments.close.ms < 1s", true, 12],
    ["experiments.tls.outcome == left-open", false, undefined],
    ["not experiments.close.facts.nothing", false, undefined],
    ["not experiments.pipelining.facts.none", true, null],
    ["experiments.pipelining.facts.firstMs < 1s", true, 30],
    ["findings == 1", true, 1],
    ["not findings.problem", false, 1],
    ["not findings.warning", true, 0],
    ["findings.idle-shorter-than-proxy == 0", false, 1],
    ["findings.problem.message ~ /60/", true, "closed after 60 s"],
    ["findings[*].severity == problem", true, "problem"],
    ["findings[0].experiment == idle-timeout", true, "idle-timeout"],
    ["findings.warning.message !~ /x/", true, null],
    ["experiments.close.evidence == 0", true, 0],
    ["experiments.idle-timeout.evidence[0] ~ /FIN/", true, "< FIN"],
    ["experiments.tls.evidence[*] !~ /x/", false, undefined],
    ["not error", true, null],
    ["ok", true, true],
  ],
  ([expect, ok, actual]) => {
    assertEquals(checkProfile(profile(), [parseWithNames(expect, { subject: "profile" })]), [{
      expect,
      ok,
      actual,
    }]);
  },
  { permissions: "none" },
);

Deno.test("checkResult() reads experiments that a batch added to a row", { permissions: "none" }, () => {
  const row = { ...goodResult(), experiments: profile().experiments! };
  assertEquals(checkResult(row, [parseWithNames("idle < 65s", { subject: "row" })])[0]?.ok, true);
  assertThrows(
    () => checkResult(row, [parseExpectation("findings == 0")]),
    TypeError,
    "no result has this fact",
  );
  assertThrows(() => checkProfile(profile(), [parseExpectation("status == 200")]), TypeError, "no profile");
});

Deno.test(
  "withChecks() sets ok to false if one expectation fails",
  { permissions: "none" },
  async (test) => {
    const rows: [expects: string[], ok: boolean][] = [
      [[], true],
      [["status == 200", "version == 1.1"], true],
      [["status == 200", "status == 201"], false],
    ];
    await stepRows(test, rows, ([expects, ok]) => {
      const result = withChecks(goodResult(), expects.map((it) => parseExpectation(it)));
      assertEquals(result.ok, ok);
      assertEquals(result.checks.map((it) => it.expect), expects);
    });
    assertEquals(withChecks(refusedResult(), [parseExpectation("error.kind == refused")]).ok, false);
  },
);

Deno.test("checkResult() redacts secrets in texts and inside data", {
  permissions: "none",
}, () => {
  const result = withText('{"user":{"name":"ann","key":"s3cret"},"short":{"a":1}}');
  const redact = (text: string) => text.replaceAll("s3cret", "***");
  const actualOf = (expect: string) => checkResult(result, [parseExpectation(expect)], { redact })[0]!.actual;
  assertEquals(actualOf("json.user.key == x"), "***");
  assertEquals(actualOf("json.user"), '{"name":"ann","key":"***"}');
  assertEquals(actualOf("json.user[*] == x"), ["ann", "***"]);
  assertEquals(actualOf("json.short"), { a: 1 });
});

testRows<[content: string, expect: string, given: string[], actual: unknown]>(
  "checkResult() redacts only the beginning of long content, and marks the cut",
  [
    ["a".repeat(1e6), "body.text ~ x", ["a".repeat(1000) + "…"], "a".repeat(200) + "…"],
    ["s3cret".repeat(1000), "body.text ~ x", ["s3cret".repeat(166) + "s3cr…"], "***s3cr…"],
    [`["${"a".repeat(1e6)}"]`, "json", [`["${"a".repeat(998)}…`], `["${"a".repeat(198)}…`],
    [
      JSON.stringify(Array(50_000).fill("b")),
      "json[*] == x",
      Array(100).fill("b"),
      [...Array(100).fill("b"), "… and 49900 more"],
    ],
  ],
  ([content, expect, given, actual]) => {
    const texts: string[] = [];
    const redact = (text: string): string => {
      texts.push(text);
      return text.replace(/(?:s3cret)+/g, "***");
    };
    const [check] = checkResult(withText(content), [parseExpectation(expect)], { redact });
    assertEquals([texts, check?.actual], [given, actual]);
  },
  { permissions: "none" },
);

Deno.test(
  "withoutText() removes the content from a result and from its redirects",
  { permissions: "none" },
  async (test) => {
    const stripped = withoutText({
      ...withText("content"),
      redirects: [withText("earlier"), refusedResult()],
    });
    await stepRows(test, [stripped, ...stripped.redirects], ({ body }) => {
      assertEquals(body?.text, undefined);
    });
    assertEquals([stripped, ...stripped.redirects].map(({ body }) => body?.bytes), [7, 7, undefined]);
  },
);

testRows<[expect: string, ok: boolean, actual: unknown]>(
  "checkResult() reads facts about a redirect chain as a whole",
  [
    ["chain.total < 2s", false, 2100],
    ["chain.total > 2000", true, 2100],
    ["timings.total < 1s", true, 900],
    ["redirects[0].chain.total < 2s", true, 1200],
    ["chain.hops == 2", true, 2],
    ["certificate.earliest.daysLeft > 14d", false, 3],
    ["certificate.earliest.daysLeft > 14", false, 3],
    ["certificate.earliest.notAfter < '2026-03-05'", true, "2026-03-04T12:00:00Z"],
    [
      "certificate.earliest.subject ~ /Example Root/",
      true,
      "CN=Example Root, O=Example Trust Services, C=FR",
    ],
    ["certificate.earliest.url == 'https://first.test/'", true, "https://first.test/"],
    ["certificate.earliest.sha256 == ab", true, "ab"],
    ["certificate.earliest.verified", true, true],
    ["chain.earliestCertificate.daysLeft == 3", true, 3],
    ["certificate.daysLeft > 14", true, 83],
    ["certificate.issuers == 2", true, 2],
    ["certificate.issuers[-1].daysLeft > 14", true, 6880],
    ["redirects[0].certificate.issuers[1].daysLeft < 14", true, 3],
    ["certificate.issuers[*].daysLeft > 14", true, [1886, 6880]],
  ],
  ([expect, ok, actual]) => {
    assertEquals(checkResult(redirected(), [parseExpectation(expect)]), [{ expect, ok, actual }]);
  },
  { permissions: "none" },
);

testRows<[expect: string, body: boolean, digest: boolean]>(
  "needsText() and needsSha256() find out which data a probe has to keep",
  [
    ["status == 200", false, false],
    ["body ~ /ok/", true, false],
    ["not body", true, false],
    ["json.a", true, false],
    ["body.bytes > 1", false, false],
    ["body.sha256 == ab", false, true],
    ["idle > 1", false, false],
  ],
  ([expect, body, digest]) => {
    const expectations = [parseExpectation("status < 400"), parseWithNames(expect)];
    assertEquals([needsText(expectations), needsSha256(expectations)], [body, digest], expect);
  },
  { permissions: "none" },
);

Deno.test("checkResult() accepts copies of expectations", { permissions: "none" }, () => {
  const copies = structuredClone([{ text: parseExpectation("status == 200").text }]);
  assertEquals(checkResult(goodResult(), copies)[0]?.ok, true);
});

/** Lists every value in plain data with its path in expectations. */
function leavesOf(data: unknown, path = ""): [path: string, value: unknown][] {
  if (data === null || typeof data !== "object" || Object.keys(data).length === 0) return [[path, data]];
  if (isFieldList(data)) return fieldsOf(data, path);
  return Object.entries(data).flatMap(([name, inner]) => {
    const step = Array.isArray(data) ? `[${name}]` : /^[\w-]+$/.test(name) ? `.${name}` : `["${name}"]`;
    return leavesOf(inner, `${path}${step}`.replace(/^\./, ""));
  });
}

function isFieldList(data: object): data is HeaderField[] {
  return Array.isArray(data) && data.every((it) => Array.isArray(it) && it.length === 2);
}

/** Lines are named by their field: `headers` by `header.NAME[N]`. */
function fieldsOf(fields: readonly HeaderField[], path: string): [path: string, value: unknown][] {
  const root = path.replace("body.trailers", "trailer").replace(/headers$/, "header");
  return fields.map(([name, value], index) => {
    const lines = fields.slice(0, index).filter(([it]) => it.toLowerCase() === name.toLowerCase());
    return [`${root}["${name}"][${lines.length}]`, value];
  });
}

Deno.test("checkResult() reaches every value of a result", { permissions: "none" }, () => {
  const { error } = refusedResult();
  const fields: HeaderField[] = [["X-A", "1"], ["x-a", "2"], ["Odd name", "3"]];
  // The sent request is our own and reveals nothing about the server.
  const last: Required<Omit<ProbeResult, "request">> = {
    ...truncatedResult(),
    ...goodResult(),
    error: error!,
    status: 200,
    reason: "OK",
    version: "1.1",
    headers: fields,
    interim: [{ status: 103, reason: "Early Hints", headers: fields, at: 3.2 }],
    body: { ...goodResult().body!, sha256: "ab", text: "x", trailers: fields },
    deviations: truncatedResult().deviations,
    timings: { ...goodResult().timings, lag: 1 },
    connection: {
      ...goodResult().connection!,
      announced: { persistent: true, timeout: 5, max: 100 },
      end: { by: "us", how: "open", after: 1 },
    },
    newConnection: { why: "excess-data", message: "x", after: 20 },
    tls: { ...goodResult().tls!, verifyError: "x" },
    tries: refusedResult().tries!,
    attempts: [{ error: error!, total: 5 }],
    concurrency: 1,
    // What was only seen not to be lower is reported as that, see below.
    experiments: Object.fromEntries(
      Object.entries(profile().experiments).filter(([, { facts }]) => facts["atLeast"] === undefined),
    ),
    experimentsAge: 5000,
    line: 1,
    tag: "x",
    address: "127.0.0.1",
    id: "x",
    redirects: [],
    chain: chainFacts(goodResult()),
  };
  const { experiments: _, ...hop } = structuredClone(last);
  const whole = { ...last, redirects: [{ ...hop, redirects: [hop] }, hop] };
  // The form's version is no fact, and the expectations are what is asserted.
  const leaves = leavesOf(whole).filter(([path]) => !/(?:^|\.)(?:schema|checks)$/.test(path));
  for (const [path, value] of leaves) {
    if (/outcome$/.test(path) && value === "unknown") continue; // It is not a fact.
    // The value of an empty list is its length.
    const expected = Array.isArray(value) && /(?:redirects|evidence)$/.test(path) ? value.length : value;
    const [found] = checkResult(whole, [parseWithNames(path, { subject: "row" })]);
    assertEquals(found?.actual, expected, path);
  }
  assert(leaves.length > 400, `${leaves.length}`);
});

Deno.test("checkProfile() reaches every value of a profile", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hi"),
  );
  const only = [
    "keep-alive",
    "close",
    "http10",
    "head",
    "conditional",
    "pipelining",
    "statuses",
    "half-close",
  ];
  const measured = await profileConnection(`http://127.0.0.1:${server.addr.port}/`, { only, samples: 1 });
  const whole = { ...measured, error: refusedResult().error!, findings: profile().findings };
  const leaves = leavesOf(whole).filter(([path]) => path !== "schema" && path !== "checks");
  for (const [path, value] of leaves) {
    if (/outcome$/.test(path) && (value === "unknown" || value === "skipped")) continue; // It is not a fact.
    const { actual } = checkProfile(whole, [parseWithNames(path, { subject: "profile" })])[0]!;
    const cut = typeof actual === "string" && actual.endsWith("…") ? actual.slice(0, -1) : undefined;
    if (cut === undefined) assertEquals(actual, value, path);
    else assert(String(value).startsWith(cut), path);
  }
  assert(leaves.length > 60, `${leaves.length}`);
});

Deno.test("checkResult() checks all elements of a list with [*]", { permissions: "none" }, async (test) => {
  const rows: [result: ProbeResult, expect: string, ok: boolean, actual: unknown][] = [
    [truncatedResult(), "interim[*].status == 103", true, 103],
    [truncatedResult(), "interim[0].header.link ~ /preload/", true, "</a.css>; rel=preload"],
    [truncatedResult(), "interim[0].header.none", false, null],
    [truncatedResult(), "interim[1].header.link", false, undefined],
    [goodResult(), "interim[*].status != 100", true, null],
    [refusedResult(), "interim[*].status != 100", false, undefined],
    [refusedResult(), "tries[*].address == '127.0.0.1'", true, ["::1", "127.0.0.1"]],
    [refusedResult(), "tries[*].error.kind !~ /timeout/", true, ["refused", "refused"]],
    [
      truncatedResult(),
      "deviations[*].class == fatal",
      true,
      truncatedResult().deviations.map((it) => it.class),
    ],
    [truncatedResult(), "deviations[1].excerpt ~ 'HTTP'", true, "HTTP/1.1 200 OK\\n"],
    [truncatedResult(), "not deviations[3].excerpt", true, null],
    [truncatedResult(), "redirects[*].status == 301", true, 301],
    [goodResult(), "certificate.names[0] == shop.example.test", true, "shop.example.test"],
    [goodResult(), "certificate.names[-1] ~ /^api/", true, "api.shop.example.test"],
    [goodResult(), "certificate.names[9]", false, null],
    [{ ...goodResult(), redirects: [withText("moved")] }, "redirects[0].body == moved", true, "moved"],
  ];
  await stepRows(test, rows, ([result, expect, ok, actual]) => {
    assertEquals(checkResult(result, [parseExpectation(expect)]), [{ expect, ok, actual }]);
  });
  assert(needsText([parseExpectation("redirects[0].body ~ /a/")]));
});

Deno.test("parseExpectation() knows every experiment and finding of a profile", async () => {
  const { EXPERIMENTS } = await import("../../lib/conn/experiments.ts");
  for (const { name } of EXPERIMENTS) {
    parseWithNames(`experiments.${name}.outcome != unknown`, { subject: "profile" });
  }
  const folders = ["../../lib/conn/findings/", "../../lib/conn/experiments/"].map((path) =>
    new URL(path, import.meta.url)
  );
  const files = folders.flatMap((folder) =>
    [...Deno.readDirSync(folder)].map(({ name }) => new URL(name, folder))
  );
  const codes = files.flatMap((file) =>
    [...Deno.readTextFileSync(file).matchAll(/\bcode: .*/g)].flatMap(([line]) =>
      [...line.matchAll(/"([a-z0-9-]+)"/g)].map(([, code]) => code!)
    )
  );
  assert(codes.length > 30, `${codes.length} codes`);
  for (const code of codes) parseWithNames(`findings.${code} == 0`, { subject: "profile" });
});

Deno.test("parseExpectation() without names accepts any experiment, and no short names", {
  permissions: "none",
}, () => {
  assertEquals(
    parseExpectation("experiments.my-own.outcome == yes").text,
    "experiments.my-own.outcome == yes",
  );
  assertEquals(parseExpectation("findings.my-finding == 0").text, "findings.my-finding == 0");
  assertThrows(
    () => parseExpectation("idle >= 65s"),
    SyntaxError,
    "use parseProfileExpectation() of lib/conn.ts",
  );
  assertThrows(
    () => parseWithNames("experiments.my-own.outcome == yes"),
    SyntaxError,
    'there is no experiment "my-own"',
  );
});

testRows<[expectation: string, message: string | undefined]>(
  "parseExpectation() refuses a text that the fact never is",
  [
    ["error.kind == refused", undefined],
    ["error.kind != timeout", undefined],
    ["error.kind ~ /ref/", undefined],
    ["error.kind ~ ref", undefined],
    ["error.kind", undefined],
    ["error.phase == anything", undefined],
    ["keepAlive == unknown", undefined],
    ["error.kind == timout", 'at column 15, "error.kind" is never "timout", the nearest one is "timeout"'],
    ["not error.kind != Refused", '"error.kind" is never "Refused", the nearest one is "refused"'],
    ["tries[0].error.kind == refuse", '"tries[0].error.kind" is never "refuse"'],
    ["keepAlive == ye", '"keepAlive" is never "ye", the nearest one is "yes"'],
    [
      "experiments.tls.outcome == open",
      '"experiments.tls.outcome" is never "open", there are "close-notify", "no-close-notify"',
    ],
  ],
  ([expectation, message]) => {
    if (message === undefined) parseWithNames(expectation);
    else assertThrows(() => parseWithNames(expectation), SyntaxError, message);
  },
  { permissions: "none" },
);

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import { formatProfileProm, formatProm, PromFormatter } from "../../lib/report/prom.ts";
import { hashAddress } from "../../lib/report/prom/address_hash.ts";
import { formatGauges } from "../../lib/report/prom/exposition.ts";
import type { ProbeResult } from "../../lib/result.ts";
import {
  degradedOutcome,
  ENDING,
  goodConnection,
  goodResult,
  goodTls,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { sampleProfile } from "./profile/_profile.ts";
import { stepRows, testRows } from "../_test_rows.ts";

/** The values by name and labels, without the label `target`. */
function samplesOf(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => {
    const [, name, labels, value] = /^(\w+)\{target="[^"]*",?(.*)\} (\S+)$/.exec(line) ?? [];
    return [labels === "" ? name : `${name}{${labels}}`, value];
  }));
}

testRows<[result: ProbeResult, samples: Record<string, string>]>(
  "formatProm() has the gauges of blackbox_exporter",
  [
    [goodResult(), {
      "probe_success": "1",
      "probe_duration_seconds": "0.1496",
      "probe_timeout_seconds": "10",
      "probe_ip_protocol": "4",
      'probe_http_duration_seconds{phase="tls"}': "0.0281",
      'probe_http_duration_seconds{phase="processing"}': "0.1034",
      "probe_http_content_length": "-1",
      "probe_http_uncompressed_body_length": "1204",
      "probe_http_redirects": "0",
      "probe_http_ssl": "1",
      "probe_http_status_code": "200",
      "probe_http_version": "1.1",
      "probe_failed_due_to_regex": "0",
      "probe_ssl_earliest_cert_expiry": "1779580799",
      "probe_ssl_last_chain_expiry_timestamp_seconds": "1779580799",
      'probe_tls_version_info{version="TLS 1.3"}': "1",
      'probe_http_framing_info{framing="chunked"}': "1",
      'probe_connection_close_info{by="us",how="open"}': "1",
    }],
    [goodResult({ connection: goodConnection({ end: { by: "peer", how: "close-notify", fin: false } }) }), {
      'probe_connection_close_info{by="peer",how="close-notify",fin="false"}': "1",
    }],
    [goodResult({ body: { ...goodResult().body!, coding: { names: ["gzip"], decodedBytes: 9000 } } }), {
      "probe_http_uncompressed_body_length": "9000",
    }],
    [goodResult({ body: { ...goodResult().body!, coding: { names: ["gzip"], error: "why" } } }), {
      "probe_http_uncompressed_body_length": "1204",
    }],
    [truncatedResult(), {
      "probe_success": "0",
      "probe_http_redirects": "1",
      "probe_http_content_length": "5000",
      "probe_http_deviations": "6",
      "probe_http_keepalive_advertised_timeout_seconds": "60",
      'probe_failure_info{phase="body",kind="truncated",by="target"}': "1",
    }],
    [refusedResult(), {
      "probe_success": "0",
      "probe_http_status_code": "0",
      "probe_http_version": "0",
      "probe_ip_addr_hash": String(hashAddress("127.0.0.1")),
      'probe_failure_info{phase="connect",kind="refused",by="target"}': "1",
    }],
    [plainResult({ status: 399 }), { "probe_success": "1" }],
    [plainResult({ status: 400 }), { "probe_success": "0" }],
    [plainResult({ status: 503 }), { "probe_success": "0", "probe_http_status_code": "503" }],
    [plainResult({ status: 503, checks: [{ expect: "status == 503", ok: true, actual: 503 }] }), {
      "probe_success": "1",
    }],
    [plainResult({ ok: false, checks: [{ expect: "body !~ /a/", ok: false, actual: "a" }] }), {
      "probe_failed_due_to_regex": "1",
    }],
    [plainResult({ headers: [["Content-Length", "1e3"]] }), { "probe_http_content_length": "-1" }],
    [plainResult({ headers: [["Content-Length", "+5"]] }), { "probe_http_content_length": "-1" }],
    [plainResult({ headers: [["Content-Length", "512"]] }), { "probe_http_content_length": "512" }],
    [
      plainResult({
        timings: { connect: 2, wait: 30, total: 40 },
        redirects: [plainResult({ timings: { dns: 1, connect: 1, wait: 10, total: 15 } })],
      }),
      {
        "probe_duration_seconds": "0.055",
        "probe_dns_lookup_time_seconds": "0.001",
        'probe_http_duration_seconds{phase="connect"}': "0.003",
        'probe_http_duration_seconds{phase="processing"}': "0.04",
      },
    ],
    [plainResult({ headers: [["last-modified", "Wed, 21 Oct 2026 07:28:00 GMT"]] }), {
      "probe_http_last_modified_timestamp_seconds": "1792567680",
    }],
  ],
  ([result, expected]) => {
    const samples = samplesOf(formatProm([result], { maxTime: 10_000 }));
    for (const [name, value] of Object.entries(expected)) assertEquals(samples[name], value, name);
  },
  { permissions: "none" },
);

Deno.test(
  "formatProm() omits metrics of verified certificates for other certificates",
  { permissions: "none" },
  () => {
    const tls = { ...goodResult().tls!, verified: false };
    const samples = samplesOf(formatProm([goodResult({ tls })]));
    assertEquals(samples["probe_ssl_last_chain_expiry_timestamp_seconds"], undefined);
    assertEquals(samples["probe_ssl_earliest_cert_expiry"], "1779580799");
  },
);

Deno.test(
  "formatProm() groups the samples of a metric, and gives them distinct labels",
  { permissions: "none" },
  () => {
    const text = formatProm([plainResult(), goodResult(), plainResult()]);
    const lines = text.split("\n").filter((line) => line.startsWith("probe_http_status_code"));
    assertEquals(lines, [
      'probe_http_status_code{target="127.0.0.1:8080"} 200',
      'probe_http_status_code{target="https://shop.example.test/items?page=2"} 200',
      'probe_http_status_code{target="127.0.0.1:8080",request="2"} 200',
    ]);
    assertEquals(text.match(/# TYPE probe_http_status_code gauge/g)?.length, 1);
  },
);

testRows(
  "formatProm() lets no peer break a line or a label",
  formatProm([hostileResult()]).split("\n").slice(0, -1),
  (line) => {
    assertMatch(line, /^(?:# (?:HELP|TYPE) .*|\w+\{(?:\w+="(?:[^"\\]|\\[\\"n])*",?)*\} [-+\dNInfae.]+)$/);
    // deno-lint-ignore no-control-regex -- control octets are what this is about
    assert(!/[\x00-\x1f\x7f-\x9f]/.test(line), line);
  },
  { permissions: "none" },
);

Deno.test(
  "formatGauges() escapes quotes, backslashes and line ends in labels",
  { permissions: "none" },
  () => {
    const labels = { a: 'say "so"', b: "C:\\x", c: "one\ntwo" };
    assertEquals(
      formatGauges([{ name: "a", help: "x", samples: [{ labels, value: 1 }] }]).split("\n")[2],
      'a{a="say \\"so\\"",b="C:\\\\x",c="one\\\\ntwo"} 1',
    );
  },
);

Deno.test("formatProfileProm() counts answers to all requests, together or one by one, as pipelining", {
  permissions: "none",
}, async (test) => {
  const rows = { full: "1", serialised: "1", "first-only": "0", closed: "0", mixed: "0", unknown: undefined };
  await stepRows(test, Object.entries(rows), ([outcome, value]) => {
    const pipelining = { outcome, facts: {}, summary: "", evidence: [], ms: 1 };
    const samples = samplesOf(formatProfileProm([sampleProfile({ experiments: { pipelining } })]));
    assertEquals(samples["probe_http_pipelining"], value, outcome);
  });
});

Deno.test("formatGauges() writes NaN and infinities", { permissions: "none" }, () => {
  const samples = [NaN, Infinity, -Infinity, 1e21].map((value) => ({ labels: {}, value }));
  assertEquals(
    formatGauges([{ name: "a", help: "x\\y\nz", samples }, { name: "b", help: "", samples: [] }]),
    "# HELP a x\\\\y\\nz\n# TYPE a gauge\na NaN\na +Inf\na -Inf\na 1e+21\n",
  );
});

Deno.test("hashAddress() is FNV-1a of the octets", { permissions: "none" }, async (test) => {
  // Figures of hash/fnv.New32a over net.ParseIP(address).To4() or .To16().
  const rows: [address: string, hash: number][] = [
    ["127.0.0.1", fnv([127, 0, 0, 1])],
    ["::1", fnv([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])],
    ["2001:db8::a:0:1", fnv([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0, 1])],
    ["fe80::1%eth0", fnv([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])],
    ["::ffff:192.0.2.1", fnv([192, 0, 2, 1])],
  ];
  await stepRows(test, rows, ([address, hash]) => {
    assertEquals(hashAddress(address), hash, address);
  });
  // The published vector of FNV-1a 32 for the text "foobar".
  assertEquals(fnv([...new TextEncoder().encode("foobar")]), 0xbf9cf968);
});

function fnv(octets: readonly number[]): number {
  const hash = octets.reduce(
    (sum, octet) => ((sum ^ BigInt(octet)) * 0x01000193n) & 0xffffffffn,
    0x811c9dc5n,
  );
  return Number(hash);
}

Deno.test("formatProfileProm() contains only measured figures", { permissions: "none" }, () => {
  const { experiments } = sampleProfile();
  const unknown = { outcome: "unknown", facts: {}, summary: "", evidence: [], ms: 1 };
  const profile = sampleProfile({ experiments: { ...experiments, pipelining: unknown } });
  assertEquals(samplesOf(formatProfileProm([profile])), {
    "probe_success": "1",
    "probe_http_keepalive": "1",
    "probe_http_keepalive_idle_timeout_seconds": "60.2",
    "probe_http_keepalive_advertised_timeout_seconds": "75",
    'probe_connection_findings{severity="problem"}': "1",
    'probe_connection_findings{severity="warning"}': "0",
    'probe_connection_findings{severity="info"}': "0",
  });
});

testRows<[title: string, result: ProbeResult, ends: [first: string, ofLastHop: string | undefined]]>(
  "formatProm() gives the certificate that ends first:",
  [
    ["that of an issuer", withIssuerEnd("2026-03-05T00:00:00Z"), ["1772668800", "1772668800"]],
    [
      "that of an earlier hop",
      goodResult({ redirects: [withIssuerEnd("2026-03-05T00:00:00Z")] }),
      ["1772668800", "1779580799"],
    ],
    ["without verification", goodResult({ tls: goodTls({ verified: false }) }), ["1779580799", undefined]],
  ],
  ([, result, ends]) => {
    const samples = samplesOf(formatProm([result]));
    assertEquals([
      samples["probe_ssl_earliest_cert_expiry"],
      samples["probe_ssl_last_chain_expiry_timestamp_seconds"],
    ], ends);
  },
  { permissions: "none" },
);

/** An answer over TLS whose intermediate authority ends then. */
function withIssuerEnd(notAfter: string): ProbeResult {
  const result = goodResult();
  Object.assign(result.tls!.certificate!.issuers![0]!, { notAfter });
  return result;
}

const VERDICTS = { up: "0", degraded: "0", down: "0", unknown: "0" };

testRows<[title: string, row: [ProbeResult, CheckOutcome], success: string, samples: Record<string, string>]>(
  "PromFormatter gives the verdict of a check:",
  [
    ["up", [plainResult(), outcomeOf("up")], "1", { ...check("1"), ...verdict({ ...VERDICTS, up: "1" }) }],
    ["degraded", [plainResult(), degradedOutcome()], "1", {
      ...check("1"),
      ...verdict({ ...VERDICTS, degraded: "1" }),
    }],
    ["a certificate that ends soon", [plainResult(), outcomeOf("up", { certificate: ENDING })], "1", {
      ...check("1", { certificate_warning: "1" }),
      ...verdict({ ...VERDICTS, up: "1" }),
    }],
    ["down", [plainResult({ ok: false }), outcomeOf("down")], "0", {
      ...check("0"),
      ...verdict({ ...VERDICTS, down: "1" }),
    }],
    ["unknown", [refusedResult(), outcomeOf("unknown")], "0", {
      ...check(undefined),
      ...verdict({ ...VERDICTS, unknown: "1" }),
    }],
    ["in maintenance", [refusedResult(), outcomeOf("down", { excluded: "maintenance" })], "0", {
      ...check(undefined, { maintenance: "1" }),
      ...verdict({ ...VERDICTS, down: "1" }),
    }],
    // Nothing is expected of the status, so the verdict decides.
    ["up with any status", [plainResult({ status: 503 }), outcomeOf("up")], "1", check("1")],
  ],
  ([, [result, outcome], success, expected]) => {
    const prom = new PromFormatter();
    prom.row(result, { check: outcome });
    const samples = samplesOf(prom.end());
    assertEquals(samples["probe_success"], success);
    const found = Object.keys(expected).map((name) => [name, samples[name]]);
    assertEquals(Object.fromEntries(found), expected);
  },
  { permissions: "none" },
);

function check(
  up: string | undefined,
  { certificate_warning = "0", maintenance = "0" } = {},
): Record<string, string> {
  return {
    sonde_check_up: up as string,
    sonde_check_certificate_warning: certificate_warning,
    sonde_check_maintenance: maintenance,
  };
}

function verdict(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`sonde_check_verdict{verdict="${name}"}`, value]),
  );
}

Deno.test(
  "formatProm() has no gauges of checks for results that belong to none",
  { permissions: "none" },
  () => {
    assert(!formatProm([plainResult()]).includes("sonde_check"));
  },
);

Deno.test(
  "PromFormatter gives its text whole or in pieces",
  { permissions: "none" },
  () => {
    const formatter = new PromFormatter();
    for (let index = 0; index < 700; index++) {
      formatter.row(
        goodResult({ input: `http://t${index % 500}/`, ...(index % 2 === 0 && { tag: "even" }) }),
      );
    }
    const pieces = [...formatter.endInPieces()];
    assertEquals(pieces.join(""), formatter.end());
    assert(pieces.length > 20, String(pieces.length));
    const longest = Math.max(...pieces.map((piece) => piece.split("\n").length));
    assert(longest <= 1_003, String(longest));
    const repeated = pieces.join("").match(/^probe_success\{target="http:\/\/t9\/",request="2"\} 1$/m);
    assert(repeated !== null);
  },
);

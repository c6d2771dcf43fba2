import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import { brotliCompressSync, crc32, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { checkResult, parseExpectation } from "../../lib/expect.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { probeAll } from "../../lib/batch.ts";
import type { BodyFacts, ProbeResult } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import { LONGEST, probeScript, REQUEST, STALL, urlOf } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const TEXT = '{"state":"ok","name":"é"}';

const gzip = (data: string | Uint8Array) => gzipSync(data) as Uint8Array;
const deflate = (data: string | Uint8Array) => deflateSync(data) as Uint8Array;
const raw = (data: string | Uint8Array) => deflateRawSync(data) as Uint8Array;
const br = (data: string | Uint8Array) => brotliCompressSync(data) as Uint8Array;
const join = (...parts: (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => typeof part === "string" ? Buffer.from(part) : part));

/** A head with these fields, and the content. */
function answer(fields: string, content: Uint8Array, status = "200 OK"): Uint8Array {
  return join(`HTTP/1.1 ${status}\r\n${fields}\r\nContent-Length: ${content.length}\r\n\r\n`, content);
}

async function bodyOf(
  bytes: Uint8Array,
  options: ProbeOptions = {},
): Promise<BodyFacts & { result: ProbeResult }> {
  const result = await probeScript([REQUEST, { send: bytes }, { fin: true }, STALL], {
    keepText: true,
    ...options,
  });
  return { ...result.body!, result };
}

testRows<[fields: string, content: Uint8Array, names: string[], transfer?: string[]]>(
  "probe() decodes the text of coded content, but reports the facts of the wire unchanged",
  [
    ["Content-Encoding: gzip", gzip(TEXT), ["gzip"]],
    ["Content-Encoding: X-GZip", gzip(TEXT), ["x-gzip"]],
    ["Content-Encoding: gzip", join(gzip(TEXT.slice(0, 5)), gzip(""), gzip(TEXT.slice(5))), ["gzip"]],
    ["Content-Encoding: gzip", withHeaderParts(gzip(TEXT)), ["gzip"]],
    ["Content-Encoding: deflate", deflate(TEXT), ["deflate"]],
    ["Content-Encoding: deflate", raw(TEXT), ["deflate"]],
    ["content-encoding: BR", br(TEXT), ["br"]],
    ["Content-Encoding: gzip, br", br(gzip(TEXT)), ["gzip", "br"]],
    ["Content-Encoding: , br ,,deflate", deflate(br(TEXT)), ["br", "deflate"]],
    ["Content-Encoding: deflate\r\nX: y\r\nContent-Encoding: gzip,identity", gzip(raw(TEXT)), [
      "deflate",
      "gzip",
    ]],
  ],
  async ([fields, content, names, transfer]) => {
    const { result, ...body } = await bodyOf(answer(fields, content), { keepSha256: true });
    assertEquals(result.ok, true, fields);
    assertEquals(body, {
      framing: "content-length",
      bytes: content.length,
      wireBytes: content.length,
      complete: true,
      trailers: [],
      coding: { names, ...(transfer && { transfer }), decodedBytes: Buffer.byteLength(TEXT) },
      sha256: createHash("sha256").update(content).digest("hex"),
      text: TEXT,
    });
    const expects = [
      "json.state == ok",
      'body ~ "é"',
      `body.coding == ${names[0]}`,
      "body.coding.decodedBytes == 26",
    ];
    const checks = checkResult(result, expects.map((it) => parseExpectation(it)));
    assertEquals(checks.map(({ ok }) => ok), [true, true, true, true]);
  },
);

/** A gzip member with an extra field, a name, a comment and a checksum of the header. */
function withHeaderParts(member: Uint8Array): Uint8Array {
  const fixed = Uint8Array.from(member.subarray(0, 10));
  fixed[3] = 0x1e;
  const header = join(fixed, new Uint8Array([3, 0, 9, 0, 9]), "name\0", "comment\0");
  const sum = crc32(header);
  return join(header, new Uint8Array([sum & 0xff, sum >> 8 & 0xff]), member.subarray(10));
}

Deno.test("probe() decodes transfer codings before content codings", async () => {
  const content = gzip(br(TEXT));
  const size = content.length.toString(16);
  const head = "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
  const body = await bodyOf(join(head, `${size}\r\n`, content, "\r\n0\r\n\r\n"));
  assertEquals([body.text, body.coding], [TEXT, { names: ["br"], transfer: ["gzip"], decodedBytes: 26 }]);
});

Deno.test("probe() decodes by the charset of Content-Type after the coding", async () => {
  const content = gzip(new Uint8Array([0x6a, 0xe9]));
  const fields = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Encoding: gzip";
  assertEquals((await bodyOf(answer(fields, content))).text, "jé");
});

Deno.test("probe() names an unrequested coding, and the coding of HEAD and of empty content", async (test) => {
  const fields = "Content-Encoding: gzip";
  const rows: [bytes: Uint8Array, options: ProbeOptions, coding: BodyFacts["coding"], text?: string][] = [
    [answer(fields, gzip(TEXT)), { keepText: false }, { names: ["gzip"] }],
    [join(`HTTP/1.1 200 OK\r\n${fields}\r\nContent-Length: 9\r\n\r\n`), { method: "HEAD" }, {
      names: ["gzip"],
    }, ""],
    [answer(fields, join("")), {}, { names: ["gzip"], decodedBytes: 0 }, ""],
    [join(`HTTP/1.1 304 N\r\n${fields}\r\n\r\n`), {}, { names: ["gzip"] }, ""],
    [answer("Content-Encoding: identity", join("hi")), {}, undefined, "hi"],
    [answer("Content-Encoding:", join("hi")), {}, undefined, "hi"],
  ];
  await stepRows(test, rows, async ([bytes, options, coding, text]) => {
    const body = await bodyOf(bytes, options);
    assertEquals([body.coding, body.text], [coding, text]);
  });
});

const LONG = "line of a log\n".repeat(1000);

const FAULTS: readonly [name: string, fields: string, content: Uint8Array, error: RegExp][] = [
  ["unknown", "zstd", join("x"), /^its coding is "zstd", and only gzip, deflate and br can be undone$/],
  ["one of two unknown", "gzip, aes128gcm", gzip(TEXT), /"aes128gcm"/],
  ["a parameter", "gzip;q=1", gzip(TEXT), /"gzip;q=1"/],
  ["six", "gzip,gzip,gzip,gzip,gzip,gzip", gzip(TEXT), /^it has 6 codings .* at most 5 are undone$/],
  ["gzip: HTML", "gzip", join("<!DOCTYPE html>"), /^the gzip coding does not begin like gzip$/],
  [
    "gzip: one octet",
    "gzip",
    gzip(LONG).subarray(0, 1),
    /^the gzip coding is truncated after 0 decoded octets$/,
  ],
  ["gzip: header", "gzip", gzip(LONG).subarray(0, 9), /^the gzip coding is truncated after 0/],
  [
    "gzip: trailer",
    "gzip",
    gzip(LONG).subarray(0, -1),
    /^the gzip coding is truncated after 14,000 decoded octets$/,
  ],
  [
    "gzip: checksum",
    "gzip",
    flip(gzip(LONG), -8),
    /^the gzip coding is corrupt: the checksum does not match/,
  ],
  [
    "gzip: length",
    "gzip",
    flip(gzip(LONG), -4),
    /^the gzip coding is corrupt: the length at its end does not/,
  ],
  [
    "gzip: garbage",
    "gzip",
    join(gzip(LONG), "\n"),
    /^the gzip coding is followed by 1 octet that is no part of it$/,
  ],
  [
    "gzip: zeros",
    "gzip",
    join(gzip(LONG), new Uint8Array(512)),
    /^the gzip coding is followed by 512 octets that are/,
  ],
  [
    "gzip: half a member",
    "gzip",
    join(gzip(LONG), gzip(LONG).subarray(0, 30)),
    /^the gzip coding is truncated/,
  ],
  ["gzip: method", "gzip", flip(gzip(LONG), 2), /^the gzip coding has a method that is unknown/],
  ["gzip: flags", "gzip", flip(gzip(LONG), 3), /^the gzip coding is corrupt: reserved flags/],
  [
    "gzip: header sum",
    "gzip",
    flip(withHeaderParts(gzip(LONG)), 18),
    /the checksum of its header does not match$/,
  ],
  [
    "gzip: name",
    "gzip",
    withHeaderParts(gzip(LONG)).subarray(0, 17),
    /^the gzip coding is truncated after 0/,
  ],
  ["gzip: members", "gzip", join(...Array.from({ length: 2001 }, () => gzip(""))), /more than 2000 members/],
  ["gzip: in br", "br", gzip(LONG), /^the br coding is corrupt or truncated after 0/],
  ["deflate: end", "deflate", deflate(LONG).subarray(0, -1), /^the deflate coding is truncated after 14,000/],
  ["deflate: checksum", "deflate", flip(deflate(LONG), -1), /^the deflate coding is corrupt/],
  ["deflate: garbage", "deflate", join(deflate(LONG), "ab"), /^the deflate coding is followed by 2 octets/],
  ["deflate: block", "deflate", join(new Uint8Array([7, 7])), /^the deflate coding is corrupt after 0/],
  ["raw deflate: end", "deflate", raw(LONG).subarray(0, -1), /^the deflate coding is truncated/],
  ["raw deflate: garbage", "deflate", join(raw(LONG), "ab"), /^the deflate coding is followed by 2 octets/],
  ["br: end", "br", br(LONG).subarray(0, -1), /^the br coding is (corrupt or )?truncated/],
  ["br: garbage", "br", join(br(LONG), "ab"), /^the br coding is followed by 2 octets/],
  ["br in gzip: garbage", "br, gzip", gzip(join(br(LONG), "ab")), /^the br coding is followed by 2 octets/],
];

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at < 0 ? changed.length + at : at]! ^= 0xe0;
  return changed;
}

for (const [name, coding, content, error] of FAULTS) {
  Deno.test(`probe() explains why content cannot be decoded: ${name}`, async (test) => {
    const { result, ...body } = await bodyOf(answer(`Content-Encoding: ${coding}`, content));
    assertEquals([result.ok, body.complete, body.bytes, body.text], [true, true, content.length, undefined]);
    assertMatch(body.coding?.error ?? "", error);
    assertEquals(body.coding?.decodedBytes, undefined);
    await stepRows(test, [
      "body",
      "not body",
      'body !~ "x"',
      "json.a == 1",
      "not json.a",
      "body.coding.decodedBytes > 0",
    ], (expect) => {
      const check = checkResult(result, [parseExpectation(expect)])[0]!;
      assertEquals(check, {
        expect,
        ok: false,
        actual: undefined,
        reason: `the body could not be decoded: ${body.coding?.error}`,
      });
    });
  });
}

testRows(
  "probe() marks the decoded prefix of coded content as truncated",
  [TEXT, crypto.getRandomValues(new Uint8Array(90)), ""].flatMap((content) => [
    ["gzip", gzip(content)],
    ["deflate", deflate(content)],
    ["deflate", raw(content)],
    ["br", br(content)],
  ]) as [name: string, content: Uint8Array][],
  async ([name, content]) => {
    const { decodeContent } = await import("../../lib/probe/decode_content.ts");
    for (let length = 1; length <= content.length; length++) {
      const decoded = await decodeContent([content.subarray(0, length)], { names: [name] }, {
        maxBody: 1000,
      });
      assertEquals("error" in decoded, length < content.length, `${name}, ${length} of ${content.length}`);
    }
  },
);

Deno.test("decodeContent() reports no fault if the end was not read", async (test) => {
  const { decodeContent } = await import("../../lib/probe/decode_content.ts");
  await stepRows(
    test,
    [["gzip", gzip], ["deflate", deflate], ["deflate", raw], ["br", br]] as const,
    async ([name, encode]) => {
      const content = encode(TEXT);
      const options = { maxBody: 1000, partial: true };
      const errors = await Promise.all([1, content.length >> 1, content.length - 1].map(async (length) => {
        const decoded = await decodeContent([content.subarray(0, length)], { names: [name] }, options);
        return "error" in decoded ? decoded.error : "";
      }));
      const missing = /coding has no end in the part that was read/;
      assertEquals(errors.filter((error) => !missing.test(error)), []);
      const whole = await decodeContent([content], { names: [name] }, options);
      assert("content" in whole, name);
    },
  );
  const corrupt = await decodeContent([gzip(TEXT).fill(0, 10)], { names: ["gzip"] }, {
    maxBody: 9,
    partial: true,
  });
  assertMatch("error" in corrupt ? corrupt.error : "", /corrupt/);
});

Deno.test("probe() limits decoded content by maxBody and by its expansion ratio", async (test) => {
  const small = " ".repeat(500_000);
  const rows: [content: Uint8Array, maxBody: number | undefined, coding: string, error?: RegExp][] = [
    // Below 1 MiB any expansion ratio is allowed.
    [gzip(small), undefined, "gzip"],
    [br(small), undefined, "br"],
    [gzip(small), small.length, "gzip"],
    [
      gzip(small),
      small.length - 1,
      "gzip",
      /^decoded, it has more than 499,999 octets, the limit for content$/,
    ],
    [br(small), 1000, "br", /more than 1,000 octets/],
    [gzip(new Uint8Array(30_000_000)), 1e9, "gzip", /more than 200 times the 29,\d\d\d octets that came/],
    [br(new Uint8Array(30_000_000)), 1e9, "br", /more than 200 times the \d+ octets that came/],
    [deflate(new Uint8Array(30_000_000)), undefined, "deflate", /the limit for content|200 times/],
    [gzip(gzip(new Uint8Array(30_000_000))), 1e9, "gzip, gzip", /more than 200 times/],
  ];
  await stepRows(test, rows, async ([content, maxBody, coding, error]) => {
    const options = maxBody === undefined ? {} : { maxBody };
    const body = await bodyOf(answer(`Content-Encoding: ${coding}`, content), options);
    if (error) assertMatch(body.coding?.error ?? "", error);
    else assertEquals([body.text, body.coding?.error], [small, undefined]);
  });
});

testRows(
  "probe() lets the event loop turn while it decodes",
  [["gzip", gzip], [
    "br",
    (data: string) => brotliCompressSync(data, { params: { 1: 3 } }),
  ]] as const,
  async ([name, encode]) => {
    const { decodeContent } = await import("../../lib/probe/decode_content.ts");
    const lines = Array.from({ length: 400_000 }, (_, line) => `${line * 7919 % 1_000_003}\n`).join("");
    const content = encode(lines) as Uint8Array;
    let turns = 0;
    let decoding = true;
    const count = (): void => {
      turns++;
      if (decoding) setImmediate(count);
    };
    setImmediate(count);
    const many = Array.from(
      { length: 5 },
      () => decodeContent([content], { names: [name] }, { maxBody: 1e8 }),
    );
    for (const decoded of await Promise.all(many)) assert("content" in decoded);
    decoding = false;
    // Each takes several slices of 5 ms on any machine.
    assert(turns >= 5, `${turns} turns`);
  },
);

Deno.test("probe() reports a truncated coding of a truncated answer", async () => {
  const content = gzip(LONG);
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${content.length}\r\n\r\n`;
  const { result, ...body } = await bodyOf(join(head, content.subarray(0, 50)));
  assertEquals([result.error?.kind, body.complete, body.text], ["truncated", false, undefined]);
  assertStringIncludes(body.coding?.error ?? "", "is truncated");
});

Deno.test("probeSeries(), probeAll() and every hop of a redirect decode content in the same way", async () => {
  const coded = { send: answer("Content-Encoding: gzip", gzip(TEXT)) };
  const away = { send: answer("Location: /b\r\nContent-Encoding: br", br("moved"), "302 Found") };
  await using peer = await startPeer([
    [REQUEST, coded, REQUEST, coded, { fin: true }],
    [REQUEST, coded, { fin: true }],
    [REQUEST, away, { fin: true }],
    [REQUEST, coded, { fin: true }],
  ]);
  const options = { keepText: true, maxTime: LONGEST };
  const texts: unknown[] = [];
  for await (const { body } of probeSeries(urlOf(peer), { ...options, count: 2, reuse: true })) {
    texts.push(body?.text);
  }
  for await (const { body } of probeAll([urlOf(peer)], options)) texts.push(body?.text);
  const { body, redirects } = await probe(urlOf(peer), { ...options, maxRedirects: 1 });
  texts.push(redirects[0]?.body?.text, body?.text);
  assertEquals(texts, [TEXT, TEXT, TEXT, "moved", TEXT]);
});

Deno.test("probe() does not blame the server for a partial response with coded content", async (test) => {
  const coded = gzip(LONG);
  const rows: [range: string, first: number, last: number, text: string | undefined, error?: RegExp][] = [
    [
      "bytes 5-29/99",
      5,
      29,
      undefined,
      /^octets 5-29 of a coded content cannot be decoded without those in front/,
    ],
    [
      "bytes 0-29/*",
      0,
      29,
      undefined,
      /^the gzip coding has no end in the part that was read, \d+ decoded octets$/,
    ],
    [`bytes 0-${coded.length - 1}/${coded.length}`, 0, coded.length - 1, LONG],
    [`bytes 0-${coded.length - 1}/*`, 0, coded.length - 1, LONG],
  ];
  await stepRows(test, rows, async ([range, first, last, text, error]) => {
    const fields = `Content-Encoding: gzip\r\nContent-Range: ${range}`;
    const body = await bodyOf(answer(fields, coded.subarray(first, last + 1), "206 Partial Content"));
    assertEquals(body.text, text);
    if (error === undefined) assertEquals(body.coding?.error, undefined);
    else assertMatch(body.coding?.error ?? "", error);
  });
});

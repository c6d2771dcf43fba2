import type { Vector } from "../_run_vector.ts";

const START = "HTTP/1.1 200 OK\r\n";
const CHUNKED = "5\r\nhello\r\n0\r\n\r\n";
const notKept = { persistent: false, announced: { persistent: true } };
const broken = { ...notKept, expected: null, complete: false };

/** The place of the last coding: its element in a list, or else its line. */
function lastCoding(value: string): string {
  if (value === "chunked, gzip") return "chunked, |gzip";
  return value.startsWith("chunked\r\n") ? "chunked\r\n|Transfer" : "\r\n|Transfer";
}

/** The place of the element at fault in a list of lengths, or else of the line. */
function faultyLength(value: string): string {
  const places: Record<string, string> = {
    "5,": "5,|\r",
    ",5": " |,5",
    "5, x": "5, |x",
    "5, 6": "5, |6",
    "0, 5": "0, |5",
    "5\r\nContent-Length: 6": "5\r\n|Content",
    "5\r\nContent-Length: x": "5\r\n|Content",
    "5\r\nContent-Length:  5 ,\tx": "\t|x",
    "5,\r\n\t6": "\t|6",
    "9007199254740993, 9007199254740992": ", |9",
  };
  return places[value] ?? "\r\n|Content";
}

/** Where the body ends: RFC 9112 §6.3, row by row. */
export const framingVectors: readonly Vector[] = [
  // Row 1
  {
    name: "row 1: an interim response, then the final one",
    wire: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
    responses: [{ interim: [100], headers: [["Content-Length", "1"]], content: "x" }],
  },
  {
    name: "row 1: interim responses with framing fields",
    wire: "HTTP/1.1 103 E\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 204 OK\r\n\r\n",
    responses: [{ status: 204, framing: "none", interim: [103], headers: [] }],
    deviations: [["content-length-on-1xx-204", "\r\n|Content"], [
      "transfer-encoding-on-1xx-204",
      "\r\n|Transfer",
    ]],
  },
  {
    name: "row 1: an interim response to HEAD",
    wire: "HTTP/1.1 199 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none", interim: [199], headers: [["Content-Length", "9"]] }],
  },
  {
    name: "row 1: an unusable length in an interim response does not matter",
    wire: "HTTP/1.1 102 X\r\nContent-Length: x\r\n\r\nHTTP/1.1 204 OK\r\n\r\n",
    responses: [{ status: 204, framing: "none", interim: [102], headers: [] }],
    deviations: [["content-length-on-1xx-204", "\r\n|Content"]],
  },
  // Row 2
  {
    name: "row 2: 101, and the octets of the new protocol",
    wire: "HTTP/1.1 101 OK\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    requests: [{ method: "GET", upgrade: true }],
    end: "open",
    state: "switched",
    surplus: 19,
    responses: [{ status: 101, framing: "none", headers: [["Upgrade", "x"]], persistent: null }],
  },
  {
    name: "row 2: 101 that nobody asked for, with framing fields",
    wire: "HTTP/1.1 101 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
    surplus: 5,
    responses: [{ status: 101, framing: "none", persistent: null }],
    deviations: [
      ["unsolicited-101", 0],
      ["content-length-on-1xx-204", "\r\n|Content"],
      ["transfer-encoding-on-1xx-204", "\r\n|Transfer"],
    ],
  },
  // Row 3
  {
    name: "row 3: HEAD",
    wire: START + "Content-Length: 10\r\n\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none" }],
  },
  {
    name: "row 3: HEAD, chunked",
    wire: START + "Transfer-Encoding: chunked\r\n\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none" }],
  },
  {
    name: "row 3: HEAD without framing",
    wire: START + "\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none", headers: [] }],
  },
  {
    name: "row 3: HEAD with both fields",
    wire: START + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none" }],
    deviations: [["te-and-cl", "\r\n|Transfer"]],
  },
  ...["", "x", "5, 6", "+5", "99999999999999999999"].map((value): Vector => ({
    name: `row 3: HEAD with the length "${value}"`,
    wire: START + `Content-Length: ${value}\r\n\r\n`,
    requests: ["HEAD"],
    responses: [{ framing: "none" }],
    deviations: [["ignored-invalid-framing", value === "5, 6" ? "5, |6" : "\r\n|Content"]],
  })),
  {
    name: "row 3: HEAD with two lengths of which the second is unusable",
    wire: START + "Content-Length: 5\r\nA: b\r\nContent-Length: x\r\n\r\n",
    requests: ["HEAD"],
    responses: [{ framing: "none" }],
    deviations: [["ignored-invalid-framing", "b\r\n|Content"]],
  },
  {
    name: "row 3: the method is case-sensitive",
    wire: START + "Content-Length: 1\r\n\r\nx",
    requests: ["head"],
    responses: [{ content: "x" }],
  },
  // Row 4
  {
    name: "row 4: 204",
    wire: "HTTP/1.1 204 OK\r\n\r\n",
    responses: [{ status: 204, framing: "none", headers: [] }],
  },
  {
    name: "row 4: 204 with both fields",
    wire: "HTTP/1.1 204 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    responses: [{ status: 204, framing: "none" }],
    deviations: [["content-length-on-1xx-204", "\r\n|Content"], [
      "transfer-encoding-on-1xx-204",
      "\r\n|Transfer",
    ]],
  },
  {
    name: "row 4: 304 with both fields",
    wire: "HTTP/1.1 304 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    responses: [{ status: 304, framing: "none" }],
    deviations: [["te-and-cl", "\r\n|Transfer"]],
  },
  ...["", "x", "5, 6", "+5", "99999999999999999999"].map((value): Vector => ({
    name: `row 4: 304 with the length "${value}"`,
    wire: `HTTP/1.1 304 OK\r\nContent-Length: ${value}\r\n\r\n`,
    responses: [{ status: 304, framing: "none" }],
    deviations: [["ignored-invalid-framing", value === "5, 6" ? "5, |6" : "\r\n|Content"]],
  })),
  {
    name: "row 4: 304 with both fields, and lengths that contradict",
    wire: "HTTP/1.1 304 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n",
    responses: [{ status: 304, framing: "none" }],
    deviations: [["te-and-cl", "\r\n|Transfer"], ["ignored-invalid-framing", "d\r\n|Content"]],
  },
  {
    name: "row 4: 304 with one usable length",
    wire: "HTTP/1.1 304 OK\r\nContent-Length: 5\r\n\r\n",
    responses: [{ status: 304, framing: "none" }],
  },
  {
    name: "row 13: 205 has a body like any other",
    wire: "HTTP/1.1 205 OK\r\nContent-Length: 1\r\n\r\nx",
    responses: [{ status: 205, content: "x" }],
  },
  // Row 5
  {
    name: "row 5: CONNECT",
    wire: START + "\r\nanything",
    requests: ["CONNECT"],
    end: "open",
    state: "switched",
    surplus: 8,
    responses: [{ framing: "none", headers: [], persistent: null }],
  },
  {
    name: "row 5: CONNECT with both fields",
    wire: "HTTP/1.1 299 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
    requests: ["CONNECT"],
    surplus: 5,
    responses: [{ status: 299, framing: "none", persistent: null }],
    deviations: [["framing-on-connect-2xx", "\r\n|Transfer"]],
  },
  {
    name: "row 5: CONNECT with an unusable length",
    wire: START + "Content-Length: x\r\n\r\n",
    requests: ["CONNECT"],
    responses: [{ framing: "none", persistent: null }],
    deviations: [["framing-on-connect-2xx", "\r\n|Content"]],
  },
  {
    name: "row 5: CONNECT is a tunnel after 204 too",
    wire: "HTTP/1.1 204 OK\r\n\r\nhello",
    requests: ["CONNECT"],
    end: "open",
    state: "switched",
    surplus: 5,
    responses: [{ status: 204, framing: "none", headers: [], persistent: null }],
  },
  {
    name: "row 5: CONNECT with 204 and a length",
    wire: "HTTP/1.1 204 OK\r\nContent-Length: 5\r\n\r\nhello",
    requests: ["CONNECT"],
    surplus: 5,
    responses: [{ status: 204, framing: "none", persistent: null }],
    deviations: [["framing-on-connect-2xx", "\r\n|Content"]],
  },
  {
    name: "row 5: CONNECT that is refused has a body",
    wire: "HTTP/1.1 403 OK\r\nContent-Length: 2\r\n\r\nno",
    requests: ["CONNECT"],
    responses: [{ status: 403, content: "no" }],
  },
  // Row 6
  {
    name: "row 6: Transfer-Encoding in HTTP/1.0",
    wire: "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" + CHUNKED,
    responses: [{ version: "1.0", framing: "chunked", content: "hello", ...notKept }],
    deviations: [["te-in-http10", "\r\n|Transfer"]],
  },
  {
    name: "row 6: Transfer-Encoding other than chunked in HTTP/1.0",
    wire: "HTTP/1.0 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
    responses: [{ version: "1.0", framing: "until-close", content: "abc" }],
    deviations: [["te-in-http10", "\r\n|Transfer"], ["te-not-chunked-final", "\r\n|Transfer"]],
  },
  {
    name: "row 6: a version read as 1.1 is not 1.0",
    wire: "HTTP/0.9 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    responses: [{ version: "0.9", framing: "chunked", content: "hello", persistent: false }],
    deviations: [["unsupported-version", 0]],
  },
  // Row 7
  ...["chunked", "Chunked", "CHUNKED", " \tchunked\t "].map((value): Vector => ({
    name: `row 7: "${value}"`,
    wire: START + `Transfer-Encoding:${value}\r\n\r\n` + CHUNKED,
    responses: [{ framing: "chunked", content: "hello" }],
  })),
  ...["Transfer-Encoding: chunked\r\nContent-Length: 3", "Content-Length: x\r\nTransfer-Encoding: chunked"]
    .map(
      (fields): Vector => ({
        name: `row 7: both fields (${fields.slice(0, 17)} first)`,
        wire: START + fields + "\r\n\r\n" + CHUNKED,
        responses: [{ framing: "chunked", content: "hello", ...notKept }],
        deviations: [["te-and-cl", "\r\n|Transfer"]],
      }),
    ),
  ...([
    ["gzip, chunked", " |gzip"],
    ["gzip\r\nTransfer-Encoding: chunked", "\r\n|Transfer"],
    ['a;b="c, chunked", chunked', " |a;b"],
    ["\tgzip \t,chunked", "\t|gzip"],
    ["\r\n gzip,\r\n\tbr\r\nTransfer-Encoding: chunked", " |gzip"],
  ] as const).map(([value, place]): Vector => ({
    name: `row 7: ${JSON.stringify(value)}`,
    wire: START + `Transfer-Encoding: ${value}\r\n\r\n` + CHUNKED,
    responses: [{
      framing: "chunked",
      content: "hello",
      ...value.includes("br") &&
        { headers: [["Transfer-Encoding", "gzip, br"], ["Transfer-Encoding", "chunked"]] },
    }],
    deviations: [
      ...value.includes("br") ? [["obs-fold", "\n| gzip"], ["obs-fold", "\n|\tbr"]] as const : [],
      ["transfer-coding-other", place],
    ],
  })),
  ...([
    [", chunked", " |, chunked"],
    ["chunked,", "chunked,|"],
    [",,chunked, ,", " |,,chunked"],
    ["chunked, ,", "chunked, |,"],
    ["\r\nTransfer-Encoding: chunked", "\n|Transfer"],
  ] as const).map(([value, place]): Vector => ({
    name: `row 7: "${value}" has empty elements`,
    wire: START + `Transfer-Encoding: ${value}\r\n\r\n` + CHUNKED,
    responses: [{ framing: "chunked", content: "hello" }],
    deviations: [["te-empty-element", place]],
  })),
  // Row 8
  ...([
    ["chunked, chunked", "chunked, |chunked"],
    ["chunked\r\nTransfer-Encoding: Chunked", "chunked\r\n|Transfer"],
    ["chunked,\r\n chunked", "\r\n |chunked"],
  ] as const).map(([value, place]): Vector => ({
    name: `row 8: ${JSON.stringify(value)}`,
    wire: START + `Transfer-Encoding: ${value}\r\n\r\n` + CHUNKED,
    responses: [{
      framing: "chunked",
      content: "hello",
      ...notKept,
      ...value.includes("\n ") && { headers: [["Transfer-Encoding", "chunked, chunked"]] },
    }],
    deviations: [
      ...value.includes("\n ") ? [["obs-fold", "\n| chunked"] as const] : [],
      ["te-duplicate-chunked", place],
    ],
  })),
  {
    name: "row 8: chunked, gzip, chunked",
    wire: START + "Transfer-Encoding: chunked, gzip, chunked\r\n\r\n" + CHUNKED,
    responses: [{ framing: "chunked", content: "hello", ...notKept }],
    deviations: [["te-duplicate-chunked", "gzip, |chunked"], ["transfer-coding-other", " |gzip"]],
  },
  // Row 9
  ...[
    "chunked;x=1",
    "chunked ;x",
    "chunked, gzip",
    "chunked\r\nTransfer-Encoding: gzip",
    "identity",
    "gzip",
    "\xa0chunked",
    "chunked\xa0",
    "chunked\v",
    "xchunked",
    "chunkedx",
    '"chunked"',
    "chunked chunked",
    "chu\tnked",
    'a;b="c, chunked',
  ].map((value): Vector => ({
    name: `row 9: ${JSON.stringify(value)}`,
    wire: START + `Transfer-Encoding: ${value}\r\n\r\n` + CHUNKED,
    responses: [{ framing: "until-close", content: CHUNKED }],
    deviations: [
      ...value.includes("\xa0")
        ? [["obs-text-in-value", value[0] === "c" ? "d|\xa0" : ": |\xa0"] as const]
        : [],
      ...value.includes("\v") ? [["ctl-in-value", "d|\v"] as const] : [],
      ["te-not-chunked-final", lastCoding(value)],
    ],
  })),
  {
    name: "row 9: an empty Transfer-Encoding",
    wire: START + "Transfer-Encoding:\r\n\r\nabc",
    responses: [{ framing: "until-close", content: "abc" }],
    deviations: [["te-empty-element", "\r\n|Transfer"], ["te-not-chunked-final", "\r\n|Transfer"]],
  },
  {
    name: "row 9: other than chunked, with a length",
    wire: START + "Content-Length: 1\r\nTransfer-Encoding: gzip\r\n\r\nabc",
    responses: [{ framing: "until-close", content: "abc" }],
    deviations: [["te-and-cl", "\r\n|Transfer"], ["te-not-chunked-final", "\r\n|Transfer"]],
  },
  // Row 10
  ...["5", "005", " \t5\t "].map((value): Vector => ({
    name: `row 10: "${value}"`,
    wire: START + `Content-Length:${value}\r\n\r\nhello`,
    responses: [{ content: "hello" }],
  })),
  { name: "row 10: no octets", wire: START + "Content-Length: 0\r\n\r\n" },
  {
    name: "row 10: lines of one value",
    wire: START + "Content-Length: 5\r\nA: b\r\ncontent-length: 5\r\n\r\nhello",
    responses: [{ content: "hello" }],
    deviations: [["duplicate-content-length", "\r\n|content-length"]],
  },
  {
    name: "row 10: a list of one value",
    wire: START + "Content-Length: 5, 05 ,5\r\n\r\nhello",
    responses: [{ content: "hello" }],
    deviations: [["content-length-list", "\r\n|Content"]],
  },
  {
    name: "row 10: lines and a list",
    wire: START + "Content-Length: 5\r\ncontent-length: 5, 5\r\n\r\nhello",
    responses: [{ content: "hello" }],
    deviations: [["duplicate-content-length", "\r\n|content-"], ["content-length-list", "\r\n|content-"]],
  },
  // Row 11
  ...[
    "+5",
    "-5",
    "0x10",
    "",
    "5x",
    "5.0",
    "1e1",
    "5_0",
    "5 5",
    "5,",
    ",5",
    "5;a",
    '"5"',
    "five",
    "-0",
    "5, x",
    "5\r\nContent-Length: x",
    "5\r\nContent-Length:  5 ,\tx",
  ].map(
    (value): Vector => ({
      name: `row 11: the length ${JSON.stringify(value)}`,
      wire: START + `Content-Length: ${value}\r\n\r\nhello`,
      responses: [broken],
      fatal: ["invalid-content-length", faultyLength(value), "head"],
    }),
  ),
  {
    name: "row 11: digits of another script",
    wire: START + "Content-Length: \xb2\r\n\r\n",
    responses: [broken],
    deviations: [["obs-text-in-value", ": |\xb2"]],
    fatal: ["invalid-content-length", "\r\n|Content", "head"],
  },
  ...["5, 6", "5\r\nContent-Length: 6", "0, 5", "9007199254740993, 9007199254740992", "5,\r\n\t6"].map((
    value,
  ): Vector => ({
    name: `row 11: the lengths ${JSON.stringify(value)} contradict`,
    wire: START + `Content-Length: ${value}\r\n\r\nhello`,
    responses: [{ ...broken, ...value.includes("\t") && { headers: [["Content-Length", "5, 6"]] } }],
    deviations: value.includes("\t") ? [["obs-fold", "\n|\t6"]] : [],
    fatal: ["conflicting-content-length", faultyLength(value), "head"],
  })),
  // Row 12
  ...["9007199254740992", "18446744073709551616", "18446744073709551621", "1".repeat(400)].map((
    value,
  ): Vector => ({
    name: `row 12: the length ${value.slice(0, 24)}`,
    wire: START + `Content-Length: ${value}\r\n\r\nhello`,
    responses: [broken],
    fatal: ["content-length-overflow", "\r\n|Content", "head"],
  })),
  {
    name: "row 12: the greatest length, with leading zeros",
    wire: START + "Content-Length: 0009007199254740991\r\n\r\nhello",
    end: "open",
    state: "body",
    responses: [{ content: "hello", expected: 9007199254740991, complete: false }],
  },
  // Row 13
  {
    name: "row 13: no framing",
    wire: START + "A: b\r\n\r\nhello",
    responses: [{ framing: "until-close", content: "hello" }],
    deviations: [["close-delimited", 0]],
  },
  {
    name: "row 13: no framing and no octet",
    wire: START + "A: b\r\n\r\n",
    responses: [{ framing: "until-close" }],
    deviations: [["close-delimited", 0]],
  },
  // Row K
  ...[
    ["1.1", "", true],
    ["1.1", "Connection: close\r\n", false],
    ["1.1", "connection: Foo, CLOSE\r\n", false],
    ["1.1", "Connection: foo\r\nConnection: close\r\n", false],
    ["1.1", "Connection: closed\r\n", true],
    ["1.1", "Connection: keep-alive, close\r\n", false],
    ["1.1", "Proxy-Connection: close\r\n", true],
    ["1.0", "", false],
    ["1.0", "Connection: Keep-Alive\r\n", true],
    ["1.0", "Connection: foo ,\tkeep-alive\r\n", true],
    ["1.0", "Connection: keep-alive\r\nConnection: close\r\n", false],
    ["1.0", "Proxy-Connection: keep-alive\r\n", false],
    ["1.2", "Connection: close\r\n", false],
  ].map(([version, fields, persistent]): Vector => ({
    name: `row K: ${version} with ${JSON.stringify(fields)}`,
    wire: `HTTP/${version} 200 OK\r\n${fields}Content-Length: 0\r\n\r\n`,
    responses: [{ version: `${version}`, persistent: persistent === true }],
    deviations: version === "1.2" ? [["unsupported-version", 0]] : [],
  })),
  {
    name: "row K: until close is not persistent whatever Connection says",
    wire: START + "Connection: keep-alive\r\n\r\nx",
    responses: [{ framing: "until-close", content: "x" }],
    deviations: [["close-delimited", 0]],
  },
  {
    name: "row K: Keep-Alive says for how long",
    wire: START + "Keep-Alive: timeout=5, Max=100, timeout=7, x\r\nContent-Length: 0\r\n\r\n",
    responses: [{ announced: { persistent: true, timeout: 5, max: 100 } }],
  },
];

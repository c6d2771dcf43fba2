import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { addressesOf } from "../../lib/batch/address_range.ts";
import type { BatchTarget } from "../../lib/batch/batch_target.ts";
import { expandTarget, parsePaths, parsePorts } from "../../lib/batch/expand_target.ts";
import { parseJsonTarget } from "../../lib/batch/parse_json_target.ts";
import { readTargets, type ReadTargetsOptions } from "../../lib/batch/read_targets.ts";
import { EncodingError } from "../../lib/text/decode/encoding_error.ts";
import { stepRows, testRows } from "../_test_rows.ts";

/** Cuts the list into pieces of a number of octets. */
async function read(list: string | Uint8Array, options: ReadTargetsOptions = {}, size = 1 << 16) {
  const octets = typeof list === "string" ? new TextEncoder().encode(list) : list;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
  }
  return await Array.fromAsync(readTargets(pieces(), options));
}

const urls = async (list: string, options?: ReadTargetsOptions) =>
  (await read(list, options)).map((target) => "url" in target ? target.url : `bad ${target.input}`);

Deno.test(
  "readTargets() reads lines of every kind, however the stream is cut",
  { permissions: "none" },
  async (test) => {
    const list =
      "\ufeff# comment\r\n\r\nexample.org\r\n  a:81  \nhttp://ä/p?q#f # note\n\t# more\n[::1]:8080\n::1\nlast";
    await stepRows(test, [1, 2, 7, 1 << 16], async (size) => {
      assertEquals(await read(list, {}, size), [
        { url: "example.org", line: 3 },
        { url: "a:81", line: 4 },
        { url: "http://ä/p?q#f", line: 5 },
        { url: "[::1]:8080", line: 7 },
        { url: "::1", line: 8 },
        { url: "last", line: 9 },
      ], `${size}`);
    });
    assertEquals(await read(""), []);
    assertEquals(await read("\n\r\n \n"), []);
  },
);

testRows("readTargets() gives the lines before an octet that is not UTF-8, however the stream is cut", [
  1,
  2,
  5,
  100,
], async (size) => {
  const octets = Uint8Array.from("a\nb\nc\xe9\nd\n", (unit) => unit.charCodeAt(0));
  const urls: unknown[] = [];
  const error = await assertRejects(async () => {
    const pieces = async function* () {
      for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
    };
    for await (const target of readTargets(pieces())) urls.push("url" in target && target.url);
  }, EncodingError);
  assertEquals([urls, error.message.slice(0, 23)], [["a", "b"], "line 3 has the byte E9,"]);
});

testRows<[line: string, cause: string]>(
  "readTargets() turns a bad line into a target with its number and cause, and continues",
  [
    ["10.0.0.0/33", "0 to 32 bits"],
    ["2001:db8::/64", "more than 16,777,216 addresses"],
    ["{", "Cannot read the JSON line: the object does not end on it; write each object on one line"],
    ["{]}", "Cannot read the JSON line: Expected property name"],
    ["[", "The list is a JSON document: write one URL or one object a line, as jq -c '.[]' FILE prints them"],
    ['["http://a/", "http://b/"]', "The list is a JSON document"],
    ['[{"url":"a"}]', "The list is a JSON document"],
    ["{}", '"url" is missing'],
    [
      '{"schema":1,"kind":"summary","input":"a","url":"http://a/"}',
      "it is the summary of a series, not a row",
    ],
    ['{"schema":1,"fact":"status"}', 'it is no row of a target, "input" is missing'],
    ['{"url":"a","uri":"b"}', '"uri" does not exist, the nearest one is "url"'],
    ['{"url":"a","headers":{"b":1}}', '"headers"'],
    ['{"url":"a","expect":"status == 200"}', "Cannot check expectations"],
    ["x".repeat(70_000), "more than 65536 characters"],
    ["url,name", "it is a row with commas"],
    [
      "http://a/,shop # one",
      'Cannot probe "http://a/,shop": it is a row with commas; keep the column of targets alone',
    ],
    ["https://a:8443,shop", "it is a row with commas"],
  ],
  async ([line, cause]) => {
    const [bad, good, ...more] = await read(`${line}\ngood`);
    assert(bad && "problem" in bad, line);
    assertStringIncludes(bad.problem, cause);
    assertEquals([bad.line, bad.input], [1, line.slice(0, 200)]);
    assertEquals([good, more], [{ url: "good", line: 2 }, []]);
  },
);

testRows<[line: string]>(
  "readTargets() keeps the commas of a path, a query and a password",
  [["http://a/b,c"], ["http://a/?b,c"], ["a/b,c"], ["http://u:p,w@a/"], ["http://u:p,w@a/,b@c"], [
    '{"url":"http://a/,b"}',
  ]],
  async ([line]) => {
    assertEquals((await urls(line)).map((url) => url.startsWith("bad")), [false]);
  },
);

Deno.test("readTargets() expands ranges, ports and paths", async () => {
  assertEquals(await urls("10.0.0.254/30\n"), ["10.0.0.252", "10.0.0.253", "10.0.0.254", "10.0.0.255"]);
  assertEquals(await urls("a\nb:1\nhttp://c/d", { ports: [80, 443], paths: ["/", "/x"] }), [
    ...["a:80/", "a:80/x", "a:443/", "a:443/x"],
    ...["b:1/", "b:1/x"],
    ...["http://c:80/d", "http://c:443/d"],
  ]);
  assertEquals((await urls("127.0.0.0/18")).length, 2 ** 14);
});

testRows(
  "readTargets() gives every target to exactly one shard, counted from 0 or from 1",
  [0, 1],
  async (first) => {
    const list = Array.from({ length: 3_000 }, (_, index) => `host${index}.example`).join("\n") +
      "\nbad host/33\n{\n";
    const all = (await urls(list)).sort();
    const parts = await Promise.all(
      [0, 1, 2, 3].map((part) => urls(list, { shard: { index: part + first, count: 4 } })),
    );
    assertEquals(parts.flat().sort(), all);
    for (const part of parts) assert(part.length > 650 && part.length < 850, `${part.length}`);
  },
);

Deno.test("readTargets() distinguishes JSON lines with the same URL by the whole line", async () => {
  const [get, post, again] = await read(
    '{"url":"http://a/"}\n{"url":"http://a/","method":"POST"}\n{"url":"http://a/"}',
  );
  assert(get && post && again && "url" in get && "url" in post && "url" in again);
  assert(get.id !== undefined && get.id !== post.id);
  assertEquals(get.id, again.id);
});

testRows<[row: string, target: BatchTarget]>("parseJsonTarget() reads the target of a row that sonde saved", [
  ['{"schema":1,"input":"a","url":"http://a/","method":"GET","ok":false,"line":3}', { url: "a" }],
  [
    '{"schema":1,"input":"a","url":"http://b/","method":"HEAD","tag":"t","address":"::1"}',
    { url: "a", method: "HEAD", tag: "t", address: "::1" },
  ],
  ['{"schema":1,"input":"a b","url":"","method":"","error":{"kind":"usage"}}', { url: "a b" }],
], ([row, target]) => assertEquals(parseJsonTarget(row), { target, expect: [] }));

Deno.test("parseJsonTarget() reads every member", { permissions: "none" }, () => {
  assertEquals(
    parseJsonTarget(
      '{"url":"h","method":"PUT","headers":[["A","ü"],["a","2"]],"body":"b","address":"::1","sni":"s","tag":7,"expect":["status"]}',
    ),
    {
      target: {
        url: "h",
        method: "PUT",
        headers: [["A", "\xc3\xbc"], ["a", "2"]],
        body: "b",
        address: "::1",
        sni: "s",
        tag: "7",
      },
      expect: ["status"],
    },
  );
});

Deno.test("addressesOf() counts through ranges of both families", { permissions: "none" }, async (test) => {
  assertEquals([...addressesOf("0.0.0.0/31")!], ["0.0.0.0", "0.0.0.1"]);
  assertEquals([...addressesOf("255.255.255.255/32")!], ["255.255.255.255"]);
  assertEquals([...addressesOf("2001:db8::ffff/127")!], ["2001:db8::fffe", "2001:db8::ffff"]);
  assertEquals([...addressesOf("::ffff:1.2.3.4/127")!], ["::ffff:102:304", "::ffff:102:305"]);
  assertEquals([...addressesOf("fe80::/110")!].length, 2 ** 18);
  await stepRows(test, ["http://10.0.0.0/8", "10.0.0.1", "a/24", "10.0.0.0/"], (text) => {
    assertEquals(addressesOf(text), undefined);
  });
  await stepRows(
    test,
    ["10.0.0.256/24", "1:2/127", "127.0.0.010/32", "0127.0.0.0/31", "127.00.0.0/31"],
    (text) => {
      assertThrows(() => addressesOf(text), SyntaxError);
    },
  );
});

testRows<[text: string, expanded: string[]]>(
  "expandTarget() keeps the port and path that a target already has",
  [
    ["h", ["h:8/x"]],
    ["h/", ["h:8/x"]],
    ["h:9", ["h:9/x"]],
    ["h/y", ["h:8/y"]],
    ["h?q", ["h:8?q"]],
    ["::1", ["[::1]:8/x"]],
    ["http://u:p@[::1]/", ["http://u:p@[::1]:8/x"]],
    ["HTTPS://h:443/y", ["HTTPS://h:443/y"]],
  ],
  ([text, expanded]) => {
    assertEquals(expandTarget(text, { ports: [8], paths: ["/x"] }), expanded, text);
    assertEquals(expandTarget(text), [text]);
  },
  { permissions: "none" },
);

Deno.test(
  "parsePorts() and parsePaths() read lists, and name the faulty element",
  { permissions: "none" },
  async (test) => {
    assertEquals(parsePorts("80,443, 8000-8002,80"), [80, 443, 8000, 8001, 8002]);
    assertEquals(parsePaths("/, /a?b=c,/"), ["/", "/a?b=c"]);
    await stepRows(test, ["", "a", "1-", "-1", "80,,443", "1.5"], (text) => {
      assertThrows(() => parsePorts(text), SyntaxError, text);
    });
    await stepRows(test, ["0", "65536", "2-1", "1-65536"], (text) => {
      assertThrows(() => parsePorts(text), RangeError, text);
    });
    assertThrows(() => parsePaths("/a,b"), SyntaxError, '"b"');
  },
);

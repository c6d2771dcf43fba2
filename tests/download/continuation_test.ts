import { assertEquals, assertMatch } from "@std/assert";
import { download, type DownloadResult } from "../../lib/download.ts";
import { withFolder } from "../_folder.ts";
import { respond, serveAnswers } from "./_file_server.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const TAG = 'ETag: "v1"';
const WHOLE = "0123456789abcdefghij";
const REST = WHOLE.slice(10);
const RANGE = "Content-Range: bytes 10-19/20";
const COMPLETE = respond("200 OK", [TAG], WHOLE);

function part(fields: readonly string[], body = REST, length = body.length): string {
  return respond("206 Partial Content", fields, body, length);
}

/** Encodes content in chunks of one octet. */
function chunkedPart(fields: readonly string[], body: string): string {
  const chunks = [...body].map((octet) => `1\r\n${octet}\r\n`).join("");
  return ["HTTP/1.1 206 Part", ...fields, "Transfer-Encoding: chunked", "", `${chunks}0\r\n\r\n`].join(
    "\r\n",
  );
}

function closedPart(fields: readonly string[], body: string): string {
  return ["HTTP/1.1 206 Part", ...fields, "", body].join("\r\n");
}

/** Resumes ten octets of twenty. */
async function resume(
  folder: string,
  answers: readonly string[],
  state: Record<string, unknown> = {},
  left = WHOLE.slice(0, 10),
): Promise<{ result: DownloadResult; requests: number }> {
  await using server = serveAnswers(answers);
  Deno.writeTextFileSync(`${folder}/f.part`, left);
  const recorded = { url: server.url, etag: '"v1"', total: 20, ...state };
  Deno.writeTextFileSync(`${folder}/f.part.json`, JSON.stringify(recorded));
  const result = await download(server.url, { file: `${folder}/f`, resume: true });
  return { result, requests: server.asked.length };
}

testRows<[name: string, answers: string[], state?: Record<string, unknown>]>(
  "download() continues a part only with an answer that agrees with all known facts",
  [
    ["the rest", [part([RANGE, TAG])]],
    ["a total that nobody has recorded", [part([RANGE, TAG])], { total: undefined }],
    ["a total that the answer does not know", [part(["Content-Range: bytes 10-19/*", TAG])]],
    ["chunked", [chunkedPart([RANGE, TAG], REST)]],
    ["until the close", [closedPart([RANGE, TAG], REST)]],
    ["the same coding", [part([RANGE, TAG, "Content-Encoding: GZIP"])], { coding: "gzip" }],
    ["a coding that the answer leaves out", [part([RANGE, TAG])], { coding: "gzip" }],
    ["in two parts", [
      part(["Content-Range: bytes 10-14/20", TAG], REST.slice(0, 5)),
      part(["Content-Range: bytes 15-19/20", TAG], REST.slice(5)),
    ]],
    ["in two parts, the total not in the first", [
      part(["Content-Range: bytes 10-14/*", TAG], REST.slice(0, 5)),
      part(["Content-Range: bytes 15-19/20", TAG], REST.slice(5)),
    ]],
    ["without any total, until nothing is left", [
      part(["Content-Range: bytes 10-19/*", TAG]),
      respond("416 No", ["Content-Range: bytes */20"], ""),
    ], { total: undefined }],
    ["without any total, in two parts", [
      part(["Content-Range: bytes 10-14/*", TAG], REST.slice(0, 5)),
      part(["Content-Range: bytes 15-19/20", TAG], REST.slice(5)),
    ], { total: undefined }],
  ],
  async ([name, answers, state]) => {
    await withFolder(async (folder) => {
      const { result, requests } = await resume(folder, answers, state);
      assertEquals([result.ok, result.resumedAt, result.restarted], [true, 10, undefined], name);
      assertEquals([requests, result.total], [answers.length, 20], name);
      assertEquals(Deno.readTextFileSync(`${folder}/f`), WHOLE, name);
    });
  },
);

Deno.test("download() starts over and explains why if anything disagrees", async (test) => {
  const other = 'ETag: "v2"';
  const rows: [name: string, answers: string[], why: RegExp, state?: Record<string, unknown>][] = [
    [
      "another total",
      [part(["Content-Range: bytes 10-29/30", TAG], `${REST}${REST}`)],
      /of 20 octets.* of 30$/,
    ],
    ["a smaller total", [part(["Content-Range: bytes 10-14/15", TAG], "abcde")], /of 20 octets.* of 15$/],
    ["beyond the total", [part(["Content-Range: bytes 10-24/*", TAG], `${REST}abcde`)], /up to octet 25$/],
    ["another start", [part(["Content-Range: bytes 5-14/20", TAG])], /from 10 on .* from 5 on came/],
    ["a later start", [part(["Content-Range: bytes 11-19/20", TAG], REST.slice(1))], /from 11 on came/],
    ["another length", [part([RANGE, TAG], "abc")], /has 3 octets, and 10 by its Content-Range/],
    ["a longer length", [part([RANGE, TAG], `${REST}abc`)], /has 13 octets, and 10 by its Content-Range/],
    ["nothing", [part([RANGE, TAG], "")], /has 0 octets, and 10 by its Content-Range/],
    ["more chunks", [chunkedPart([RANGE, TAG], `${REST}!`)], /more than the 10 octets/],
    ["fewer chunks", [chunkedPart([RANGE, TAG], "abc")], /brought 3 of the 10 octets/],
    ["no chunks", [chunkedPart([RANGE, TAG], "")], /has 0 octets, and 10 by its Content-Range/],
    ["more until the close", [closedPart([RANGE, TAG], `${REST}!`)], /more than the 10 octets/],
    ["another tag", [part([RANGE, other])], /another version/],
    ["a weak tag", [part([RANGE, 'ETag: W/"v1"'])], /another version/],
    ["two tags", [part([RANGE, TAG, other])], /another version/],
    ["another date", [part([RANGE, "Last-Modified: y"])], /another version/, {
      etag: undefined,
      lastModified: "x",
    }],
    [
      "another coding",
      [part([RANGE, TAG, "Content-Encoding: gzip"])],
      /coded as identity, and the answer as gzip/,
    ],
    ["no range", [part([TAG])], /does not say which/],
    ["two ranges", [part([RANGE, RANGE, TAG])], /Content-Range is "bytes 10-19\/20" and "bytes/],
    ["an odd range", [part(["Content-Range: octets 10-19/20", TAG])], /Content-Range is "octets 10-19\/20"/],
    [
      "several parts",
      [part([RANGE, TAG, "Content-Type: Multipart/Byteranges; boundary=x"])],
      /several parts/,
    ],
    ["a whole with a range", [respond("200 OK", [RANGE, TAG], REST)], /200 for the whole.* from 10 on/],
    [
      "416 of the part",
      [respond("416 No", ["Content-Range: bytes */10", TAG], "")],
      /10 octets of 20, .* has 10$/,
    ],
    [
      "416 of the whole",
      [respond("416 No", ["Content-Range: bytes */20", TAG], "")],
      /10 octets of 20, .* has 20$/,
    ],
    [
      "416 of another version",
      [respond("416 No", ["Content-Range: bytes */10", other], "")],
      /another version$/,
      {
        total: undefined,
      },
    ],
    ["in two parts of two versions", [
      part(["Content-Range: bytes 10-14/20", TAG], REST.slice(0, 5)),
      part(["Content-Range: bytes 15-19/20", other], REST.slice(5)),
    ], /another version/],
    [
      "in two parts of two totals, none recorded",
      [
        part(["Content-Range: bytes 10-14/20", TAG], REST.slice(0, 5)),
        part(["Content-Range: bytes 15-29/30", TAG], `${REST}abcde`),
      ],
      /of 20 octets.* of 30$/,
      { total: undefined },
    ],
  ];
  await stepRows(test, rows, async ([name, answers, why, state]) => {
    await withFolder(async (folder) => {
      const { result, requests } = await resume(folder, [...answers, COMPLETE], state);
      assertEquals(
        [result.error, result.resumedAt, requests],
        [undefined, undefined, answers.length + 1],
        name,
      );
      assertMatch(result.restarted ?? "", why, name);
      assertEquals(Deno.readTextFileSync(`${folder}/f`), WHOLE, name);
    });
  });
});

Deno.test("download() explains why it does not try to continue an existing part", async (test) => {
  const rows: [state: Record<string, unknown>, left: string, why: RegExp][] = [
    [{ etag: undefined }, "0123456789", /no ETag or Last-Modified that identifies/],
    [{ etag: 'W/"v1"' }, "0123456789", /no ETag or Last-Modified that identifies/],
    [{ etag: '"v1"\r\nX: y' }, "0123456789", /no ETag or Last-Modified that identifies/],
    [{ url: "http://127.0.0.1:1/" }, "0123456789", /the part is of http:\/\/127\.0\.0\.1:1\//],
    [{ request: "bytes=10-19" }, "0123456789", /another request \(bytes=10-19\)/],
    [{ total: 9 }, "0123456789", /10 octets, more than the 9 of the whole/],
  ];
  await stepRows(test, rows, async ([state, left, why]) => {
    await withFolder(async (folder) => {
      const { result } = await resume(folder, [COMPLETE], state, left);
      assertEquals([result.ok, result.resumedAt, result.received], [true, undefined, 20]);
      assertMatch(result.restarted ?? "", why);
    });
  });
  await withFolder(async (folder) => {
    const { result } = await resume(folder, [COMPLETE], {}, "");
    assertEquals([result.ok, result.restarted], [true, undefined], "an empty part is none");
  });
});

Deno.test("download() removes the part if it wrote octets that disagree", async () => {
  await withFolder(async (folder) => {
    const { result } = await resume(folder, [chunkedPart([RANGE, TAG], "abc"), ""]);
    assertEquals([result.ok, result.resumable, result.error?.kind], [false, false, "closed"]);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["f.part"]);
  });
});

Deno.test("download() records a total that only a partial response announced", async () => {
  await withFolder(async (folder) => {
    const cut = part([RANGE, TAG], "abc", 10);
    await using server = serveAnswers([cut, part(["Content-Range: bytes 13-22/23", TAG]), COMPLETE]);
    Deno.writeTextFileSync(`${folder}/f.part`, WHOLE.slice(0, 10));
    Deno.writeTextFileSync(`${folder}/f.part.json`, JSON.stringify({ url: server.url, etag: '"v1"' }));
    const options = { file: `${folder}/f`, resume: true };
    const first = await download(server.url, options);
    assertEquals([first.error?.kind, first.bytes, first.total, first.resumable], ["truncated", 13, 20, true]);
    const second = await download(server.url, options);
    assertEquals([second.ok, second.restarted], [
      true,
      "the part is of a whole of 20 octets, and the answer of one of 23",
    ]);
  });
});

Deno.test("download() takes a range that the close cuts short as truncated, and continues it later", async () => {
  await withFolder(async (folder) => {
    const { result } = await resume(folder, [closedPart([RANGE, TAG], "abc")]);
    assertEquals([result.error?.kind, result.bytes, result.resumable], ["truncated", 13, true]);
    assertMatch(result.error?.message ?? "", /closed 7 octets before the end of the answer's range/);
  });
});

Deno.test("download() with a range of the caller accepts only that range, and leaves no part", async (test) => {
  const rows: [wanted: string, answer: string, expected: string][] = [
    ["bytes=10-19", part([RANGE]), "ok"],
    ["bytes=10-", part([RANGE]), "ok"],
    ["bytes=-10", part([RANGE]), "ok"],
    ["bytes=10-30", part([RANGE]), "ok"],
    ["bytes=0-1,10-19", part(["Content-Type: multipart/byteranges; boundary=x"], "--x--"), "ok"],
    ["bytes=10-19", respond("200 OK", [], WHOLE), "ok"],
    ["bytes=0-9", part([RANGE]), "range"],
    ["bytes=10-14", part([RANGE]), "range"],
    ["bytes=-5", part([RANGE]), "range"],
    ["bytes=10-19", part([]), "range"],
    ["bytes=10-19", part([RANGE], "abc"), "range"],
    ["bytes=10-19", chunkedPart([RANGE], "abc"), "range"],
    ["bytes=10-19", chunkedPart([RANGE], `${REST}!`), "range"],
    ["bytes=10-19", closedPart([RANGE], "abc"), "truncated"],
  ];
  await stepRows(test, rows, async ([wanted, answer, expected]) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers([answer]);
      const headers: [string, string][] = [["Range", wanted]];
      const { ok, error } = await download(server.url, { file: `${folder}/f`, headers });
      assertEquals(ok ? "ok" : error?.kind, expected, `${wanted} ${answer}`);
    });
  });
  await withFolder(async (folder) => {
    await using server = serveAnswers([part([RANGE, TAG], "abc", 10), COMPLETE]);
    const file = `${folder}/f`;
    const cut = await download(server.url, { file, headers: [["Range", "bytes=10-19"]] });
    assertEquals([cut.error?.kind, cut.resumable], ["truncated", false]);
    const result = await download(server.url, { file, resume: true });
    assertEquals([result.ok, Deno.readTextFileSync(file)], [true, WHOLE]);
    assertMatch(result.restarted ?? "", /another request \(bytes=10-19\)/);
  });
});

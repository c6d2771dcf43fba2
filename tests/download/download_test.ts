import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { download, type DownloadOptions, type DownloadResult } from "../../lib/download.ts";
import { withFolder } from "../_folder.ts";
import { respond, serveAnswers } from "./_file_server.ts";
import { startPeer } from "../peer/peer.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const TAG = 'ETag: "v1"';
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

function leavePart(folder: string, content: string, state: Record<string, unknown>): void {
  Deno.writeTextFileSync(`${folder}/f.part`, content);
  Deno.writeTextFileSync(`${folder}/f.part.json`, JSON.stringify(state));
}

function kindOf({ ok, error }: DownloadResult): string {
  return ok ? "ok" : error?.kind ?? "none";
}

testRows<[answer: string, framing: string]>(
  "download() saves content of every framing to a file and gives its digest",
  [
    [respond("200 OK", [], "hello"), "content-length"],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "chunked"],
    ["HTTP/1.1 200 OK\r\n\r\nhello", "until-close"],
    ["HTTP/1.0 203 Fine\r\n\r\nhello", "until-close"],
  ],
  async ([answer, framing]) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers([answer]);
      const result = await download(server.url, { file: `${folder}/f` });
      assertEquals([kindOf(result), result.bytes, result.received], ["ok", 5, 5], framing);
      assertEquals([result.sha256, result.exchanges[0]?.body?.framing], [HELLO, framing]);
      assertEquals([Deno.readTextFileSync(`${folder}/f`), namesIn(folder)], ["hello", ["f"]]);
    });
  },
);

Deno.test("download() saves empty content, and content that is larger than any buffer", async (test) => {
  const large = "0123456789abcdef".repeat(100_000);
  await stepRows(test, ["", large], async (body) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers([respond("200 OK", [], body)]);
      const told: number[] = [];
      const onProgress = ({ bytes }: { bytes: number }) => void told.push(bytes);
      const result = await download(server.url, { file: `${folder}/f`, onProgress });
      assertEquals([kindOf(result), result.bytes], ["ok", body.length]);
      assertEquals(result.sha256, createHash("sha256").update(body).digest("hex"));
      assertEquals(Deno.readTextFileSync(`${folder}/f`) === body, true);
      assertEquals(told.at(-1), body.length);
    });
  });
});

testRows<[answer: string, kind: string, part: string | undefined]>(
  "download() leaves a part that records its progress, and no file",
  [
    [respond("200 OK", [TAG], "hel", 5), "truncated", "hel"],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n", "truncated", "hel"],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nx\r\n", "syntax", "hel"],
    [respond("404 Not Found", [], "gone"), "status", undefined],
    [respond("302 Found", ["Location: /else"], ""), "status", undefined],
    [respond("206 Partial Content", ["Content-Range: bytes 0-2/5"], "hel"), "status", undefined],
    ["SSH-2.0-x\r\n", "syntax", undefined],
    ["", "closed", undefined],
  ],
  async ([answer, kind, part]) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers([answer]);
      const result = await download(server.url, { file: `${folder}/f` });
      assertEquals([kindOf(result), result.error?.by], [kind, "target"], answer);
      assertEquals(namesIn(folder), part === undefined ? [] : ["f.part", "f.part.json"], answer);
      if (part === undefined) return;
      assertEquals([result.part, result.bytes, result.file], [`${folder}/f.part`, 3, undefined]);
      assertEquals(Deno.readTextFileSync(`${folder}/f.part`), part);
    });
  },
);

Deno.test("download() resumes only if the answer really continues the part, and starts over otherwise", async (test) => {
  const rest = (fields: string[], body = "lo") => respond("206 Partial Content", fields, body);
  const whole = respond("200 OK", [TAG], "hello");
  const range = "Content-Range: bytes 3-4/5";
  const rows: [
    name: string,
    answers: string[],
    expected: { requests: number; resumed: number | undefined },
  ][] = [
    ["continued", [rest([range, TAG])], { requests: 1, resumed: 3 }],
    ["continued without a tag", [rest([range])], { requests: 1, resumed: 3 }],
    ["length unknown", [rest(["Content-Range: bytes 3-4/*"])], { requests: 1, resumed: 3 }],
    ["in two parts", [rest(["Content-Range: bytes 3-3/5"], "l"), rest(["Content-Range: bytes 4-4/5"], "o")], {
      requests: 2,
      resumed: 3,
    }],
    ["changed meanwhile", [whole], { requests: 1, resumed: undefined }],
    ["other octets", [rest(["Content-Range: bytes 0-1/5"], "he"), whole], {
      requests: 2,
      resumed: undefined,
    }],
    ["no Content-Range", [rest([]), whole], { requests: 2, resumed: undefined }],
    ["multipart", [rest(["Content-Type: multipart/byteranges; boundary=x"]), whole], {
      requests: 2,
      resumed: undefined,
    }],
    ["other version in a 206", [rest([range, 'ETag: "v2"']), whole], { requests: 2, resumed: undefined }],
    ["416 of a shorter file", [respond("416 No", ["Content-Range: bytes */2"], ""), whole], {
      requests: 2,
      resumed: undefined,
    }],
    ["416 of a longer file", [respond("416 No", ["Content-Range: bytes */5", TAG], ""), whole], {
      requests: 2,
      resumed: undefined,
    }],
    ["416 that says nothing", [respond("416 No", [], ""), whole], { requests: 2, resumed: undefined }],
  ];
  await stepRows(test, rows, async ([name, answers, { requests, resumed }]) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers(answers);
      leavePart(folder, "hel", { url: server.url, etag: '"v1"', total: 5 });
      const result = await download(server.url, { file: `${folder}/f`, resume: true });
      assertEquals([kindOf(result), result.sha256], ["ok", HELLO], name);
      assertEquals([server.asked.length, result.resumedAt], [requests, resumed], name);
      assertEquals(server.asked[0], { range: "bytes=3-", ifRange: '"v1"' }, name);
      assertEquals(result.restarted === undefined, resumed !== undefined, name);
      assertEquals([Deno.readTextFileSync(`${folder}/f`), namesIn(folder)], ["hello", ["f"]], name);
    });
  });
});

Deno.test("download() treats a 416 for a complete part as success", async () => {
  await withFolder(async (folder) => {
    await using server = serveAnswers([respond("416 No", ["Content-Range: bytes */5", TAG], "")]);
    leavePart(folder, "hello", { url: server.url, etag: '"v1"' });
    const result = await download(server.url, {
      file: `${folder}/f`,
      resume: true,
      expectedSha256: HELLO.toUpperCase(),
    });
    assertEquals([kindOf(result), result.bytes, result.received, result.total], ["ok", 5, 0, 5]);
    assertEquals(namesIn(folder), ["f"]);
  });
});

testRows<[name: string, state: (url: string) => Record<string, unknown>]>(
  "download() does not request a range if it cannot distinguish versions",
  [
    ["other URL", () => ({ url: "http://127.0.0.1:1/x", etag: '"v1"' })],
    ["no validator", (url) => ({ url })],
    ["state of another kind", () => ({ etag: 7 })],
  ],
  async ([name, state]) => {
    await withFolder(async (folder) => {
      await using server = serveAnswers([respond("200 OK", [TAG], "hello")]);
      leavePart(folder, "hex", state(server.url));
      const result = await download(server.url, { file: `${folder}/f`, resume: true });
      assertEquals([kindOf(result), server.asked], ["ok", [{ range: null, ifRange: null }]], name);
      assertEquals(Deno.readTextFileSync(`${folder}/f`), "hello", name);
    });
  },
);

Deno.test("download() continues in a second run from the part of the first one", async () => {
  await withFolder(async (folder) => {
    await using server = serveAnswers([
      respond("200 OK", [TAG], "hel", 5),
      respond("206 Partial Content", ["Content-Range: bytes 3-4/5"], "lo"),
    ]);
    const options = { file: `${folder}/f`, resume: true };
    const first = await download(server.url, options);
    assertEquals([kindOf(first), first.bytes, first.total], ["truncated", 3, 5]);
    const second = await download(server.url, options);
    assertEquals([kindOf(second), second.resumedAt, second.received, second.sha256], ["ok", 3, 2, HELLO]);
  });
});

Deno.test("download() finds the part under a name that only the answer contains", async () => {
  await withFolder(async (folder) => {
    const named = 'Content-Disposition: attachment; filename="../f"';
    await using server = serveAnswers([
      respond("200 OK", [TAG, named], "hello"),
      respond("206 Partial Content", ["Content-Range: bytes 3-4/5"], "lo"),
    ]);
    leavePart(folder, "hel", { url: server.url, etag: '"v1"' });
    const result = await download(server.url, { folder, resume: true });
    assertEquals([kindOf(result), result.file, result.resumedAt], ["ok", `${folder}/f`, 3]);
    assertEquals(Deno.readTextFileSync(`${folder}/f`), "hello");
  });
});

Deno.test("download() never overwrites a file without permission from the caller", async (test) => {
  await withFolder(async (folder) => {
    const named = 'Content-Disposition: attachment; filename="f"';
    await using server = serveAnswers([respond("200 OK", [named], "hello")]);
    Deno.writeTextFileSync(`${folder}/f`, "mine");
    const rows: [options: DownloadOptions, requests: number][] = [[{ file: `${folder}/f` }, 0], [
      { folder },
      1,
    ]];
    await stepRows(test, rows, async ([options, requests]) => {
      const result = await download(server.url, options);
      assertEquals([kindOf(result), result.error?.by, server.asked.length], ["exists", "local", requests]);
      assertEquals([Deno.readTextFileSync(`${folder}/f`), namesIn(folder)], ["mine", ["f"]]);
    });
    Deno.symlinkSync(`${folder}/nowhere`, `${folder}/link`);
    assertEquals(kindOf(await download(server.url, { file: `${folder}/link` })), "exists");
    assertEquals(kindOf(await download(server.url, { folder, overwrite: true })), "ok");
    assertEquals(Deno.readTextFileSync(`${folder}/f`), "hello");
  });
});

Deno.test("download() does not follow a symbolic link at the path of the part", async (test) => {
  await withFolder(async (folder) => {
    await using server = serveAnswers([respond("200 OK", [TAG], "hello")]);
    Deno.writeTextFileSync(`${folder}/victim`, "mine");
    Deno.symlinkSync(`${folder}/victim`, `${folder}/f.part`);
    await stepRows(test, [false, true], async (resume) => {
      const result = await download(server.url, { file: `${folder}/f`, overwrite: true, resume });
      assertEquals([kindOf(result), Deno.readTextFileSync(`${folder}/victim`)], ["ok", "mine"]);
    });
  });
});

Deno.test("download() gives its rate in octets per second of receiving content", async () => {
  await using server = serveAnswers([respond("200 OK", [TAG], "x".repeat(100_000))]);
  const result = await download(server.url, { onBody: () => {} });
  const { receive = 0 } = result.timings;
  assertEquals([result.ok, result.received], [true, 100_000]);
  if (receive === 0) assertEquals(result.rate, undefined);
  else assertEquals(Math.round(result.rate ?? 0), Math.round(100_000_000 / receive));
});

Deno.test("download() accepts only content with the given digest", async () => {
  await withFolder(async (folder) => {
    await using server = serveAnswers([respond("200 OK", [TAG], "hellO")]);
    const result = await download(server.url, { file: `${folder}/f`, expectedSha256: HELLO });
    assertEquals([kindOf(result), result.error?.by, result.bytes], ["digest", "target", 5]);
    assertEquals([result.part, result.resumable], [`${folder}/f.part`, false]);
    assertMatch(result.error?.message ?? "", new RegExp(HELLO));
    // Nothing remains to resume: the same octets would come again.
    assertEquals(namesIn(folder), ["f.part"]);
  });
});

Deno.test("download() reports a problem with the file before it sends a request", async (test) => {
  await withFolder(async (folder) => {
    await using server = serveAnswers([respond("200 OK", [], "hello")]);
    const rows: [file: string, kind: string][] = [
      [`${folder}/none/f`, "file"],
      [folder, "file"],
    ];
    await stepRows(test, rows, async ([file, kind]) => {
      const result = await download(server.url, { file });
      assertEquals([kindOf(result), result.error?.by, server.asked.length], [kind, "local", 0], file);
    });
  });
});

Deno.test("download() passes content on, and reads no further until the consumer takes it", async () => {
  const body = "x".repeat(3_000_000);
  await using server = serveAnswers([respond("200 OK", [], body)]);
  let taken = 0;
  let busy = 0;
  let most = 0;
  const onBody = async (data: Uint8Array): Promise<void> => {
    most = Math.max(most, ++busy);
    await Promise.resolve();
    taken += data.length;
    busy--;
  };
  const result = await download(server.url, { onBody });
  assertEquals([kindOf(result), taken, most, result.file], ["ok", body.length, 1, undefined]);
  assertEquals(result.sha256, createHash("sha256").update(body).digest("hex"));
});

Deno.test("download() follows redirects with maxRedirects", async () => {
  await using target = serveAnswers([respond("200 OK", [], "hello")]);
  await using first = serveAnswers([respond("302 Found", [`Location: ${target.url}`], "moved")]);
  const followed = await download(first.url, { onBody: () => {}, maxRedirects: 3 });
  assertEquals([kindOf(followed), followed.url, followed.exchanges[0]?.redirects.length], [
    "ok",
    target.url,
    1,
  ]);
});

Deno.test("download() ends a stall in any phase, and names the phase", async (test) => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n";
  const rows: [sent: string, phase: string, bytes: number, message: string][] = [
    [
      "",
      "wait",
      0,
      "get an answer to GET URL: no octet came within 300 ms",
    ],
    [
      head,
      "head",
      0,
      "read the head of the answer to GET URL: nothing more came for 300 ms (--stall-timeout)",
    ],
    [
      `${head}\r\nhe`,
      "body",
      2,
      "read the body of the answer to GET URL: nothing more came for 300 ms (--stall-timeout)",
    ],
  ];
  await stepRows(test, rows, async ([sent, phase, bytes, message]) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}/`;
    const serving = listener.accept();
    const stalled = download(url, { onBody: () => {}, stallTimeout: 300, maxTime: 60_000 });
    using conn = await serving;
    if (sent !== "") await conn.write(new TextEncoder().encode(sent));
    const result = await stalled;
    assertEquals([kindOf(result), result.error?.phase, result.bytes], ["timeout", phase, bytes]);
    // On a busy machine it also says how much time was lost.
    const expected = `Cannot ${message.replace("URL", url)}`;
    assertEquals(result.error?.message.slice(0, expected.length), expected);
  });
});

Deno.test("download() ends a request that the server does not read", async () => {
  await using peer = await startPeer([{ deaf: true }, { stall: true }]);
  const url = `http://127.0.0.1:${peer.port}/`;
  // More than the buffers of both ends.
  const body = new Uint8Array(32 * 1024 * 1024);
  const result = await download(url, {
    onBody: () => {},
    method: "POST",
    body,
    stallTimeout: 200,
    maxTime: 60_000,
  });
  assertEquals([kindOf(result), result.error?.phase], ["timeout", "send"]);
  // On a busy machine it also says how much time was lost.
  const message = `Cannot send POST ${url}: the peer took nothing more for 200 ms (--stall-timeout)`;
  assertEquals(result.error?.message.slice(0, message.length), message);
});

Deno.test("download() keeps the part when it is aborted", async () => {
  await withFolder(async (folder) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const serving = listener.accept();
    const stop = new AbortController();
    const running = download(`http://127.0.0.1:${listener.addr.port}/`, {
      file: `${folder}/f`,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    using conn = await serving;
    await conn.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"));
    const result = await running;
    assertEquals([kindOf(result), result.error?.by, result.bytes], ["aborted", "local", 2]);
    assertEquals(Deno.readTextFileSync(`${folder}/f.part`), "he");
  });
});

Deno.test("download() refuses options that contradict each other before any I/O", async () => {
  const onBody = (): void => {};
  await assertRejects(
    () => download("http://h/", { expectedSha256: "abc" }),
    SyntaxError,
    "64 hexadecimal digits",
  );
  await assertRejects(() => download("http://h/", { onBody, file: "f" }), TypeError, "onBody");
  const headers = [["Range", "bytes=0-1"] as [string, string]];
  await assertRejects(() => download("http://h/", { resume: true, headers }), TypeError, "Range");
  await assertRejects(() => download("http://h/", { resume: true, method: "POST" }), TypeError, "POST");
  assert((await download("http://127.0.0.1:1/", { onBody, connectTimeout: 1000 })).error?.kind === "refused");
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { startPeer } from "../../../peer/peer.ts";
import { run, type RunOutcome } from "../../_run.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

/** Parses text of one code unit per octet from stdin. */
function parse(wire: string, ...args: string[]): Promise<RunOutcome> {
  const octets = Uint8Array.from(wire, (unit) => unit.charCodeAt(0));
  const stdin = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(octets);
      controller.close();
    },
  });
  return run(["parse", ...args], { stdin });
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

Deno.test({
  name: "sonde parse reports the same about captured octets as a probe, without any permission",
  permissions: "none",
  async fn(test) {
    const rows: [wire: string, args: string[], code: number, messages: Record<string, unknown>[]][] = [
      [`${OK}hi`, [], 0, [{ index: 1, offset: 0, ok: true, status: 200 }]],
      [`${OK}hi${OK}ho`, ["-"], 0, [{ index: 1, offset: 0 }, { index: 2, offset: 40 }]],
      [OK, ["--method", "HEAD"], 0, [{ ok: true, method: "HEAD" }]],
      [OK, [], 1, [{ ok: false, status: 200 }]],
      [OK, ["--end", "open"], 1, [{ ok: false, error: undefined }]],
      [`${OK}hixyz`, [], 1, [{ ok: true }, { ok: false, offset: 40, status: undefined }]],
      ["HTTP/1.1 204 X\r\nConnection: close\r\n\r\nxyz", [], 0, [{ ok: true, surplusBytes: 3 }]],
      ["SSH-2.0-x\r\n", [], 1, [{ ok: false, offset: 0 }]],
      ["", [], 1, [{ ok: false }]],
      ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", ["--request"], 0, [{
        type: "request",
        method: "GET",
        target: "/",
      }]],
      ["GET / HTTP/1.1\r\nHost: a\r\n\r\nBAD\r\n", ["--request"], 1, [{ ok: true }, {
        ok: false,
        offset: 27,
      }]],
      ["", ["--request"], 1, [{ ok: false, type: "request" }]],
      ["\r\n", ["--request"], 1, [{ ok: false, offset: 0 }]],
      ["CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n\x16\x03\x01\0\0", ["--request"], 0, [{
        ok: true,
        surplusBytes: 5,
        deviations: [],
      }]],
    ];
    await stepRows(test, rows, async ([wire, args, code, messages]) => {
      const outcome = await parse(wire, "--json", ...args);
      const parsed = outcome.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
      const seen = parsed.map((message, index) =>
        Object.fromEntries(Object.keys(messages[index] ?? message).map((key) => [key, message[key]]))
      );
      assertEquals([outcome.code, seen], [code, messages], JSON.stringify(wire));
    });
    const trailing = await parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n", "--json", "--request");
    const { deviations } = JSON.parse(trailing.stdout);
    assertEquals(deviations.map((it: Record<string, unknown>) => [it.code, it.offset]), [[
      "leading-crlf",
      27,
    ]]);
    const text = await parse(`${OK.replace("\r\n", "\n")}\x1b!`, "--body");
    assertEquals(text.code, 0);
    assertStringIncludes(text.stdout, "response 1 at octet 0, the answer to GET\n\nHTTP/1.1 200 OK\n");
    assertStringIncludes(text.stdout, "\\x1b!");
    assertStringIncludes(text.stdout, "bare-lf  tolerated, at octet 15, RFC 9112 §2.2");
    assertEquals((await run(["parse", "a", "b"])).code, 2);
    assertEquals((await run(["parse", "a"])).code, 3);
  },
});

testRows<[head: string, line: string]>(
  "sonde parse says of a connection what the head announces, or the default",
  [
    ["HTTP/1.1 204 X\r\n", "connection   stays open, the default of HTTP/1.1"],
    ["HTTP/1.0 204 X\r\n", "connection   closes, the default of HTTP/1.0"],
    ["HTTP/1.1 204 X\r\nConnection: keep-alive\r\n", "connection   announced to stay open"],
    ["HTTP/1.1 204 X\r\nConnection: close\r\n", "connection   announced to close"],
    ["HTTP/1.1 200 X\r\n", "connection   ends with the body"],
  ],
  async ([head, line]) => {
    assertStringIncludes((await parse(`${head}\r\n`)).stdout, `${line}\n`);
  },
  { permissions: "none" },
);

Deno.test("sonde parse reads the output of --wire=FILE", async () => {
  const file = await Deno.makeTempFile();
  try {
    await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: `${OK}` }]);
    const probed = await run(["probe", "-q", "-I", `--wire=${file}`, `http://127.0.0.1:${peer.port}/x`]);
    assertEquals(probed.code, 0);
    const responses = await run(["parse", "--json", file]);
    const { ok, method, status, connection } = JSON.parse(responses.stdout);
    assertEquals([responses.code, ok, method, status, connection], [0, true, "HEAD", 200, 1]);
    const requests = await run(["parse", "--request", file]);
    assertStringIncludes(requests.stdout, "request 1 on connection 1 at octet 0\n\nHEAD /x HTTP/1.1\n");
    await Deno.writeTextFile(file, "not a capture\n", { append: true });
    const broken = await run(["parse", file]);
    assertEquals(broken.code, 3);
    assertStringIncludes(broken.stderr, "Cannot read a line of a wire capture");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("sonde parse accepts --end only for a capture that does not record its end", async (test) => {
  const file = await Deno.makeTempFile();
  const received = JSON.stringify({
    at: 1,
    type: "received",
    connection: 1,
    offset: 0,
    data: "HTTP/1.1 200 OK\r\n\r\nhello",
  });
  const endsBy = (how: string): string =>
    JSON.stringify({ at: 2, type: "end", connection: 1, by: "peer", how });
  const fin = endsBy("fin");
  const cut = endsBy("tls-truncated");
  const reset = endsBy("rst");
  const rows: [lines: string[], args: string[], code: number, text: string][] = [
    [[received, fin], [], 0, "5 octets, complete"],
    [[received, fin], ["--end", "fin"], 0, "5 octets, complete"],
    [[received, fin], ["--end", "open"], 2, "--end open: the capture has fin for connection 1"],
    [[received, cut], ["--end", "fin"], 2, "--end fin: the capture has tls-truncated for connection 1"],
    [[received, reset], [], 1, "The peer reset the connection after 5 octets of content"],
    [[received, reset], ["--end", "fin"], 2, "--end fin: the capture has rst for connection 1"],
    [[received], [], 1, "5 octets, not complete yet"],
    [[received], ["--end", "rst"], 1, "FAILED: reset at octet 24"],
    [[received], ["--end", "fin"], 0, "5 octets, complete"],
    [[received], ["--end", "tls-truncated"], 1, "FAILED: truncated at octet 24"],
  ];
  try {
    await stepRows(test, rows, async ([lines, args, code, text]) => {
      await Deno.writeTextFile(file, lines.map((line) => `${line}\n`).join(""));
      const outcome = await run(["parse", ...args, file]);
      assertEquals(outcome.code, code, `${lines} ${args} ${outcome.stderr}`);
      assertStringIncludes(outcome.stdout + outcome.stderr, text);
    });
  } finally {
    await Deno.remove(file);
  }
});

Deno.test({
  name: "sonde parse names the coding of content, and decodes it for --body",
  permissions: "none",
  async fn(test) {
    const coded = (content: Uint8Array, coding: string) =>
      `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${content.length}\r\n\r\n` +
      Array.from(content, (octet) => String.fromCharCode(octet)).join("");
    const gzip = gzipSync("hello é") as Uint8Array;
    const rows: [wire: string, args: string[], coding: unknown, text: string | undefined][] = [
      [coded(gzip, "gzip"), ["--body"], { names: ["gzip"], decodedBytes: 8 }, "hello é"],
      [coded(gzip, "gzip"), [], { names: ["gzip"] }, undefined],
      [coded(gzip, "br"), ["--body"], {
        names: ["br"],
        error: "the br coding is corrupt or truncated after 0 decoded octets",
      }, undefined],
    ];
    await stepRows(test, rows, async ([wire, args, coding, text]) => {
      const { body } = JSON.parse((await parse(wire, "--json", ...args)).stdout);
      assertEquals([body.coding, body.text], [coding, text]);
    });
    assertStringIncludes((await parse(coded(gzip, "gzip"), "--body")).stdout, "hello é\n");
  },
});

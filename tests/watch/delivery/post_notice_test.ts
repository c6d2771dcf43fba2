import { assertEquals, assertMatch } from "@std/assert";
import { postNotice } from "../../../lib/watch/delivery/post_notice.ts";
import { startPeer } from "../../peer/peer.ts";
import type { Script } from "../../peer/script.ts";
import { skipWaits } from "../../_skipped_waits.ts";
import { testRows } from "../../_test_rows.ts";
import { notice } from "./_notices.ts";
import { receiver } from "./services/_request.ts";

const OK = "HTTP/1.1 200 OK\r\n";

testRows<[name: string, script: Script, failure: { kind: string; error: RegExp } | undefined]>(
  "postNotice() lets the status decide, whatever happens to the connection",
  [
    ["a proper answer", [{ send: `${OK}Content-Length: 2\r\n\r\nok` }], undefined],
    ["no content", [{ send: "HTTP/1.1 204 No Content\r\n\r\n" }], undefined],
    ["a slow answer", [{ pause: 200 }, { send: `${OK}Content-Length: 0\r\n\r\n` }], undefined],
    [
      "a slow content",
      [{ send: `${OK}Content-Length: 40\r\n\r\n` }, { drip: "x".repeat(40), every: 20 }],
      undefined,
    ],
    ["a reset within the content", [{ send: `${OK}Content-Length: 40\r\n\r\nok` }, { rst: true }], undefined],
    ["an endless content", [{ send: `${OK}\r\n` }, { flood: 10_000_000 }, { stall: true }], undefined],
    ["a reset instead of an answer", [{ rst: true }], { kind: "unreachable", error: /^reset in wait: / }],
    ["an end instead of an answer", [{ fin: true }], { kind: "unreachable", error: / in wait: / }],
    ["no answer", [{ stall: true }], { kind: "unreachable", error: /^timeout in wait: / }],
    ["something else than HTTP", [{ send: "SSH-2.0-x\r\n" }], {
      kind: "unreachable",
      error: /^syntax in head: /,
    }],
    [
      "an error, and a reset",
      [{ send: "HTTP/1.1 404 Not Found\r\nContent-Length: 40\r\n\r\nno" }, { rst: true }],
      { kind: "refused", error: /^the answer was 404/ },
    ],
    [
      "a redirect",
      [{ send: "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://b.test/\r\nContent-Length: 0\r\n\r\n" }],
      {
        kind: "refused",
        error: /^the answer was 308, which leads to https:\/\/b\.test\/; sonde does not follow it$/,
      },
    ],
  ],
  async ([, script, expected]) => {
    using _clock = skipWaits();
    await using peer = await startPeer([{ expect: "\r\n\r\n" }, { expect: "}" }, ...script]);
    const url = `http://127.0.0.1:${peer.port}/`;
    const failure = await postNotice(
      { type: "webhook", url, headers: {} },
      JSON.stringify(notice({ title: "", cause: "", check: "" })),
      { limit: 500, signal: new AbortController().signal },
    );
    assertEquals(failure?.kind, expected?.kind, failure?.error);
    if (expected !== undefined) assertMatch(failure?.error ?? "", expected.error);
  },
);

Deno.test("postNotice() refuses a request that the values of a notice make impossible", async () => {
  const entry = { type: "webhook", url: "http://${check.name}.test/" };
  const options = { limit: 500, signal: new AbortController().signal };
  const failure = await postNotice(receiver(entry), JSON.stringify(notice({ check: "a b" })), options);
  assertEquals(failure?.kind, "refused", failure?.error);
});

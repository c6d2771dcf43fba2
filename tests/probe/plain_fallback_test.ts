import { assertEquals } from "@std/assert";
import { keepCredentials, mayBePlain } from "../../lib/probe/plain_fallback.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import type { ErrorKind, ProbeResult } from "../../lib/result.ts";
import { goodResult, refusedResult } from "../report/_samples.ts";
import { startPeer } from "../peer/peer.ts";
import { testRows } from "../_test_rows.ts";

/** A handshake that failed after the server had sent a record of TLS. */
function failedInTls(): ProbeResult {
  const result = failedOverHttps("tls");
  return { ...result, error: { ...result.error!, speaksTls: true } };
}

function failedOverHttps(kind: ErrorKind, changes: Partial<ProbeResult> = {}): ProbeResult {
  const { error, ...result } = refusedResult();
  return { ...result, url: "https://a.test/", error: { ...error!, kind }, ...changes };
}

testRows<[name: string, result: ProbeResult, plain: boolean]>(
  "mayBePlain() allows http only if no octet of an answer arrived over https",
  [
    ["an answer", goodResult(), false],
    ["refused", failedOverHttps("refused"), true],
    ["unreachable", failedOverHttps("unreachable"), true],
    ["timeout", failedOverHttps("timeout"), true],
    ["no TLS", failedOverHttps("tls"), true],
    ["TLS that failed", failedInTls(), false],
    ["no such name", failedOverHttps("resolve"), false],
    ["a certificate", failedOverHttps("certificate"), false],
    ["a missing permission", failedOverHttps("permission"), false],
    ["no port left", failedOverHttps("resource"), false],
    ["closed after the handshake", failedOverHttps("closed", { tls: goodResult().tls! }), false],
    ["closed in the answer", failedOverHttps("closed", { status: 200 }), false],
    ["refused after a redirect", failedOverHttps("refused", { redirects: [goodResult()] }), false],
  ],
  ([name, result, plain]) => {
    assertEquals(mayBePlain(result), plain, name);
  },
  {
    permissions: "none",
  },
);

const ADVICE = "sonde sends credentials over http only if the URL begins with http://";
const CREDENTIALS = { credentials: { user: "a", password: "b" } };

testRows<[input: string, options: ProbeOptions, kept: boolean]>(
  "keepCredentials() lets no credentials leave this machine over http without being told to",
  [
    ["shop.test", {}, false],
    ["shop.test", CREDENTIALS, true],
    ["shop.test:8080", { headers: { cookie: "a=b" } }, true],
    ["shop.test", { headers: [["AUTHORIZATION", "Bearer x"]] }, true],
    ["shop.test", { rawRequest: new TextEncoder().encode("GET / HTTP/1.1\r\nCookie: a\r\n\r\n") }, true],
    ["shop.test", { headers: { "X-Cookie": "a=b" } }, false],
    ["a:b@10.0.0.7:8080", {}, true],
    ["127.0.0.7.shop.test", CREDENTIALS, true],
    ["a:b@127.0.0.7:8080", {}, false],
    ["localhost:8080", CREDENTIALS, false],
    ["app.localhost", CREDENTIALS, false],
    ["[::1]:8080", CREDENTIALS, false],
    ["shop.test", { ...CREDENTIALS, unixSocket: "/run/shop.sock" }, false],
  ],
  ([input, options, kept]) => {
    const { error } = refusedResult();
    const found = keepCredentials(error!, settleTarget(parseTarget(input), "http"), options);
    assertEquals(found, kept ? { ...error!, message: `${error!.message}; ${ADVICE}` } : undefined);
  },
  { permissions: "none" },
);

Deno.test("probe() and probeSeries() send no credentials to a bare host that has no https", async () => {
  await using peer = await startPeer([{ send: "HTTP/1.1 400 Bad Request\r\n\r\n" }, { fin: true }]);
  const { port } = peer;
  const resolve = [{ host: "shop.test", port, addresses: ["127.0.0.1"] }];
  const options: ProbeOptions = { ...CREDENTIALS, resolve, linger: { kept: 0, closing: 0 } };
  const [first] = await Array.fromAsync(probeSeries(`shop.test:${port}`, { ...options, reuse: true }));
  const results = [await probe(`shop.test:${port}`, options), first!];
  assertEquals(results.map(({ url }) => url), new Array(2).fill(`https://shop.test:${port}/`));
  assertEquals(results.map(({ attempts }) => attempts), [undefined, undefined]);
  assertEquals(results.map(({ error }) => error?.message.endsWith(ADVICE)), [true, true]);
  assertEquals(peer.connections.length, 2);
});

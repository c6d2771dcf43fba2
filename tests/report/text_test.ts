import { sgrPaint } from "../text/_sgr_paint.ts";
import { assert, assertEquals, assertFalse, assertNotMatch } from "@std/assert";
import { formatResult } from "../../lib/report/text.ts";
import { goodResult, plainResult, refusedResult, truncatedResult } from "./_samples.ts";

const GOOD = [
  "GET https://shop.example.test/items?page=2 at 192.0.2.10:443",
  "",
  "HTTP/1.1 200 OK",
  "Server: nginx/1.25.3",
  "Content-Type: application/json; charset=utf-8",
  "Set-Cookie: a=1; Path=/",
  "set-cookie: b=2; Path=/; HttpOnly",
  "Transfer-Encoding: chunked",
  "",
  "body         chunked, 3 chunks, 1,204 octets (1,240 on the wire), complete",
  "connection   still open after the response, the default of HTTP/1.1",
  "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1",
  "             verified",
  "certificate  CN=shop.example.test",
  "             issuer CN=Example Issuing CA 3, O=Example Trust Services, C=FR",
  "             valid 2026-02-21T00:00:00Z to 2026-05-23T23:59:59Z, 83 days left",
  "             names shop.example.test, www.shop.example.test,",
  "               cdn.shop.example.test, api.shop.example.test",
  "",
  "timing",
  "  dns       1.21 ms  ▌",
  "  connect   12.3 ms  ▐████▌",
  "  tls       28.1 ms       ▐██████████▌",
  "  send      0.05 ms                  ▐",
  "  wait       103 ms                  ▐████████████████████████████████████████",
  "  receive    4.2 ms                                                           ██",
  "  total      150 ms",
];

const REFUSED = [
  "GET http://localhost:8081/",
  "tried        [::1]:8081 refused after 0.11 ms",
  "             127.0.0.1:8081 refused after 0.09 ms",
  "",
  "FAILED: refused (fault of the target)",
  "  Cannot connect to 127.0.0.1:8081: connection refused",
  "",
  "timing",
  "  dns        0.4 ms  ██████████████████████████",
  "  connect    0.3 ms                            ████████████████████",
  "  total      0.9 ms",
];

const TRUNCATED = [
  "redirect 1 of 1",
  "GET http://127.0.0.1:8080/old",
  "HTTP/1.1 301 Moved Permanently",
  "Location: /",
  "timing       total 0.78 ms",
  "",
  "GET http://127.0.0.1:8080/",
  "",
  "FAILED: truncated (fault of the target)",
  "  The connection was closed with FIN after 1,204 of 5,000 octets of the body",
  "",
  "HTTP/1.1 103 Early Hints  (interim, 3.2 ms after the request)",
  "Link: </a.css>; rel=preload",
  "",
  "HTTP/1.1 200 OK",
  "Server: odd/0.1",
  "Content-Length: 5000",
  "Link: </a.css>; rel=preload; as=style, </b.css>; rel=preload; as=style, ",
  "    </c.js>; rel=preload; as=script",
  "X-Note: café 日本, raw \\xe9, bell \\x07, path C:\\\\tmp",
  "",
  "body         Content-Length, not complete",
  "connection   closed by the peer with FIN 3.1 ms after the last octet",
  "",
  "timing",
  "  connect   0.21 ms  ████████████████",
  "  send      0.04 ms                  ███",
  "  wait      0.42 ms                     ███████████████████████████████▌",
  "  receive   0.03 ms                                                    ▐██",
  "  total     0.78 ms",
  "chain        2 requests, total 1.56 ms",
  "",
  "deviations (6 findings)",
  "  truncated-body  fatal, at octet 1,404, RFC 9112 §8",
  "    The body ends after 1204 of 5000 octets",
  "  connection-lie  sender, at octet 1,404, RFC 9112 §9.6",
  "    Closed although the head announced a persistent connection",
  "  bare-lf ×3  tolerated, first at octet 17, RFC 9112 §2.2",
  "    A line of the head ends with LF alone",
  "      HTTP/1.1 200 OK\\n",
  "  obs-text-in-value  info, at octet 120, RFC 9110 §5.5",
  "    Octets above 0x7f in the value of X-Note",
  "      caf\\xc3\\xa9",
];

Deno.test("formatResult() shows a complete result at 80 columns", { permissions: "none" }, () => {
  assertEquals(formatResult(goodResult()).split("\n"), GOOD);
  assertEquals(formatResult(refusedResult()).split("\n"), REFUSED);
  assertEquals(formatResult(truncatedResult()).split("\n"), TRUNCATED);
});

Deno.test("formatResult() uses colours only with paint", { permissions: "none" }, () => {
  assertFalse(formatResult(truncatedResult()).includes("\x1b"));
  assert(
    formatResult(truncatedResult(), { paint: sgrPaint }).includes("\x1b[1;31mFAILED: truncated\x1b[22;39m"),
  );
});

Deno.test(
  "formatResult() shows the content of the body between head and facts",
  { permissions: "none" },
  () => {
    const body = {
      framing: "content-length",
      bytes: 9,
      wireBytes: 9,
      complete: true,
      trailers: [],
      text: "one\ntwo\x07\n",
    } as const;
    const lines = formatResult(plainResult({ body: { ...body, trailers: [] } })).split("\n");
    const at = lines.indexOf("one");
    assertEquals(lines.slice(at - 1, at + 4), [
      "",
      "one",
      "two\\x07",
      "",
      "body         Content-Length, 9 octets, complete",
    ]);
  },
);

Deno.test(
  "formatResult() shows earlier hops in brief, and in full when verbose",
  { permissions: "none" },
  () => {
    const hop = plainResult({
      status: 302,
      reason: "Found",
      headers: [["X-Hop", "1"], ["location", "/next"]],
    });
    const result = plainResult({ redirects: [hop, hop] });
    const brief = formatResult(result);
    assert(
      brief.startsWith(
        "redirect 1 of 2\nGET http://127.0.0.1:8080/\nHTTP/1.1 302 Found\nlocation: /next\n",
      ),
      brief,
    );
    assertNotMatch(brief, /X-Hop/);
    const whole = formatResult(result, { verbose: true });
    assertEquals(whole.match(/^X-Hop: 1$/gm)?.length, 2);
    assertEquals(whole.match(/^timing$/gm)?.length, 3);
  },
);

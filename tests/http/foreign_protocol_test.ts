import { assertEquals, assertMatch } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseResponse } from "../../lib/http/parse_response.ts";

const named: readonly (readonly [wire: string, name: RegExp])[] = [
  ["\x15\x03\x01\x00\x02\x02\x46", /TLS alert/],
  ["\x16\x03\x03\x00\x31", /TLS handshake/],
  ["SSH-2.0-OpenSSH_9.9\r\n", /SSH/],
  ["220 mail ESMTP\r\n", /SMTP or FTP/],
  ["554 no\r\n", /refusal by an SMTP/],
  ["PRI * HTTP/2.0\r\n\r\n", /HTTP\/2 connection preface/],
  ["\0\0\x12\x04\0\0\0\0\0", /HTTP\/2 SETTINGS/],
  ["\0\0\x08\x07\0\0\0\0\0", /HTTP\/2 GOAWAY/],
  ["RTSP/1.0 200 OK\r\n", /RTSP/],
  ["SIP/2.0 200 OK\r\n", /SIP/],
  ["ICY 200 OK\r\n", /SHOUTcast/],
  ["* OK ready\r\n", /IMAP/],
  ["+OK ready\r\n", /POP3/],
  ["+PONG\r\n", /Redis/],
  ["-ERR unknown\r\n", /Redis/],
  ["RFB 003.008\n", /VNC/],
  ["<!doctype html>", /HTTP\/0\.9/],
  ["GET / HTTP/1.1\r\n", /HTTP request/],
  ["\x4a\0\0\0\x0a8.0.40\0", /MySQL/],
  ["hello world", /an unknown protocol/],
];

for (const [wire, name] of named) {
  Deno.test({
    name: `parseResponse() names the protocol of ${JSON.stringify(wire)}`,
    permissions: "none",
    fn() {
      const { failure } = parseResponse(encodeLatin1(wire));
      assertEquals(failure?.code, "not-http");
      assertMatch(failure!.message, name);
    },
  });
}

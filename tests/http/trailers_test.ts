import { assertEquals } from "@std/assert";
import { isForbiddenTrailer } from "../../lib/http/trailers.ts";
import { stepRows } from "../_test_rows.ts";

/** Fields grouped by purpose (RFC 7230 §4.1.2): after the content it is too late to act on them. */
const FORBIDDEN = {
  framing: ["Transfer-Encoding", "Content-Length"],
  routing: ["Host"],
  connection: ["Connection", "Keep-Alive", "TE", "Trailer", "Upgrade"],
  control: ["Cache-Control", "Expect", "Max-Forwards", "Pragma", "Range"],
  authentication: [
    "Authorization",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "WWW-Authenticate",
    "Set-Cookie",
    "Cookie",
  ],
  content: ["Content-Encoding", "Content-Type", "Content-Range"],
  response: ["Age", "Date", "Expires", "Location", "Retry-After", "Vary", "Warning"],
};

const PERMITTED = [
  "ETag",
  "Digest",
  "Content-Digest",
  "Server-Timing",
  "X-Checksum",
  "Link",
  "Accept-Ranges",
  "",
];

Deno.test("isForbiddenTrailer() recognises each forbidden field, in any case", {
  permissions: "none",
}, async (test) => {
  const names = Object.values(FORBIDDEN).flat();
  await stepRows(test, names.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]), (written) => {
    assertEquals(isForbiddenTrailer(written), true);
  });
  await stepRows(test, PERMITTED, (name) => {
    assertEquals(isForbiddenTrailer(name), false, name);
  });
});

import { assertEquals } from "@std/assert";
import { mayBePlain } from "../../lib/probe/plain_fallback.ts";
import type { ErrorKind, ProbeResult } from "../../lib/result.ts";
import { goodResult, refusedResult } from "../report/_samples.ts";
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

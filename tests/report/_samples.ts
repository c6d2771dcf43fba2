/**
 * Typical and hostile results to format. Each call gives a fresh object.
 *
 * @module
 */

import { type Deviation, makeDeviation } from "../../lib/http/deviation.ts";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import type { ConnectionFacts, ProbeResult, TlsFacts } from "../../lib/result.ts";

/** A complete 200 over TLS on a connection that was kept. */
export function goodResult(changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    schema: 1,
    input: "https://shop.example.test/items?page=2",
    url: "https://shop.example.test/items?page=2",
    method: "GET",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: true,
    status: 200,
    reason: "OK",
    version: "1.1",
    headers: [
      ["Server", "nginx/1.25.3"],
      ["Content-Type", "application/json; charset=utf-8"],
      ["Set-Cookie", "a=1; Path=/"],
      ["set-cookie", "b=2; Path=/; HttpOnly"],
      ["Transfer-Encoding", "chunked"],
    ],
    interim: [],
    body: { framing: "chunked", bytes: 1204, wireBytes: 1240, complete: true, chunks: 3, trailers: [] },
    deviations: [],
    timings: { dns: 1.214, connect: 12.34, tls: 28.1, send: 0.052, wait: 103.4, receive: 4.2, total: 149.6 },
    connection: goodConnection(),
    tls: goodTls(),
    redirects: [],
    checks: [],
    ...changes,
  };
}

/** A connection that is open still, as announced. */
export function goodConnection(changes: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return {
    peer: { address: "192.0.2.10", port: 443, family: 4 },
    local: { address: "198.51.100.7", port: 51234 },
    reused: false,
    requestNumber: 1,
    announced: { persistent: true },
    end: { by: "us", how: "open" },
    surplusBytes: 0,
    ...changes,
  };
}

/** TLS 1.3 with a certificate of 83 days. */
export function goodTls(changes: Partial<TlsFacts> = {}, daysLeft = 83): TlsFacts {
  return {
    version: "TLSv1.3",
    cipher: "TLS_AES_128_GCM_SHA256",
    alpn: "http/1.1",
    sni: "shop.example.test",
    verified: true,
    certificate: {
      subject: "CN=shop.example.test",
      issuer: "CN=Example Issuing CA 3, O=Example Trust Services, C=FR",
      names: ["shop.example.test", "www.shop.example.test", "cdn.shop.example.test", "api.shop.example.test"],
      notBefore: "2026-02-21T00:00:00Z",
      notAfter: "2026-05-23T23:59:59Z",
      daysLeft,
      fingerprint256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      serial: "04a1b2c3d4e5f60718293a4b5c6d7e8f9012",
      chainLength: 3,
      issuers: [
        {
          subject: "CN=Example Issuing CA 3, O=Example Trust Services, C=FR",
          notAfter: "2031-05-01T00:00:00Z",
          daysLeft: 1886,
          fingerprint256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        },
        {
          subject: "CN=Example Root, O=Example Trust Services, C=FR",
          notAfter: "2045-01-01T00:00:00Z",
          daysLeft: 6880,
          fingerprint256: "fd61a03af04f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca1",
        },
      ],
    },
    ...changes,
  };
}

/** A plain-HTTP result without TLS, on loopback. */
export function plainResult(changes: Partial<ProbeResult> = {}): ProbeResult {
  const { tls: _tls, ...result } = goodResult({
    input: "127.0.0.1:8080",
    url: "http://127.0.0.1:8080/",
    timings: { connect: 0.21, send: 0.04, wait: 0.42, receive: 0.03, total: 0.78 },
    connection: goodConnection({
      peer: { address: "127.0.0.1", port: 8080, family: 4 },
      local: { address: "127.0.0.1", port: 40112 },
    }),
    ...changes,
  });
  return result;
}

/** The outcome of a check. Its cause is plain unless the changes give one. */
export function outcomeOf(
  verdict: CheckOutcome["verdict"],
  changes: Partial<CheckOutcome> = {},
): CheckOutcome {
  return {
    name: "shop",
    verdict,
    cause: verdict === "up" ? null : `why it is ${verdict}`,
    condition: "up",
    since: "2026-03-01T11:00:00.000Z",
    warnings: [],
    tags: [],
    ...changes,
  };
}

/** A degraded check: it took too long. */
export function degradedOutcome(changes: Partial<CheckOutcome> = {}): CheckOutcome {
  return outcomeOf("degraded", {
    cause: "not chain.total < 1s (found 1.2 s)",
    warnings: [{ expect: "chain.total < 1s", ok: false, actual: 1200 }],
    ...changes,
  });
}

/** A certificate with five days left, at which a check warns. */
export const ENDING = {
  subject: "CN=Old CA",
  notAfter: "2026-03-06T12:00:00Z",
  daysLeft: 5,
  sha256: "ab",
  url: "https://first.test/",
  verified: true,
  threshold: 7,
} as const;

/** Nobody listens. */
export function refusedResult(changes: Partial<ProbeResult> = {}): ProbeResult {
  const message = "Cannot connect to 127.0.0.1:8081: connection refused";
  return {
    schema: 1,
    input: "http://localhost:8081/",
    url: "http://localhost:8081/",
    method: "GET",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: false,
    error: { kind: "refused", phase: "connect", by: "target", message },
    interim: [],
    deviations: [],
    timings: { dns: 0.4, connect: 0.3, total: 0.9 },
    tries: [
      {
        address: "::1",
        port: 8081,
        ms: 0.11,
        error: { kind: "refused", phase: "connect", by: "target", message },
      },
      {
        address: "127.0.0.1",
        port: 8081,
        ms: 0.09,
        error: { kind: "refused", phase: "connect", by: "target", message },
      },
    ],
    redirects: [],
    checks: [],
    ...changes,
  };
}

/** A body cut short, with bent rules on the way, after a redirect and an interim response. */
export function truncatedResult(changes: Partial<ProbeResult> = {}): ProbeResult {
  return plainResult({
    ok: false,
    error: {
      kind: "truncated",
      phase: "body",
      by: "target",
      message: "The connection was closed with FIN after 1,204 of 5,000 octets of the body",
    },
    headers: [
      ["Server", "odd/0.1"],
      ["Content-Length", "5000"],
      [
        "Link",
        "</a.css>; rel=preload; as=style, </b.css>; rel=preload; as=style, </c.js>; rel=preload; as=script",
      ],
      ["X-Note", "caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac, raw \xe9, bell \x07, path C:\\tmp"],
    ],
    interim: [{ status: 103, reason: "Early Hints", headers: [["Link", "</a.css>; rel=preload"]], at: 3.2 }],
    body: { framing: "content-length", bytes: 1204, wireBytes: 1204, complete: false, trailers: [] },
    deviations: oddDeviations(),
    connection: goodConnection({
      peer: { address: "127.0.0.1", port: 8080, family: 4 },
      announced: { persistent: true, timeout: 60, max: 100 },
      end: { by: "peer", how: "fin", after: 3.1 },
      surplusBytes: 0,
    }),
    redirects: [
      plainResult({
        url: "http://127.0.0.1:8080/old",
        status: 301,
        reason: "Moved Permanently",
        headers: [["Location", "/"]],
      }),
    ],
    ...changes,
  });
}

/** Deviations of every class, one of them three times. */
export function oddDeviations(): Deviation[] {
  return [
    makeDeviation("obs-text-in-value", 120, "Octets above 0x7f in the value of X-Note", "caf\xc3\xa9"),
    makeDeviation("bare-lf", 17, "A line of the head ends with LF alone", "HTTP/1.1 200 OK\n"),
    makeDeviation("bare-lf", 31, "A line of the head ends with LF alone", "Server: odd/0.1\n"),
    makeDeviation("bare-lf", 52, "A line of the head ends with LF alone"),
    makeDeviation("connection-lie", 1404, "Closed although the head announced a persistent connection"),
    makeDeviation("truncated-body", 1404, "The body ends after 1204 of 5000 octets"),
  ];
}

/** Hostile characters that a peer may send in text. */
export const HOSTILE =
  "\x1b[2J\x1b]0;title\x07\r\n\0\b\x7f\x9b31m\x85=cmd|' /C calc'!A0 \u202eevil\u2066\u200b\u2028\ufeff\ud800日本語🦕\\x1b<script>" +
  "a\u0301".repeat(40) + "x".repeat(300);

/** The same as header text, one code unit per octet, raw and as UTF-8. */
export const HOSTILE_OCTETS =
  Array.from(new TextEncoder().encode(HOSTILE), (octet) => String.fromCharCode(octet)).join("") +
  "\x1b[2J\x07\x9b\xff\xfe\r\n";

/** An outcome in which every text is {@linkcode HOSTILE}. */
export function hostileOutcome(): CheckOutcome {
  return outcomeOf("degraded", {
    name: HOSTILE,
    cause: HOSTILE,
    condition: HOSTILE,
    since: HOSTILE,
    warnings: [{ expect: HOSTILE, ok: false, actual: HOSTILE }],
    certificate: { ...ENDING, subject: HOSTILE, notAfter: HOSTILE, url: HOSTILE },
    tags: [HOSTILE],
  });
}

/** A result in which every text is {@linkcode HOSTILE}. */
export function hostileResult(): ProbeResult {
  const error = { kind: "syntax", phase: "head", by: "target", message: HOSTILE } as const;
  const endpoint = { address: HOSTILE, port: 443 };
  const result = goodResult({
    input: HOSTILE,
    url: `http://example.test/${HOSTILE}`,
    method: HOSTILE,
    ok: false,
    error,
    reason: HOSTILE_OCTETS,
    version: HOSTILE_OCTETS,
    headers: [["Server", HOSTILE_OCTETS], [HOSTILE_OCTETS, HOSTILE_OCTETS], ["Location", HOSTILE_OCTETS]],
    interim: [{ status: 103, reason: HOSTILE_OCTETS, headers: [[HOSTILE_OCTETS, HOSTILE_OCTETS]], at: 1 }],
    body: {
      framing: "chunked",
      bytes: 1,
      wireBytes: 9_999_999_999,
      complete: false,
      chunks: 1,
      trailers: [[HOSTILE_OCTETS, HOSTILE_OCTETS]],
      sha256: HOSTILE,
      text: `${HOSTILE}\n${HOSTILE}`,
    },
    deviations: [
      { ...makeDeviation("bare-lf", 1, HOSTILE, HOSTILE_OCTETS), excerpt: HOSTILE },
      makeDeviation("bare-lf", 2, HOSTILE),
    ],
    connection: goodConnection({
      peer: endpoint,
      local: endpoint,
      surplusBytes: 3,
      end: { by: "peer", how: "rst", after: 1 },
    }),
    tls: goodTls({
      version: HOSTILE,
      cipher: HOSTILE,
      alpn: HOSTILE,
      sni: HOSTILE,
      verified: false,
      verifyError: HOSTILE,
    }),
    tries: [{ ...endpoint, ms: 1, error }],
    checks: [{ expect: HOSTILE, ok: false, actual: HOSTILE }, { expect: HOSTILE, ok: true, actual: 1 }],
    attempts: [{ error, total: 1 }],
  });
  if (result.tls?.certificate !== undefined) {
    Object.assign(result.tls.certificate, {
      subject: HOSTILE,
      issuer: HOSTILE,
      names: [HOSTILE],
      notBefore: HOSTILE,
      notAfter: HOSTILE,
      fingerprint256: HOSTILE,
      serial: HOSTILE,
      issuers: [{
        subject: HOSTILE,
        notAfter: "1970-01-01T00:00:00Z",
        daysLeft: -1,
        fingerprint256: HOSTILE,
      }],
    });
  }
  result.redirects = [structuredClone(result)];
  return result;
}

/**
 * The form of saved results, as far as formatters rely on it.
 *
 * @module
 */

import { ERROR_KINDS } from "../../error_kind.ts";
import { SUMMED_TIMINGS } from "../../redirect_chain.ts";
import {
  anything,
  duration,
  flag,
  listOf,
  nothing,
  nullable,
  number,
  objectOf,
  oneOf,
  pair,
  recordOf,
  type Shape,
  text,
} from "./shape.ts";

/** Makes an empty list. */
export const emptyList = (): unknown[] => [];
const FIELDS = listOf(pair);

/** An error. */
export const ERROR: Shape = objectOf({
  required: {
    kind: oneOf(...Object.keys(ERROR_KINDS)),
    phase: text,
    by: oneOf("target", "network", "local"),
    message: text,
  },
  optional: { alert: text, speaksTls: flag },
});

/** Expectations with their outcome. */
export const CHECKS: Shape = listOf(
  objectOf({ required: { expect: text, ok: flag }, optional: { reason: text, advice: text, age: number } }),
);

const BODY = objectOf({
  required: {
    framing: oneOf("content-length", "chunked", "until-close", "none"),
    bytes: number,
    wireBytes: number,
    complete: flag,
  },
  optional: {
    unread: oneOf("truncated", "limit", "deadline", "stopped", "unreadable", "local", "head"),
    unreadBytes: number,
    chunks: number,
    sha256: text,
    text,
    coding: objectOf({
      required: { names: listOf(text) },
      optional: { transfer: listOf(text), decodedBytes: number, error: text },
    }),
  },
  defaults: { trailers: [FIELDS, emptyList] },
});

/** An end of a connection. */
export const ENDPOINT: Shape = objectOf({
  required: { address: text, port: number },
  optional: { family: number },
});

const CONNECTION = objectOf({
  required: {
    peer: ENDPOINT,
    local: ENDPOINT,
    end: objectOf({
      required: {
        by: oneOf("peer", "us"),
        how: oneOf("fin", "close-notify", "rst", "tls-truncated", "closed", "open"),
      },
      optional: { fin: flag, finAfter: number, after: number, watched: duration },
    }),
  },
  optional: {
    announced: objectOf({ required: { persistent: flag }, optional: { timeout: number, max: number } }),
  },
  defaults: {
    reused: [flag, () => false],
    requestNumber: [number, () => 1],
    surplusBytes: [number, () => 0],
  },
});

const ISSUER = { subject: text, notAfter: text, daysLeft: number, fingerprint256: text };

const TLS = objectOf({
  required: { verified: flag },
  optional: {
    version: text,
    cipher: text,
    verifyError: text,
    askedToRenegotiate: flag,
    certificate: objectOf({
      required: { ...ISSUER, issuer: text, notBefore: text, serial: text },
      optional: { issuers: listOf(objectOf({ required: ISSUER })) },
      defaults: { names: [listOf(text), emptyList], chainLength: [number, () => 1] },
    }),
  },
  defaults: { alpn: [nullable(text), () => null], sni: [text, () => ""] },
});

const TIMINGS = objectOf({
  required: { total: duration },
  optional: { ...Object.fromEntries(SUMMED_TIMINGS.map((name) => [name, duration])), lag: duration },
});

const DEVIATIONS = listOf(
  objectOf({
    required: { code: text, offset: number, message: text, rfc: text, class: text },
    optional: { excerpt: text, count: number },
  }),
);

/** Experiments by their names. */
export const REPORTS: Shape = recordOf(
  objectOf({
    required: { outcome: text, summary: text },
    defaults: {
      facts: [recordOf(anything), () => ({})],
      evidence: [listOf(text), emptyList],
      ms: [number, () => 0],
    },
  }),
);

/** The beginning that results and profiles share. */
export const OPENING: Readonly<Record<string, Shape>> = {
  schema: number,
  input: text,
  url: text,
  startedAt: text,
  ok: flag,
};

/** Facts about a row that the command `watch` adds. */
const CHECK_OUTCOME = objectOf({
  required: { name: text, verdict: oneOf("up", "degraded", "down", "unknown"), condition: text, since: text },
  optional: {
    certificate: objectOf({
      required: { subject: text, notAfter: text, daysLeft: number, url: text, threshold: number },
    }),
    excluded: text,
  },
  defaults: {
    cause: [nullable(text), () => null],
    warnings: [CHECKS, emptyList],
    tags: [listOf(text), emptyList],
  },
});

const INTERIM = listOf(objectOf({ required: { status: number, reason: text, headers: FIELDS, at: number } }));
const TRIES = listOf(
  objectOf({ required: { address: text, port: number, ms: number }, optional: { error: ERROR } }),
);

const REQUEST = objectOf({
  required: { sentBytes: number, complete: flag },
  optional: {
    bytes: number,
    headBytes: number,
    bodyBytes: number,
    method: text,
    target: text,
    version: text,
    headers: FIELDS,
    excerpt: text,
  },
});

/** Gives the form of one exchange, with the form of its earlier hops. */
const exchangeWith = (hops: Shape): Shape =>
  objectOf({
    required: { ...OPENING, method: text, timings: TIMINGS },
    optional: {
      request: REQUEST,
      error: ERROR,
      status: number,
      reason: text,
      version: text,
      headers: FIELDS,
      body: BODY,
      connection: CONNECTION,
      newConnection: objectOf({ required: { why: text, message: text }, optional: { after: number } }),
      tls: TLS,
      tries: TRIES,
      attempts: listOf(objectOf({ required: { error: ERROR, total: number }, optional: { url: text } })),
      chain: objectOf({ required: { total: number, hops: number } }),
      experiments: REPORTS,
      check: CHECK_OUTCOME,
      concurrency: number,
      line: number,
      tag: text,
      address: text,
      id: text,
    },
    defaults: {
      interim: [INTERIM, emptyList],
      deviations: [DEVIATIONS, emptyList],
      redirects: [hops, emptyList],
      checks: [CHECKS, emptyList],
    },
  });

/** A saved result. Its hops have no hops of their own. */
export const RESULT: Shape = exchangeWith(listOf(exchangeWith(listOf(nothing))));

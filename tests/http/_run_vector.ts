/**
 * Runs a row of wire text through the reader, cut in every way, and compares the complete outcome.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { DeviationCode } from "../../lib/http/deviation.ts";
import type { OutstandingRequest } from "../../lib/http/framing.ts";
import type { ReaderLimits } from "../../lib/http/limits.ts";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import type { ResponseHead } from "../../lib/http/response.ts";
import { outcomeOf, type ReadOutcome } from "./_outcome.ts";

/** An offset, or wire text with `|` at the offset meant; the first occurrence counts. */
export type Place = number | string;

/** What a response must be; what is left out has the default of {@linkcode expectedResponse}. */
export interface ExpectedResponse {
  readonly version?: string;
  readonly status?: number;
  readonly reason?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly framing?: "content-length" | "chunked" | "until-close" | "none";
  /** Text of the content. */
  readonly content?: string;
  /** `null`: absent. */
  readonly expected?: number | null;
  readonly chunks?: number;
  readonly wireBytes?: number;
  readonly complete?: boolean;
  readonly trailers?: readonly (readonly [string, string])[];
  /** Status codes of the interim responses before it. */
  readonly interim?: readonly number[];
  /** `null`: absent, because HTTP has ended. */
  readonly persistent?: boolean | null;
  readonly announced?: { readonly persistent: boolean; readonly timeout?: number; readonly max?: number };
}

/** One row: octets, and what reading them must give. */
export interface Vector {
  readonly name: string;
  readonly wire: string;
  /** @default ["GET"] */
  readonly requests?: readonly (string | OutstandingRequest)[];
  /** @default "fin" */
  readonly end?: "fin" | "tls-truncated" | "open";
  readonly limits?: Partial<ReaderLimits>;
  /** @default one response of defaults, none if `partial` is given */
  readonly responses?: readonly ExpectedResponse[];
  /** The kept part of an incomplete head. */
  readonly partial?: Partial<ResponseHead>;
  /** Status codes of interim responses without a final one. */
  readonly pendingInterim?: readonly number[];
  /** The deviation that ends the reading. */
  readonly fatal?: readonly [code: DeviationCode, place: Place, phase: "wait" | "head" | "body"];
  readonly limit?: readonly [place: Place, phase: "head" | "body"];
  /** True if the stream ended with unanswered requests. */
  readonly closed?: Place;
  /** All others than `fatal`, in the order of the stream. */
  readonly deviations?: readonly (readonly [code: DeviationCode, place: Place])[];
  readonly state?: "head" | "body" | "idle" | "switched";
  readonly surplus?: number;
}

/** Runs a row whole, cut in two at every octet, octet by octet, and with empty pieces in between. */
export function runVector(vector: Vector): void {
  const wire = encodeLatin1(vector.wire);
  const run = (pieces: readonly Uint8Array[]): ReadOutcome => outcomeOf(pieces, vector);
  const whole = run([wire]);
  checkVector(vector, whole);
  for (const at of cuts(wire.length)) {
    assertEquals(run([wire.subarray(0, at), wire.subarray(at)]), whole, `cut at ${at}`);
  }
  const octets = Array.from(wire, (_, i) => wire.subarray(i, i + 1));
  assertEquals(run(octets), whole, "octet by octet");
  const empty = new Uint8Array();
  assertEquals(run([empty, ...octets.flatMap((octet) => [octet, empty])]), whole, "with empty pieces");
  for (const size of [2, 3, 5, 7]) {
    const count = Math.ceil(wire.length / size);
    const pieces = Array.from({ length: count }, (_, i) => wire.subarray(i * size, (i + 1) * size));
    assertEquals(run(pieces), whole, `in pieces of ${size}`);
  }
}

/** Every place to cut at; of a long text only the first and last 500 and every 97th. */
function cuts(length: number): number[] {
  const all = Array.from({ length: length + 1 }, (_, at) => at);
  return length < 2000 ? all : all.filter((at) => at < 500 || at > length - 500 || at % 97 === 0);
}

function checkVector(vector: Vector, outcome: ReadOutcome): void {
  const { end = "fin" } = vector;
  const failure = expectedFailure(vector);
  assertEquals(outcome.failure && withoutMessage(outcome.failure), failure, "failure");
  const state = vector.state ?? (failure ? "failed" : end === "open" ? "idle" : "ended");
  assertEquals(outcome.state, state, "state");

  const deviations = (vector.deviations ?? []).map(([code, place]) =>
    [code, offsetOf(vector, place)] as const
  );
  if (vector.fatal) deviations.push([vector.fatal[0], offsetOf(vector, vector.fatal[1])]);
  deviations.sort((a, b) => a[1] - b[1]);
  assertEquals(
    outcome.deviations.map(({ code, offset }) => [code, offset] as const),
    deviations,
    "deviations",
  );

  const responses = vector.responses ?? (vector.partial || vector.pendingInterim ? [] : [{}]);
  const expected = responses.map((response) => expectedResponse(vector, response, responses.length));
  assertEquals(outcome.responses.map(summary), expected, "responses");
  assertEquals(outcome.partialHead, vector.partial ?? {}, "partial head");
  assertEquals(outcome.pendingInterim.map(({ status }) => status), vector.pendingInterim ?? [], "interim");
  assertEquals(outcome.surplusBytes, vector.surplus ?? 0, "surplus");
  const complete = expected.filter((response) => response.complete).length;
  assertEquals(outcome.unanswered, (vector.requests?.length ?? 1) - complete, "unanswered requests");
}

function withoutMessage(failure: NonNullable<ReadOutcome["failure"]>): Record<string, unknown> {
  const { message: _, ...rest } = failure;
  return rest;
}

function expectedFailure(vector: Vector): Record<string, unknown> | undefined {
  const { fatal, limit, closed } = vector;
  if (fatal) {
    const [code, place, phase] = fatal;
    const truncated = code.startsWith("truncated-") || code === "tls-truncated";
    const kind = code === "empty-reply" ? "closed" : truncated ? "truncated" : "syntax";
    return { kind, phase, offset: offsetOf(vector, place), code };
  }
  if (limit) return { kind: "limit", phase: limit[1], offset: offsetOf(vector, limit[0]) };
  if (closed !== undefined) return { kind: "closed", phase: "wait", offset: offsetOf(vector, closed) };
  return undefined;
}

function offsetOf({ name, wire }: Vector, place: Place): number {
  if (typeof place === "number") return place;
  const bar = place.indexOf("|");
  const at = wire.indexOf(place.slice(0, bar) + place.slice(bar + 1));
  if (bar === -1 || at === -1) throw new Error(`Row "${name}": no place ${JSON.stringify(place)}`);
  return at + bar;
}

type Summary = Omit<Required<ExpectedResponse>, "expected" | "chunks" | "headers"> & {
  headers: unknown;
  bytes: number;
  expected: number | undefined;
  chunks: number | undefined;
};

function expectedResponse(vector: Vector, given: ExpectedResponse, count: number): Summary {
  const { framing = "content-length", content = "", interim = [], version = "1.1" } = given;
  const { status = 200, reason = "OK", trailers = [], complete = true } = given;
  const { persistent = framing !== "until-close" } = given;
  const { announced = { persistent: persistent ?? true } } = given;
  const simple = count === 1 && interim.length === 0;
  if (!simple && !given.headers) throw new Error(`Row "${vector.name}": the fields must be given`);
  const { expected = framing === "content-length" ? content.length : undefined } = given;
  const { wireBytes = framing === "chunked" ? chunkedLength(vector, simple) : content.length } = given;
  const { chunks = framing === "chunked" ? (content === "" ? 0 : 1) : undefined } = given;
  return {
    version,
    status,
    reason,
    headers: given.headers ?? plainFields(vector.wire),
    framing,
    content,
    bytes: content.length,
    expected: expected ?? undefined,
    chunks,
    wireBytes,
    complete,
    trailers,
    interim,
    persistent,
    announced,
  };
}

function chunkedLength({ name, wire, surplus = 0 }: Vector, simple: boolean): number {
  if (!simple) throw new Error(`Row "${name}": the octets of the chunked body must be given`);
  return wire.length - wire.indexOf("\r\n\r\n") - 4 - surplus;
}

/** The fields of a head that is in order, read in the simplest way. */
function plainFields(wire: string): string[][] {
  const lines = wire.slice(0, wire.indexOf("\r\n\r\n")).split("\r\n").slice(1);
  return lines.map((line) => /^([^:]*):[ \t]*([^]*?)[ \t]*$/.exec(line)!.slice(1));
}

function summary(response: ReadOutcome["responses"][number]): Summary {
  const { version, status, reason, headers, body, interim, persistent, announced } = response;
  const { framing, bytes, wireBytes, complete, expected, chunks, trailers } = body;
  return {
    version,
    status,
    reason,
    headers,
    framing,
    content: decodeLatin1(response.content),
    bytes,
    expected,
    chunks,
    wireBytes,
    complete,
    trailers,
    interim: interim.map((head) => head.status),
    persistent: persistent ?? null,
    announced,
  };
}

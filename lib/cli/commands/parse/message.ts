/**
 * A parsed message as data, and the readers of captures.
 *
 * @module
 */

import { inOrder } from "../../../http/deviation.ts";
import { parseCodings } from "../../../http/content_coding.ts";
import { parseCapture } from "../../../http/parse_capture.ts";
import { type ParsedRequest, parseRequests } from "../../../http/parse_request.ts";
import type { ParsedResponseWithContent, ParsedStream } from "../../../http/parse_response.ts";
import type { ReadFailure } from "../../../http/response.ts";
import type { BodyFacts, Deviation, HeaderField } from "../../../result.ts";
import { addText } from "../../../probe/content_text.ts";
import { describeUnread } from "../../../unread_body.ts";
import { withoutUndefined } from "../../../without_undefined.ts";

/** One request or response, or the rest of a stream that could not be read. */
export interface ParsedMessage {
  schema: 1;
  /** The file, or `-`. */
  input: string;
  type: "response" | "request";
  /** Number of the connection, in a wire capture. */
  connection?: number;
  /** Counts from 1 on each connection. */
  index: number;
  /** True if the message is complete. */
  ok: boolean;
  /** The reason why reading stopped here. */
  error?: ReadFailure;
  /** Offset in the stream of its first octet. */
  offset: number;
  /** Octets of the head. */
  headBytes?: number;
  /** The method of the request. For a response, the method of the request that it presumably answers. */
  method?: string;
  target?: string;
  version?: string;
  status?: number;
  reason?: string;
  headers?: HeaderField[];
  interim?: { status: number; reason: string; headers: HeaderField[]; offset: number }[];
  body?: BodyFacts & { expected?: number };
  announced?: { persistent: boolean; timeout?: number; max?: number };
  /** Octets after the last response, or of another protocol after the last request. */
  surplusBytes?: number;
  deviations: Deviation[];
}

/** The octets to parse, with the settings for reading them. */
export interface Capture {
  readonly input: string;
  readonly connection?: number;
  readonly bytes: Uint8Array;
  /** Methods of the requests, in order. */
  readonly methods: readonly string[];
  readonly end: "fin" | "tls-truncated" | "rst" | "open";
  readonly maxHead: number;
  /** True to keep the content as text. */
  readonly keepText: boolean;
}

/** Reads the responses of a capture. */
export async function readResponses(capture: Capture): Promise<ParsedMessage[]> {
  const { bytes, methods, end, maxHead } = capture;
  const stream = parseCapture(bytes, methods, { end, limits: { maxHead } });
  const messages: ParsedMessage[] = [];
  for (const [index, response] of stream.responses.entries()) {
    messages.push(await describeResponse(response, index, capture));
  }
  if (stream.failure !== undefined && isWithout(stream) || messages.length === 0) {
    messages.push(describeRest(stream, messages.length, capture));
    return messages;
  }
  const last = messages.at(-1)!;
  if (stream.surplusBytes > 0) last.surplusBytes = stream.surplusBytes;
  // Deviations of octets after the last response belong to it.
  const own = new Set(messages.flatMap(({ deviations }) => deviations.map(keyOf)));
  const rest = stream.deviations.filter((deviation) => !own.has(keyOf(deviation)));
  last.deviations = inOrder([...last.deviations, ...rest]);
  if (stream.failure) fail(last, stream.failure);
  return messages;
}

/** Marks a message as the one in which reading stopped. */
function fail(message: ParsedMessage, error: ReadFailure): void {
  const { body, method = "GET", status, headers } = message;
  Object.assign(message, { ok: false, error });
  if (body) Object.assign(body, describeUnread({ method, status, headers, error, body }));
}

/** Tells whether the failure is about a response with an incomplete head. */
function isWithout({ responses, pendingInterim, partialHead }: ParsedStream): boolean {
  const last = responses.at(-1);
  return last === undefined || last.body.complete || pendingInterim.length > 0 ||
    partialHead.status !== undefined;
}

function keyOf({ code, offset }: Deviation): string {
  return `${code} ${offset}`;
}

async function describeResponse(
  { request, content, deviations, persistent: _, ...response }: ParsedResponseWithContent,
  index: number,
  capture: Capture,
): Promise<ParsedMessage> {
  const { status, headers } = response;
  const coding = parseCodings(headers);
  const body: NonNullable<ParsedMessage["body"]> = withoutUndefined({ ...response.body, coding });
  Object.assign(body, describeUnread({ method: request.method, status, headers, body }));
  if (capture.keepText) await addText(body, [content], { headers, status });
  return {
    ...opening("response", index, capture),
    ok: response.body.complete,
    ...response,
    method: request.method,
    body,
    deviations: [...deviations],
  };
}

function describeRest(stream: ParsedStream, index: number, capture: Capture): ParsedMessage {
  const own = new Set(stream.responses.flatMap(({ deviations }) => deviations.map(keyOf)));
  const deviations = stream.deviations.filter((deviation) => !own.has(keyOf(deviation)));
  const last = stream.responses.at(-1);
  return withoutUndefined({
    ...opening("response", index, capture),
    ok: false,
    error: stream.failure,
    offset: last ? last.offset + last.headBytes + last.body.wireBytes : 0,
    ...stream.partialHead,
    interim: [...stream.pendingInterim],
    deviations,
  });
}

/** Gives the properties that every message begins with; `index` counts from 0. */
function opening(
  type: ParsedMessage["type"],
  index: number,
  { input, connection }: Pick<Capture, "input" | "connection">,
): Pick<ParsedMessage, "schema" | "input" | "type" | "connection" | "index"> {
  return withoutUndefined({
    schema: 1,
    input,
    type,
    connection,
    index: index + 1,
  });
}

/** Reads the requests of a capture. */
export function readRequests(capture: Omit<Capture, "methods" | "end" | "keepText">): ParsedMessage[] {
  const { bytes, maxHead } = capture;
  const { requests, deviations, failure, switchedAt } = parseRequests(bytes, { limits: { maxHead } });
  const messages = requests.map((request, index): ParsedMessage => ({
    ...opening("request", index, capture),
    ok: request.body.complete,
    ...withoutUpgrade(request),
    deviations: [...request.deviations],
  }));
  const last = messages.at(-1);
  const own = new Set(messages.flatMap((message) => message.deviations.map(keyOf)));
  const rest = deviations.filter((deviation) => !own.has(keyOf(deviation)));
  if (last && switchedAt !== undefined) last.surplusBytes = bytes.length - switchedAt;
  if (last && failure === undefined) last.deviations = inOrder([...last.deviations, ...rest]);
  else if (last && failure && !last.ok) fail(last, failure);
  else {
    const error = failure ?? noRequest(bytes.length);
    messages.push({
      ...opening("request", messages.length, capture),
      ok: false,
      error,
      offset: rest[0]?.offset ?? error.offset,
      deviations: rest,
    });
  }
  return messages;
}

function noRequest(offset: number): ReadFailure {
  return {
    kind: "closed",
    phase: "wait",
    offset,
    message: "The input ends before the first octet of a request",
  };
}

function withoutUpgrade({ upgrade: _, ...request }: ParsedRequest): Omit<ParsedRequest, "upgrade"> {
  return request;
}

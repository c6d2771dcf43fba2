/**
 * Finds an example of every deviation: the shortest row in the tables of test vectors that shows it.
 *
 * @module
 */

import { type Deviation, type DeviationCode, deviationCodes } from "../../lib/http/deviation.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { outcomeOf } from "../http/_outcome.ts";
import type { Vector } from "../http/_run_vector.ts";
import { chunkedVectors } from "../http/vectors/chunked.ts";
import { endVectors } from "../http/vectors/end_of_stream.ts";
import { fieldLineVectors } from "../http/vectors/field_lines.ts";
import { framingVectors } from "../http/vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "../http/vectors/status_line.ts";
import { limitVectors, streamVectors } from "../http/vectors/streams.ts";

/** Octets that show a deviation. */
export interface DeviationExample {
  readonly code: DeviationCode;
  /** One code unit per octet. */
  readonly wire: string;
  /** The message of sonde about these octets. */
  readonly deviation: Deviation;
  /** The content that sonde delivers; absent if it refuses the response. */
  readonly content?: string;
  /** True for one answer to GET whose stream ends properly, which every client can read. */
  readonly isPlain: boolean;
}

/** The deviations of requests, each with a request that shows it. */
const REQUESTS: Partial<Record<DeviationCode, string>> = {
  "request-line-malformed": "GET /\r\nHost: a\r\n\r\n",
  "request-line-whitespace": "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
  "request-target-invalid": "GET /a|b HTTP/1.1\r\nHost: a\r\n\r\n",
  "request-host": "GET / HTTP/1.1\r\n\r\n",
};

/** The only deviation that concerns events after the octets. */
const CONNECTION_LIE: DeviationExample = {
  code: "connection-lie",
  wire: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
  deviation: {
    code: "connection-lie",
    offset: 0,
    message: "The server closed the connection without having announced it",
    rfc: "RFC 9112 §9.6",
    class: "sender",
  },
  content: "",
  isPlain: true,
};

const VECTORS: readonly Vector[] = [
  chunkedVectors,
  endVectors,
  fieldLineVectors,
  framingVectors,
  foreignVectors,
  statusLineVectors,
  streamVectors,
  limitVectors,
].flat();

function isPlain({ requests = ["GET"], end = "fin", limits }: Vector): boolean {
  return `${requests}` === "GET" && end === "fin" && limits === undefined;
}

/** Prefers rows that show nothing else, then plain ones, ordinary answers with content, and short ones. */
function rank(vector: Vector): number {
  const { wire, deviations = [], fatal } = vector;
  const count = deviations.length + (fatal ? 1 : 0);
  const isOrdinary = wire.startsWith("HTTP/1.1 20");
  return (count - 1) * 1e6 + (isPlain(vector) ? 0 : 1e5) + (isOrdinary ? 0 : 1e4) +
    (wire.includes("hello") ? 0 : 100) + wire.length;
}

function fromVectors(code: DeviationCode): DeviationExample {
  const shows = VECTORS.filter(({ deviations = [], fatal }) =>
    [...deviations, fatal].some((row) => row?.[0] === code)
  );
  const vector = shows.toSorted((a, b) => rank(a) - rank(b))[0];
  if (vector === undefined) throw new Error(`No row of tests/http/vectors/ shows ${code}: add one`);
  const { deviations, responses, failure } = outcomeOf([encodeLatin1(vector.wire)], vector);
  const deviation = deviations.find((found) => found.code === code);
  if (!deviation) throw new Error(`ResponseReader does not note ${code} in the row "${vector.name}"`);
  const response = responses.at(-1);
  const isDelivered = failure === undefined && response?.body.complete;
  return {
    code,
    wire: vector.wire,
    deviation,
    ...(isDelivered && { content: String.fromCharCode(...response.content) }),
    isPlain: isPlain(vector),
  };
}

function fromRequest(code: DeviationCode, wire: string): DeviationExample {
  const deviation = parseRequests(encodeLatin1(wire)).deviations.find((found) => found.code === code);
  if (!deviation) throw new Error(`parseRequests() does not note ${code} in ${JSON.stringify(wire)}`);
  return { code, wire, deviation, isPlain: false };
}

/** Finds an example of every code, in the order of the table. */
export function deviationExamples(): DeviationExample[] {
  return deviationCodes.map((code) => {
    if (code === "connection-lie") return CONNECTION_LIE;
    const request = REQUESTS[code];
    if (request === undefined && code.startsWith("request-")) {
      throw new Error(`No request shows ${code}: add one to REQUESTS in tests/docs/_deviation_examples.ts`);
    }
    return request === undefined ? fromVectors(code) : fromRequest(code, request);
  });
}

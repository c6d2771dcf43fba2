/**
 * Random wire text: valid messages, rows of the tables, and changed versions of both.
 *
 * @module
 */

import fc from "../fast_check.ts";
import type { OutcomeOptions } from "../http/_outcome.ts";
import { encodeMessage, message, octets } from "../http/_arbitraries.ts";
import { chunkedVectors } from "../http/vectors/chunked.ts";
import { endVectors } from "../http/vectors/end_of_stream.ts";
import { fieldLineVectors } from "../http/vectors/field_lines.ts";
import { framingVectors } from "../http/vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "../http/vectors/status_line.ts";
import { streamVectors } from "../http/vectors/streams.ts";

/** Places to cut a stream at, see `cutAt()`. */
export const places: fc.Arbitrary<number[]> = fc.array(fc.nat(), { maxLength: 6 });

const RANK = [
  ...'\r\n\0 \t:;,"=05f\x80\v\x7f+-x',
  "\r\n",
  "\r\n\r\n",
  "0\r\n",
  "20000000000000",
  "9".repeat(17),
  "HTTP/1.1 200 OK\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  "Content-Length: 5\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Connection: close\r\n",
  "GET / HTTP/1.1\r\n",
  "Host: h\r\n",
];

/** Texts with pieces changed, put in, taken out, doubled, and two of them spliced. */
export function mutations(source: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom("change", "insert", "remove", "double", "splice"),
    fc.constantFrom(...RANK),
    fc.integer({ min: 1, max: 8 }),
  );
  return fc.tuple(source, source, fc.array(change, { minLength: 1, maxLength: 6 })).map((
    [wire, other, changes],
  ) =>
    changes.reduce((text, [place, what, telling, length]) => {
      const at = place % (text.length + 1);
      switch (what) {
        case "change":
          return text.slice(0, at) + telling + text.slice(at + telling.length);
        case "insert":
          return text.slice(0, at) + telling + text.slice(at);
        case "remove":
          return text.slice(0, at) + text.slice(at + length);
        case "double":
          return text.slice(0, at + length) + text.slice(at);
        case "splice":
          return text.slice(0, at) + other.slice(at % (other.length + 1));
      }
    }, wire)
  );
}

const ROWS = [
  statusLineVectors,
  foreignVectors,
  fieldLineVectors,
  framingVectors,
  chunkedVectors,
  endVectors,
  streamVectors,
].flat().map(({ wire }) => wire).filter((wire) => wire.length < 400);

/** Responses with faults. */
export const faultyWire: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    arbitrary: mutations(
      fc.oneof(fc.constantFrom(...ROWS), message.map((sent) => encodeMessage(sent))),
    ),
  },
  { weight: 1, arbitrary: octets },
);

/** A faulty stream and a way to read it. */
export interface Reading extends OutcomeOptions {
  readonly wire: string;
  readonly requests: readonly string[];
  readonly end: "fin" | "tls-truncated" | "open";
  readonly places: readonly number[];
}

/** Faulty streams, read in all ways. */
export const reading: fc.Arbitrary<Reading> = fc.record({
  wire: faultyWire,
  requests: fc.constantFrom(["GET"], ["HEAD"], ["CONNECT"], ["GET", "HEAD", "GET"]),
  end: fc.constantFrom("fin", "tls-truncated", "open"),
  limits: fc.constantFrom({}, { maxHead: 40 }, {
    maxChunkLine: 4,
    maxFields: 1,
    maxInterim: 1,
  }),
  places,
});

/** The fields of a row of the tables. */
export function rowOf({ wire, requests, end, limits }: Reading): Record<string, unknown> {
  return { wire, requests, end, limits };
}

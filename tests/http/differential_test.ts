import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { encodeMessage, message, SEED } from "./_arbitraries.ts";
import { readWithLlhttp } from "./_llhttp.ts";
import { outcomeOf } from "./_outcome.ts";
import { chunkedVectors } from "./vectors/chunked.ts";
import { fieldLineVectors } from "./vectors/field_lines.ts";
import { framingVectors } from "./vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "./vectors/status_line.ts";

/** One response to GET: llhttp is not told of the request here. */
const wires = [statusLineVectors, foreignVectors, fieldLineVectors, framingVectors, chunkedVectors].flat()
  .filter(({ requests = ["GET"], end = "fin" }) => `${requests}` === "GET" && end === "fin")
  .map(({ wire }) => wire);

type Disagreement = "they accept" | "they refuse" | "other content";

/** Where the reader departs from llhttp, and why. */
const DEPARTURES: readonly (readonly [Disagreement, RegExp, reason: string])[] = [
  // deno-lint-ignore no-control-regex -- control octets are what this is about
  ["they accept", /^HTTP\/1.1 200 \v?O[\0\x01\x1b\x7f\v]K/, "RFC 9112 §4: no control octet in a reason"],
  ["they accept", /^RTSP/, "llhttp reads RTSP too"],
  ["they accept", /^\rHTTP/, "RFC 9112 §2.2: a CR without LF"],
  ["they accept", /\r\n5;(?:;a|=b|a=)\r\n/, "RFC 9112 §7.1.1: an extension has a name, and a value after ="],
  ["they refuse", /^HTTP\/1\.1 100/, "an interim response ends a message for llhttp"],
  ["they refuse", /^HTTP\/1\.1 304/, "RFC 9112 §6.3: the fields of a 304 do not frame it"],
  ["they refuse", /Content-Length: \t5\t \r\n/, "RFC 9112 §5: HTAB around a value is no part of it"],
  [
    "other content",
    /Transfer-Encoding: \tchunked\t \r\n/,
    "RFC 9112 §5: HTAB around a value is no part of it",
  ],
  [
    "other content",
    /^HTTP\/1.1 200 (?:.*[\v\f]\r\n|\v)/,
    "RFC 9112 §4: VT and FF around a reason are blanks",
  ],
  ["other content", /Transfer-Encoding: .*chunked, ?,?\r\n/, "RFC 9110 §5.6.1: empty elements do not count"],
];

/** Compares the two; nothing when they agree. */
function disagreement(wire: string): Disagreement | undefined {
  const theirs = readWithLlhttp(encodeLatin1(wire));
  const ours = outcomeOf([encodeLatin1(wire)]);
  const [response] = ours.responses;
  if (!theirs) {
    const faultless = ours.deviations.every((deviation) => deviation.class === "info");
    return ours.state === "ended" && faultless ? "they refuse" : undefined;
  }
  if (ours.state !== "ended" || !response) return "they accept";
  const { version, status, reason, headers, content, body } = response;
  const read = {
    version,
    status,
    reason,
    headers: headers.flat(),
    content: decodeLatin1(content),
    trailers: body.trailers.flat(),
    complete: body.complete,
  };
  return JSON.stringify(read) === JSON.stringify(theirs) ? undefined : "other content";
}

Deno.test({
  name: "ResponseReader agrees with llhttp on the rows of the tables, but for departures with a reason",
  permissions: "none",
  fn() {
    const used = new Set<RegExp>();
    for (const wire of wires) {
      const found = disagreement(wire);
      if (!found) continue;
      const departure = DEPARTURES.find(([kind, pattern]) => kind === found && pattern.test(wire));
      assert(departure, `${found}: ${JSON.stringify(wire)}`);
      used.add(departure[1]);
    }
    assertEquals(DEPARTURES.filter(([, pattern]) => !used.has(pattern)), []);
  },
});

Deno.test({
  name: "ResponseReader agrees with llhttp on messages that are in order",
  permissions: "none",
  fn() {
    fc.assert(
      fc.property(message, (sent) => {
        const wire = encodeMessage(sent);
        assert(readWithLlhttp(encodeLatin1(wire)), `llhttp refuses ${JSON.stringify(wire)}`);
        assertEquals(disagreement(wire), undefined);
      }),
      SEED,
    );
  },
});

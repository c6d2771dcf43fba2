/**
 * Properties of the response reader for any input.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual, assertNotEquals } from "@std/assert";
import fc from "../fast_check.ts";
import { DEFAULT_LIMITS } from "../../lib/http/limits.ts";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { parseCapture } from "../../lib/http/parse_capture.ts";
import { cutAt, encodeMessage, message, octets } from "../http/_arbitraries.ts";
import { outcomeOf } from "../http/_outcome.ts";
import { defineProperty, type Property } from "./_property.ts";
import { faultyWire, places, reading, rowOf } from "./_wire.ts";

const sentInPieces = fc.record({ sent: message, places });

/** In the order of `--help`. */
export const responseProperties: readonly Property[] = [
  defineProperty({
    name: "response-round-trip",
    claim: "ResponseReader reads what was written, in whatever pieces",
    input: sentInPieces,
    check({ sent, places }) {
      const wire = encodeLatin1(encodeMessage(sent));
      const outcome = outcomeOf(cutAt(wire, places));
      assertEquals(outcome.failure, undefined);
      const [read] = outcome.responses;
      const { status, reason, fields, content, chunks, trailers } = sent;
      assertEquals([read?.status, read?.reason], [status, reason]);
      assertEquals(read?.headers.slice(0, fields.length), fields.map((field) => [...field]));
      assertEquals(decodeLatin1(read!.content), content);
      assertEquals(read?.body.trailers, chunks ? trailers.map((field) => [...field]) : []);
      assertEquals(read?.body.wireBytes, wire.length - read!.headBytes);
      assertEquals(outcome.deviations.filter(({ code }) => code !== "trailers"), []);
      assert(read?.persistent);
    },
  }),
  defineProperty({
    name: "response-prefix",
    claim: "ResponseReader never mistakes a proper prefix for a complete response",
    input: fc.record({ sent: message, place: fc.nat() }),
    check({ sent, place }) {
      const wire = encodeLatin1(encodeMessage(sent));
      const outcome = outcomeOf([wire.subarray(0, place % wire.length)]);
      assertEquals(outcome.state, "failed");
      assert(outcome.failure?.kind === "truncated" || place % wire.length === 0);
      assert(outcome.responses.every(({ body }) => !body.complete));
    },
  }),
  defineProperty({
    name: "response-back-to-back",
    claim: "ResponseReader reads messages back to back as it reads each alone",
    input: fc.record({ messages: fc.array(message, { minLength: 2, maxLength: 4 }), places }),
    check({ messages, places }) {
      const wires = messages.map((sent) => encodeLatin1(encodeMessage(sent)));
      const wire = encodeLatin1(messages.map((sent) => encodeMessage(sent)).join(""));
      const together = outcomeOf(cutAt(wire, places), { requests: messages.map(() => "GET") });
      assertEquals(together.state, "ended");
      const alone = wires.map((each) => outcomeOf([each]).responses[0]!);
      let start = 0;
      together.responses.forEach((response, i) => {
        const { offset, deviations } = alone[i]!;
        assertEquals({ ...response, deviations: [] }, { ...alone[i]!, offset: start, deviations: [] });
        assertEquals(response.deviations, deviations.map((one) => ({ ...one, offset: one.offset + start })));
        start += wires[i]!.length + offset;
      });
      assertEquals(together.responses.length, messages.length);
    },
  }),
  defineProperty({
    name: "response-interim",
    claim: "ResponseReader reads any chain of interim responses",
    input: fc.record({
      chain: fc.array(fc.integer({ min: 100, max: 199 }).filter((code) => code !== 101), { maxLength: 20 }),
      sent: message,
      places,
    }),
    check({ chain, sent, places }) {
      const interim = chain.map((code) => `HTTP/1.1 ${code} X\r\nA: ${code}\r\n\r\n`).join("");
      const outcome = outcomeOf(cutAt(encodeLatin1(interim + encodeMessage(sent)), places));
      assertEquals(outcome.state, "ended");
      assertEquals(outcome.responses[0]?.interim.map((head) => head.status), chain);
      assertEquals(outcome.responses[0]?.offset, interim.length);
      assertEquals(decodeLatin1(outcome.responses[0]!.content), sent.content);
    },
  }),
  defineProperty({
    name: "response-surplus",
    claim: "ResponseReader finds the same in a complete response whatever octets come after it",
    input: fc.record({ sent: message, surplus: octets.filter((text) => /[^\r\n]/.test(text)), places }),
    check({ sent, surplus, places }) {
      const text = encodeMessage(sent);
      const alone = outcomeOf([encodeLatin1(text)]);
      const more = outcomeOf(cutAt(encodeLatin1(text + surplus), places));
      assertEquals(more.responses, alone.responses);
      assertEquals(more.surplusBytes, surplus.length);
      assertEquals(more.deviations.at(-1)?.code, "excess-data");
      assertEquals(more.deviations.at(-1)?.offset, text.length);
    },
  }),
  defineProperty({
    name: "response-pieces",
    claim: "ResponseReader reads anything in any pieces to one end, and gives no more content than came",
    input: reading,
    runs: 4000,
    row: rowOf,
    check(input) {
      const wire = encodeLatin1(input.wire);
      const whole = outcomeOf([wire], input);
      const content = whole.responses.reduce((sum, response) => sum + response.content.length, 0);
      assertLessOrEqual(content, wire.length);
      assertEquals(whole.offset, wire.length);
      if (input.end === "fin") assertNotEquals(whole.state === "ended", whole.failure !== undefined);
      assertEquals(outcomeOf(cutAt(wire, input.places), input), whole);
      assertEquals(outcomeOf(Array.from(wire, (octet) => Uint8Array.of(octet)), input), whole);
    },
  }),
  defineProperty({
    name: "response-bounds",
    claim: "ResponseReader names no place outside of the stream, and keeps to its limits",
    input: reading,
    runs: 2000,
    row: rowOf,
    check(input) {
      const outcome = outcomeOf([encodeLatin1(input.wire)], input);
      const limits = { ...DEFAULT_LIMITS, ...input.limits };
      const length = input.wire.length;
      const places = outcome.deviations.map(({ offset }) => offset);
      assertEquals(places, places.toSorted((a, b) => a - b));
      for (const offset of [...places, outcome.failure?.offset ?? 0, outcome.surplusBytes]) {
        assert(Number.isSafeInteger(offset) && offset >= 0 && offset <= length, `${offset} of ${length}`);
      }
      let end = 0;
      for (const { offset, headBytes, headers, body, content, interim } of outcome.responses) {
        assertLessOrEqual(end, offset);
        end = offset + headBytes + body.wireBytes;
        assertLessOrEqual(headBytes, limits.maxHead);
        for (const fields of [headers, body.trailers, ...interim.map((head) => head.headers)]) {
          assertLessOrEqual(fields.length, limits.maxFields);
        }
        assertLessOrEqual(interim.length, limits.maxInterim);
        assertEquals(body.bytes, content.length);
        assertLessOrEqual(body.bytes, body.wireBytes);
        assert(Number.isSafeInteger(body.expected ?? 0), `${body.expected} octets expected`);
        if (body.complete && body.expected !== undefined) assertEquals(body.bytes, body.expected);
      }
      assertLessOrEqual(end + outcome.surplusBytes, length);
      assertLessOrEqual(outcome.partialHead.headers?.length ?? 0, limits.maxFields);
    },
  }),
  defineProperty({
    name: "capture-anything",
    claim: "parseCapture() reads anything, however many responses there are, and stays within it",
    input: fc.record({
      wires: fc.array(fc.oneof(faultyWire, message.map((sent) => encodeMessage(sent))), { maxLength: 4 }),
      methods: fc.array(fc.constantFrom("GET", "HEAD", "CONNECT"), { maxLength: 3 }),
      end: fc.constantFrom("fin", "tls-truncated", "open"),
    }),
    runs: 1000,
    check({ wires, methods, end }) {
      const wire = encodeLatin1(wires.join(""));
      const { responses, deviations, failure, surplusBytes } = parseCapture(wire, methods, { end });
      for (const offset of [...deviations.map((one) => one.offset), failure?.offset ?? 0]) {
        assert(offset >= 0 && offset <= wire.length, `${offset} of ${wire.length}`);
      }
      let last = 0;
      for (const { offset, headBytes, body, content } of responses) {
        assertLessOrEqual(last, offset);
        assertEquals(content.length, body.bytes);
        last = offset + headBytes + body.wireBytes;
      }
      assertLessOrEqual(last + surplusBytes, wire.length);
    },
  }),
];

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { cutAt, encodeMessage, message, octets, SEED } from "./_arbitraries.ts";
import { outcomeOf } from "./_outcome.ts";
import { runVector } from "./_run_vector.ts";
import { chunkedVectors } from "./vectors/chunked.ts";
import { fieldLineVectors } from "./vectors/field_lines.ts";
import { framingVectors } from "./vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "./vectors/status_line.ts";
import { streamVectors } from "./vectors/streams.ts";

function property(name: string, check: () => void): void {
  Deno.test({ name: `ResponseReader ${name}`, permissions: "none", fn: check });
}

const places = fc.array(fc.nat(), { maxLength: 6 });

property("reads what was written, in whatever pieces", () => {
  fc.assert(
    fc.property(message, places, (sent, cuts) => {
      const wire = encodeLatin1(encodeMessage(sent));
      const outcome = outcomeOf(cutAt(wire, cuts));
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
    }),
    SEED,
  );
});

property("takes no proper prefix for a complete response", () => {
  fc.assert(
    fc.property(message, fc.nat(), (sent, place) => {
      const wire = encodeLatin1(encodeMessage(sent));
      const outcome = outcomeOf([wire.subarray(0, place % wire.length)]);
      assertEquals(outcome.state, "failed");
      assert(outcome.failure?.kind === "truncated" || place % wire.length === 0);
      assert(outcome.responses.every(({ body }) => !body.complete));
    }),
    SEED,
  );
});

property("reads messages back to back as it reads each alone", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 2, maxLength: 4 }), places, (messages, cuts) => {
      const wires = messages.map((sent) => encodeLatin1(encodeMessage(sent)));
      const wire = encodeLatin1(messages.map((sent) => encodeMessage(sent)).join(""));
      const together = outcomeOf(cutAt(wire, cuts), { requests: messages.map(() => "GET") });
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
    }),
    SEED,
  );
});

property("reads any chain of interim responses", () => {
  const status = fc.integer({ min: 100, max: 199 }).filter((code) => code !== 101);
  fc.assert(
    fc.property(fc.array(status, { maxLength: 20 }), message, places, (chain, sent, cuts) => {
      const interim = chain.map((code) => `HTTP/1.1 ${code} X\r\nA: ${code}\r\n\r\n`).join("");
      const outcome = outcomeOf(cutAt(encodeLatin1(interim + encodeMessage(sent)), cuts));
      assertEquals(outcome.state, "ended");
      assertEquals(outcome.responses[0]?.interim.map((head) => head.status), chain);
      assertEquals(outcome.responses[0]?.offset, interim.length);
      assertEquals(decodeLatin1(outcome.responses[0]!.content), sent.content);
    }),
    SEED,
  );
});

const SOURCES = [
  statusLineVectors,
  foreignVectors,
  fieldLineVectors,
  framingVectors,
  chunkedVectors,
  streamVectors,
].flat()
  .map((vector) => vector.wire).filter((wire) => wire.length < 400);
const TELLING = [
  "\r",
  "\n",
  "\r\n",
  "\0",
  " ",
  "\t",
  ":",
  ";",
  ",",
  '"',
  "0",
  "5",
  "f",
  "\x80",
  "HTTP/1.1 200 OK\r\n",
];

/** Rows of the tables with octets changed, put in, taken out, and two of them spliced. */
const mutated = fc.tuple(
  fc.constantFrom(...SOURCES),
  fc.constantFrom(...SOURCES),
  fc.array(
    fc.tuple(fc.nat(), fc.constantFrom("change", "insert", "remove", "splice"), fc.constantFrom(...TELLING)),
    { minLength: 1, maxLength: 4 },
  ),
).map(([wire, other, changes]) =>
  changes.reduce((text, [place, change, telling]) => {
    const at = place % (text.length + 1);
    switch (change) {
      case "change":
        return text.slice(0, at) + telling + text.slice(at + 1);
      case "insert":
        return text.slice(0, at) + telling + text.slice(at);
      case "remove":
        return text.slice(0, at) + text.slice(at + 1);
      default:
        return text.slice(0, at) + other.slice(at % (other.length + 1));
    }
  }, wire)
);

const REQUESTS = [["GET"], ["HEAD"], ["CONNECT"], ["GET", "HEAD", "GET"]];

property("reads anything in any pieces to one end, and gives no more content than came", () => {
  fc.assert(
    fc.property(
      fc.oneof({ weight: 20, arbitrary: mutated }, { weight: 1, arbitrary: octets }),
      fc.constantFrom(...REQUESTS),
      fc.constantFrom("fin" as const, "tls-truncated" as const, "open" as const),
      fc.constantFrom({}, { maxHead: 40 }, { maxChunkLine: 4, maxFields: 1, maxInterim: 1 }),
      places,
      (text, requests, end, limits, cuts) => {
        const wire = encodeLatin1(text);
        const options = { requests, end, limits };
        const whole = outcomeOf([wire], options);
        const content = whole.responses.reduce((sum, response) => sum + response.content.length, 0);
        assert(content <= wire.length);
        assertEquals(whole.offset, wire.length);
        if (end === "fin") assertNotEquals(whole.state === "ended", whole.failure !== undefined);
        assertEquals(outcomeOf(cutAt(wire, cuts), options), whole);
        assertEquals(outcomeOf(Array.from(wire, (octet) => Uint8Array.of(octet)), options), whole);
      },
    ),
    { ...SEED, numRuns: 4000 },
  );
});

property("finds the same in a complete response whatever octets come after it", () => {
  fc.assert(
    fc.property(message, octets.filter((text) => /[^\r\n]/.test(text)), places, (sent, surplus, cuts) => {
      const text = encodeMessage(sent);
      checkSurplus(text, surplus, cuts);
    }),
    SEED,
  );
});

function checkSurplus(text: string, surplus: string, cuts: readonly number[]): void {
  const alone = outcomeOf([encodeLatin1(text)]);
  const more = outcomeOf(cutAt(encodeLatin1(text + surplus), cuts));
  assertEquals(more.responses, alone.responses);
  assertEquals(more.surplusBytes, surplus.length);
  assertEquals(more.deviations.at(-1)?.code, "excess-data");
  assertEquals(more.deviations.at(-1)?.offset, text.length);
}

property("reads every row of the tables of single messages in the same way when it comes second", () => {
  const first = "HTTP/1.1 204 No Content\r\n\r\n";
  for (const vector of [...statusLineVectors, ...fieldLineVectors, ...framingVectors, ...chunkedVectors]) {
    const { requests = ["GET"], end = "fin" } = vector;
    const alone = outcomeOf([encodeLatin1(vector.wire)], { requests, end });
    const second = outcomeOf([encodeLatin1(first + vector.wire)], { requests: ["GET", ...requests], end });
    const codes = (outcome: typeof alone) => outcome.deviations.map(({ code, offset }) => [code, offset]);
    const shifted = codes(alone).map(([code, offset]) => [code, Number(offset) + first.length]);
    assertEquals(codes(second), shifted, vector.name);
    assertEquals(second.state, alone.state, vector.name);
  }
});

property("keeps what random input has brought to light", () => {
  runVector({
    name: "a foreign beginning whose fifth octet is CR",
    wire: "SSH-\r\n",
    partial: { headers: [] },
    fatal: ["not-http", 0, "head"],
  });
});

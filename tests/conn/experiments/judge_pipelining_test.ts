import { assertEquals } from "@std/assert";
import {
  type Burst,
  findCap,
  judgeBurst,
  type PipeliningOutcome,
  type Single,
} from "../../../lib/conn/experiments/judge_pipelining.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

/** Earlier answers to single requests, each with different content. */
function singlesOf(count: number, change: (number: number) => Partial<Single> = () => ({})): Single[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return {
      status: 200,
      signature: `content ${number}`,
      persistent: true,
      number,
      ms: 10,
      ...change(number),
    };
  });
}

type Answer = Burst["answers"][number];

/** An answer whose content identifies the request. */
function answer(number: number, change: Partial<Answer> = {}): Answer {
  return { status: 200, signature: `content ${number}`, persistent: true, ...change };
}

function burst(answers: readonly Answer[], change: Partial<Burst> = {}): Burst {
  const times = answers.map(() => 5);
  return { answers, times, end: undefined, malformed: false, surplus: 0, ...change };
}

Deno.test(
  "judgeBurst() classifies the outcome of requests that were sent together",
  { permissions: "none" },
  async (test) => {
    const [a, b, c] = [answer(1), answer(2), answer(3)];
    const refused = answer(1, { status: 400, signature: "refusal" });
    const rows: [name: string, burst: Burst, outcome: PipeliningOutcome][] = [
      ["all, in order", burst([a, b, c]), "full"],
      ["out of order", burst([b, a, c]), "reordered"],
      ["the second one twice", burst([a, c, c]), "reordered"],
      ["out of order, told by an echo", burst([answer(1, { request: 2 }), b, c]), "reordered"],
      ["in order, told by an echo", burst([answer(9, { request: 1 }), b, c]), "full"],
      ["an echo of a request that was none", burst([answer(9, { request: 7 }), b, c]), "full"],
      ["content that nobody knows", burst([answer(9), b, c]), "full"],
      ["none", burst([]), "refused"],
      ["a refusal", burst([refused]), "refused"],
      ["something that is no answer behind the first", burst([a], { malformed: true }), "refused"],
      ["the first alone", burst([a]), "first-only"],
      ["two of three", burst([a, b]), "mixed"],
      ["the first, then an end", burst([a], { end: "fin", endAfter: 20 }), "closed"],
      ["two, then an end", burst([a, b], { end: "rst", endAfter: 20 }), "closed"],
      ["the first, and the idle timeout", burst([a], { end: "fin", endAfter: 5_000 }), "first-only"],
      ["the first, with close", burst([answer(1, { persistent: false })]), "closed"],
    ];
    await stepRows(test, rows, ([name, seen, outcome]) => {
      assertEquals(judgeBurst(seen, singlesOf(3)), outcome, name);
    });
  },
);

Deno.test("judgeBurst() does not count an error as a refusal if it occurs without pipelining too", {
  permissions: "none",
}, () => {
  const singles = singlesOf(2, () => ({ status: 404 }));
  const answers = [answer(1, { status: 404 }), answer(2, { status: 404 })];
  assertEquals(judgeBurst(burst(answers), singles), "full");
  assertEquals(judgeBurst(burst([answer(1, { status: 503 })]), singles), "refused");
  // Equal answers cannot be assigned to their requests.
  const alike = singlesOf(3, () => ({ signature: "the same" }));
  assertEquals(judgeBurst(burst([1, 2, 3].map(() => answer(1, { signature: "the same" }))), alike), "full");
});

testRows<[alone: number, times: number[], outcome: PipeliningOutcome]>(
  "judgeBurst() recognises servers that answer slowly one after the other",
  [
    [100, [100, 200, 300], "serialised"],
    [100, [100, 170, 240], "serialised"],
    [100, [100, 160, 260], "full"],
    [100, [100, 100, 100], "full"],
    [100, [300, 300, 300], "full"],
    // Too quick to decide.
    [39, [39, 78, 117], "full"],
    [40, [40, 80, 120], "serialised"],
  ],
  ([ms, times, outcome]) => {
    const answers = [answer(1), answer(2), answer(3)];
    assertEquals(
      judgeBurst(burst(answers, { times }), singlesOf(3, () => ({ ms }))),
      outcome,
      times.join(),
    );
  },
  { permissions: "none" },
);

Deno.test("findCap() finds the number of answers after which a connection ends early", {
  permissions: "none",
}, () => {
  const closingAt = (...numbers: number[]) => singlesOf(4, (at) => ({ persistent: !numbers.includes(at) }));
  assertEquals([[], [1], [2], [3], [4], [2, 4]].map((at) => findCap(closingAt(...at))), [
    undefined,
    undefined,
    2,
    3,
    undefined,
    2,
  ]);
});

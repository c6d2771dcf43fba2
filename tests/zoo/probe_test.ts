import { assert, assertEquals } from "@std/assert";
import { formatTextRow } from "../../lib/report/text_row.ts";
import { formatResult } from "../../lib/report/text.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { type Fault, verdictOf, waits, within } from "./_fault.ts";
import { FAULTS } from "./_faults.ts";
import { probeFault } from "./_start.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Matches text without control characters and direction overrides; lines end with LF. */
// deno-lint-ignore no-control-regex -- control octets are what this is about
const STEERING = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function check(fault: Fault, result: ProbeResult): void {
  assertEquals(verdictOf(result, fault), fault.verdict, fault.does);
  assertEquals(result.ok, fault.verdict.error === undefined, fault.does);
  const { total } = result.timings;
  assert(total <= within(fault), `a server that ${fault.does}: verdict after ${total} ms`);
  const steering = [formatResult(result), formatTextRow(result)].filter((text) => STEERING.test(text));
  assertEquals(steering, [], `a server that ${fault.does} steers the terminal`);
}

Deno.test("the zoo has at least fifty faults with unique names", () => {
  assert(FAULTS.length >= 50, `${FAULTS.length}`);
  assertEquals(new Set(FAULTS.map(({ does }) => does)).size, FAULTS.length);
});

for (const fault of FAULTS.filter((fault) => !waits(fault))) {
  Deno.test(`probe() of a server that ${fault.does}`, async () => {
    using _clock = skipWaits();
    check(fault, await probeFault(fault));
  });
}

Deno.test("probe() of servers that keep it waiting reaches its verdict by the deadline", async () => {
  using _clock = skipWaits();
  const waiting = FAULTS.filter(waits);
  const results = await Promise.all(waiting.map(probeFault));
  const wrong = waiting.flatMap((fault, index) => {
    try {
      check(fault, results[index]!);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
  assertEquals(wrong, []);
});

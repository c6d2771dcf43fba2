import { assert, assertEquals } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ConnectionProfile } from "../../lib/result.ts";
import { type Fault, USUAL } from "./_fault.ts";
import { FAULTS } from "./_faults.ts";
import { startFault } from "./_start.ts";

/** Milliseconds for one answer. */
const ANSWER = 1_000;
/** Milliseconds for the default experiments, each of which waits for several answers. */
const LONGEST = 30_000;

async function profileFault(fault: Fault): Promise<ConnectionProfile & { elapsed: number }> {
  await using running = await startFault(fault);
  const startedAt = performance.now();
  const { caCerts = [], maxBody = 0 } = { ...USUAL, ...fault.options };
  const options = { caCerts, maxBody, maxTime: ANSWER, connectTimeout: ANSWER, idleLimit: 300, samples: 1 };
  const profile = await profileConnection(running.url, options);
  return { ...profile, elapsed: performance.now() - startedAt };
}

Deno.test("profileConnection() of each server of the zoo gives a profile, in time", async () => {
  const wrong: string[] = [];
  const queue = [...FAULTS];
  let examined = 0;
  const work = async (): Promise<void> => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) {
      const { does } = fault;
      const profile = await profileFault(fault).catch((error) => String(error));
      if (typeof profile === "string") {
        wrong.push(`${does}: ${profile}`);
        continue;
      }
      const { elapsed, ok, error, experiments } = profile;
      if (elapsed > LONGEST) wrong.push(`${does}: after ${elapsed} ms`);
      if (ok !== (error === undefined)) wrong.push(`${does}: ok is ${ok} with ${error?.message}`);
      if (error && Object.keys(experiments).length > 0) {
        wrong.push(`${does}: experiments after ${error.message}`);
      }
      for (const [name, { summary }] of Object.entries(experiments)) {
        examined++;
        if (/internal error/.test(summary)) wrong.push(`${does}: ${name}: ${summary}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 48 }, work));
  assertEquals(wrong, []);
  assert(examined > 100, `${examined} experiments`);
});

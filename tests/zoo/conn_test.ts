import { assert, assertEquals } from "@std/assert";
import { skipWaits } from "../_skipped_waits.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ConnectionProfile } from "../../lib/result.ts";
import { connVerdictOf, connVerdicts, type Fault, USUAL } from "./_fault.ts";
import { FAULTS } from "./_faults.ts";
import { startFault } from "./_start.ts";

/** Milliseconds for one answer. */
const ANSWER = 1_000;
/**
 * Milliseconds for the default experiments: about thirty waits for an answer, those included of experiments that are
 * repeated alone, and as much again several times over for a busy machine.
 */
const LONGEST = 180_000;

async function profileFault(fault: Fault): Promise<ConnectionProfile & { elapsed: number }> {
  await using running = await startFault(fault);
  const startedAt = performance.now();
  const { caCerts = [], maxBody = 0 } = { ...USUAL, ...fault.options };
  const options = { caCerts, maxBody, maxTime: ANSWER, connectTimeout: ANSWER, idleLimit: 300, samples: 1 };
  const profile = await profileConnection(running.url, options);
  return { ...profile, elapsed: performance.now() - startedAt };
}

/** Describes the mistake in the profile of a fault. */
function faultsOf(fault: Fault, profile: ConnectionProfile & { elapsed: number }): string[] {
  const { elapsed, ok, error, experiments } = profile;
  const wrong: string[] = [];
  const verdict = connVerdictOf(profile);
  if (!connVerdicts(fault).includes(verdict)) wrong.push(`${verdict} and not ${connVerdicts(fault)}`);
  if (elapsed > LONGEST) wrong.push(`after ${elapsed} ms`);
  if (ok !== (error === undefined)) wrong.push(`ok is ${ok} with ${error?.message}`);
  // An answer that is cut short can be examined all the same.
  const cut = error?.kind === "truncated";
  if (error && !cut && Object.keys(experiments).length > 0) wrong.push(`experiments after ${error.message}`);
  for (const [name, { summary }] of Object.entries(experiments)) {
    if (/the experiment failed/.test(summary)) wrong.push(`${name}: ${summary}`);
  }
  return wrong.map((what) => `a server that ${fault.does}: ${what}`);
}

Deno.test("profileConnection() of each server of the zoo reaches its verdict, in time", async () => {
  using _clock = skipWaits();
  const doubtful: Fault[] = [];
  let examined = 0;
  await Promise.all(FAULTS.map(async (fault) => {
    const profile = await profileFault(fault);
    examined += Object.keys(profile.experiments).length;
    if (faultsOf(fault, profile).length > 0) doubtful.push(fault);
  }));
  assert(examined > 100, `${examined} experiments`);
  // Where all go on at once, one that floods takes time from the others: what is odd is looked at again alone.
  assert(doubtful.length < FAULTS.length / 2, doubtful.map(({ does }) => does).join("\n"));
  const wrong: string[] = [];
  for (const fault of doubtful) wrong.push(...faultsOf(fault, await profileFault(fault)));
  assertEquals(wrong, []);
});

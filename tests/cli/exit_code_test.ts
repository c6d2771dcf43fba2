import { assertEquals } from "@std/assert";
import { type ExitCode, ExitTally, type Verdict } from "../../lib/cli/exit_code.ts";
import { testRows } from "../_test_rows.ts";

const OK: Verdict = { ok: true };
const EXPECTATION_FALSE: Verdict = { ok: false };
const TARGET: Verdict = { ok: false, error: { by: "target" } };
const NETWORK: Verdict = { ok: false, error: { by: "network" } };
const LOCAL: Verdict = { ok: false, error: { by: "local" } };

testRows<[name: string, verdicts: Verdict[], code: ExitCode]>(
  "ExitTally derives the exit code of all verdicts, 130 before 1 before 3 before 0",
  [
    ["no target at all", [], 0],
    ["all ok", [OK, OK], 0],
    ["an expectation is false", [OK, EXPECTATION_FALSE, OK], 1],
    ["the target failed", [TARGET], 1],
    ["the network failed", [NETWORK, OK], 1],
    ["a local fault", [OK, LOCAL], 3],
    ["a failed target is not hidden by a local fault before it", [LOCAL, TARGET], 1],
    ["nor by one after it", [TARGET, LOCAL], 1],
  ],
  ([name, verdicts, code]) => {
    const tally = new ExitTally();
    for (const verdict of verdicts) tally.add(verdict);
    assertEquals(tally.code(), code, name);
    assertEquals(tally.code(true), 130, `${name}, interrupted`);
  },
  { permissions: "none" },
);

import type { ProbeResult } from "../../lib/result.ts";
import type { TaskRun, Verdict } from "../../lib/watch/run_task.ts";
import { parseTasks } from "../../lib/watch/tasks/parse_tasks.ts";
import type { SecretSource } from "../../lib/watch/tasks/secrets.ts";
import type { Task } from "../../lib/watch/tasks/task.ts";
import { goodResult } from "../report/_samples.ts";

const VARIABLES = new Map([["TOKEN", "s3cr3t/+token"], ["SHORT", "x1"], ["EMPTY", ""]]);

/** Has the variables TOKEN, SHORT and EMPTY, and the file key.txt. */
export const SOURCE: SecretSource = {
  env: (name) => VARIABLES.get(name),
  file: (path) => {
    if (path !== "key.txt") throw new SyntaxError("there is no such file");
    return "from-a-file\n";
  },
};

/** The task of a definition. */
export function task(definition: Record<string, unknown>): Task {
  return parseTasks([definition], { file: "test", source: SOURCE }).tasks[0]!;
}

/** A run that ended with a verdict, at a minute of an hour. */
export function runAt(minute: number, verdict: Verdict, changes: Partial<ProbeResult> = {}): TaskRun {
  const startedAt = new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();
  const failed = verdict === "down" || verdict === "unknown";
  const result = goodResult({
    startedAt,
    ok: !failed,
    ...(failed && {
      error: {
        kind: verdict === "down" ? "refused" : "resource",
        phase: "connect",
        by: verdict === "down" ? "target" : "local",
        message: "nobody there",
      },
    }),
    ...changes,
  });
  const warnings = verdict === "degraded" ? [{ expect: "timings.total < 1ms", ok: false, actual: 5 }] : [];
  return { result, verdict, warnings, retries: 0 };
}

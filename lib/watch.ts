/**
 * Defines checks that run on a schedule.
 *
 * @example Usage
 * ```ts
 * import { defineChecks } from "jsr:@sonde/sonde/watch";
 *
 * const checks = defineChecks([{ url: "https://example.com/", interval: "5m", expect: ["status == 200"] }]);
 * if (checks[0].interval !== "5m") throw new Error("another check");
 * ```
 *
 * @module
 */

export {
  type CheckDefinition,
  type CheckPredicate,
  defineChecks,
  type TaskFile,
  type WebhookDefinition,
} from "./watch/tasks/check_definition.ts";
export type * from "./result.ts";

/**
 * What a task file says: the same in JSON and in TypeScript.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";

/**
 * Looks at a result: `true` holds, `false` does not, and a text says what is wrong. Only TypeScript can have these.
 */
export type CheckPredicate = (result: ProbeResult) => boolean | string | Promise<boolean | string>;

/** Something to be checked again and again. Durations are texts, as in `30s`. */
export interface CheckDefinition {
  /** For people and in the history; no two checks may have the same. @default the URL */
  readonly name?: string | undefined;
  /** URL or host, as for a probe. */
  readonly url: string;
  /** What is sent. @default {"GET"} */
  readonly method?: string | undefined;
  /** Fields by name; `null` takes a default field out. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /** Content, sent as UTF-8. */
  readonly body?: string | undefined;
  /** What must hold. @default {["status < 400"]} */
  readonly expect?: readonly string[] | undefined;
  /** What should hold: if it does not, the check is degraded, not down. */
  readonly degraded?: readonly string[] | undefined;
  /** Functions that look at the result, by the names under which they are reported. */
  readonly test?: Readonly<Record<string, CheckPredicate>> | undefined;
  /** From one start to the next. @default {"1m"} */
  readonly interval?: string | undefined;
  /** For one whole exchange. @default {"10s"} */
  readonly maxTime?: string | undefined;
  /** Tries after the first one, one second apart, before a run counts as failed. @default {0} */
  readonly retries?: number | undefined;
  /** Failed runs in a row before the check is down. @default {1} */
  readonly failures?: number | undefined;
  /** Good runs in a row before the check is up again. @default {1} */
  readonly successes?: number | undefined;
  /** Warn when the certificate expires in fewer days. @default {14} */
  readonly certificateDays?: number | undefined;
  /** Redirects to follow. @default {0} */
  readonly maxRedirects?: number | undefined;
  /** `false` goes on with a certificate that cannot be verified. @default {true} */
  readonly verify?: boolean | undefined;
  /** By which checks can be chosen. */
  readonly tags?: readonly string[] | undefined;
}

/** Where state changes are sent to by HTTP, as a POST of JSON. */
export interface WebhookDefinition {
  /** Where to. */
  readonly url: string;
  /** Fields to send as well, by name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A whole task file. A list of checks alone will do as well. */
export interface TaskFile {
  /** Each with a name of its own. */
  readonly checks: readonly CheckDefinition[];
  /** What the checks have in common. */
  readonly defaults?: Omit<Partial<CheckDefinition>, "name" | "url">;
  /** URLs to which state changes are sent. */
  readonly webhooks?: readonly (string | WebhookDefinition)[];
  /** Programs with their arguments that are run on a state change, the facts in their environment. */
  readonly commands?: readonly (readonly string[])[];
}

/**
 * Gives a task file its type; the value is returned as it is.
 *
 * In URLs, methods, values of headers, bodies, webhooks and commands `${env:NAME}` stands for a variable of the
 * environment and `${file:PATH}` for the content of a file. What comes from there is never printed, nor is the password
 * of a URL; values of fewer than four characters cannot be told from other text.
 *
 * @example Usage
 * ```ts
 * import { defineChecks } from "jsr:@sonde/sonde/watch";
 * import assert from "node:assert/strict";
 *
 * const checks = defineChecks(["a", "b"].map((name) => ({
 *   name,
 *   url: `https://${name}.example/health`,
 *   expect: ["status == 200", "timings.total < 1s"],
 *   test: { "has a body": (result) => (result.body?.bytes ?? 0) > 0 },
 * })));
 * assert.equal(checks.length, 2);
 * ```
 */
export function defineChecks<const Definition extends readonly CheckDefinition[] | TaskFile>(
  definition: Definition,
): Definition {
  return definition;
}

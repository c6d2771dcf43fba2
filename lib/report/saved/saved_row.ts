/**
 * Tells what a JSON value from a file is: a row that sonde saved, or something else.
 *
 * @module
 */

import type { ConnectionProfile, ProbeResult } from "../../result.ts";
import type { CheckOutcome } from "../check_outcome.ts";
import { PROFILE } from "./profile_shape.ts";
import { RESULT } from "./result_shape.ts";
import { isRecord, type Shape } from "./shape.ts";

/** A saved result; `check` is there if a watch saved it. */
export type SavedResult = ProbeResult & { readonly check?: CheckOutcome | undefined };

/** A value from a file of saved rows. */
export type SavedValue =
  | { readonly kind: "result"; readonly row: SavedResult }
  | { readonly kind: "profile"; readonly row: ConnectionProfile }
  /** The summary of a series or a comparison, which follows from the rows. */
  | { readonly kind: "summary" }
  /** Something else; the cause is worded to follow "line 3". */
  | { readonly kind: "other"; readonly cause: string };

/** The other things that sonde writes as JSON, by a property that only they have. */
const OTHERS: readonly (readonly [name: string, is: string])[] = [
  ["fact", "is a difference of sonde diff"],
  ["madeAt", "is an uptime report"],
  ["title", "is a notice of sonde watch"],
  ["received", "is a result of sonde raw"],
  ["log", "is a HAR file, which does not hold whole rows: save rows with --json"],
];

/**
 * Classifies a value that `JSON.parse` gave. A row of an earlier version gets the properties that it lacks, and a row of
 * a newer version keeps those that this version does not know.
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatJson, readSavedValue } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const row = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * assert.deepEqual(readSavedValue(JSON.parse(formatJson(row))), { kind: "result", row });
 * assert.deepEqual(readSavedValue(1), { kind: "other", cause: "is not an object" });
 * ```
 */
export function readSavedValue(value: unknown): SavedValue {
  if (!isRecord(value)) return other("is not an object");
  const { schema, kind, type, experiments, timings } = value;
  if (kind === "summary") return { kind };
  const [, is] = OTHERS.find(([name]) => name in value) ?? [];
  if (is !== undefined) return other(is);
  if (typeof schema !== "number") return other("has no schema, as every row of sonde does");
  if (schema !== 1) return other(`has schema ${schema}: a newer version of sonde wrote it`);
  if (type === "response" || type === "request") return other("is a message of sonde parse");
  if (timings === undefined && isRecord(experiments)) {
    return fit(PROFILE, value) ?? { kind: "profile", row: value as unknown as ConnectionProfile };
  }
  return fit(RESULT, value) ?? { kind: "result", row: value as unknown as SavedResult };
}

function fit(shape: Shape, value: unknown): SavedValue | undefined {
  const misfit = shape(value);
  return misfit && other(`is no row that sonde can read: ${misfit.path.slice(1)} ${misfit.cause}`);
}

function other(cause: string): SavedValue {
  return { kind: "other", cause };
}

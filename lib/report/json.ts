/**
 * Results as NDJSON.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { checkOptions } from "../text/check_options.ts";
import { formatJsonLine } from "../text/json_line.ts";
import { ROW_FACT_NAMES, type RowOptions } from "./formatter.ts";

/**
 * Writes a result as one line of NDJSON, without the line feed at its end: `JSON.parse` gives an equal object.
 * Header values and reasons have one code unit per octet. The outcome of a check is in the field `check`.
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatJson } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * assert.deepEqual(JSON.parse(formatJson(result)), result);
 * ```
 */
export function formatJson(result: ProbeResult, options: RowOptions = {}): string {
  checkOptions(options, ROW_FACT_NAMES);
  const { check } = options;
  return formatJsonLine(check === undefined ? result : { ...result, check });
}

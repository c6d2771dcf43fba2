/**
 * Reads the keys of a check that limit time and size.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "../../probe/defaults.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import type { EntryReader } from "./entry_reader.ts";

/** Reads the limits of a run. */
export function parseLimits(reader: EntryReader): ProbeOptions {
  const maxHead = reader.size("maxHead");
  return {
    maxTime: reader.timeLimit("maxTime") ?? PROBE_DEFAULTS.maxTime,
    connectTimeout: reader.timeLimit("connectTimeout"),
    firstByteTimeout: reader.timeLimit("firstByteTimeout"),
    listenFirst: reader.timeLimit("listenFirst"),
    limits: maxHead === undefined ? undefined : { maxHead },
    maxBody: reader.size("maxBody"),
    maxRedirects: reader.number("maxRedirects", [0, 50]),
  };
}

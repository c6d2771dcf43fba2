/**
 * Reads the keys of a check that make its request.
 *
 * @module
 */

import { utf8Octets } from "../../http/octets.ts";
import { PROBE_DEFAULTS } from "../../probe/defaults.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { asText, type EntryReader } from "./entry_reader.ts";

/** Reads the options of the probe. */
export function parseRequest(reader: EntryReader): ProbeOptions {
  const method = reader.text("method");
  const body = reader.text("body");
  const fields = reader.record(
    "headers",
    (value) => value === null ? undefined : utf8Octets(reader.resolve(asText(value))),
  );
  const maxRedirects = reader.number("maxRedirects", [0, 50]);
  const verify = reader.flag("verify");
  return {
    maxTime: reader.duration("maxTime") ?? PROBE_DEFAULTS.maxTime,
    method,
    body,
    headers: fields,
    maxRedirects,
    verify,
  };
}

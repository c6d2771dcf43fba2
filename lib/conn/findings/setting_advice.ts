/**
 * Names the setting of the idle timeout, if the answer tells which product closed the connection.
 *
 * @module
 */

import { splitList } from "../../http/field_list.ts";
import type { IdleSampleFacts } from "./idle_samples.ts";
import { SERVER_SETTINGS, SILENT_SERVER_SETTING } from "./known_timeouts.ts";

/** Prefix that marks a `Via` entry among the names of an answer. */
const VIA = "via ";

/**
 * Names the setting for a number of seconds, and adds that another device may have closed the connection: a proxy need
 * not add a field of its own to the answers that it passes on.
 *
 * @param sample The connection whose end was observed
 * @returns Text to append to other advice
 */
export function adviseSetting(sample: IdleSampleFacts | undefined, seconds: number): string {
  const names = sample?.answeredBy ?? [];
  const proxy = nearestProxy(names);
  if (proxy !== undefined) {
    return `; the answer came through ${proxy}, which is what closes unless something else stands in front of it${
      settingOf(proxy, seconds)
    }`;
  }
  const server = names.find((name) => !name.startsWith(VIA));
  const hidden =
    `. If a proxy that adds no field to answers stands in front of it, that proxy may be what closes: in HAProxy, set timeout http-keep-alive ${seconds}s`;
  if (server === undefined) {
    const { write, source } = SILENT_SERVER_SETTING;
    return `; the answer does not name the server (${write(seconds)} – ${source})${hidden}`;
  }
  return `; the answer names ${server}${settingOf(server, seconds)}${hidden}`;
}

/** RFC 9110 §7.6.3: each proxy appends itself, so the last one is the one that accepted the connection. */
function nearestProxy(names: readonly string[]): string | undefined {
  const last = names.findLast((name) => name.startsWith(VIA));
  if (last === undefined) return undefined;
  const element = splitList(last.slice(VIA.length)).findLast((entry) => entry !== "") ?? "";
  // The received protocol precedes the name.
  return element.replace(/^\S+[ \t]+/, "") || undefined;
}

/** RFC 9110 §7.6.3: a proxy may give its host as its name, and its product in a comment. */
function settingOf(name: string, seconds: number): string {
  const comment = /\(([^()]*)/.exec(name)?.[1];
  for (const { server, write, source } of SERVER_SETTINGS) {
    if (server.test(name) || (comment !== undefined && server.test(comment))) {
      return ` (${write(seconds)} – ${source})`;
    }
  }
  return "";
}

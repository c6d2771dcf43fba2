/**
 * Connection profiles as an HTTP Archive, HAR 1.2: a page for each experiment.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentExchanges, KeptExchange } from "../../result.ts";
import { formatDocument, type Formatter } from "../formatter.ts";
import { harEntry } from "../har/entry.ts";
import { HarEntryList } from "../har/entry_list.ts";
import { formatJsonLine } from "../../text/json_line.ts";

/** A HAR document of profiles that were made with `keepExchanges`. */
export class ProfileHarFormatter implements Formatter<ConnectionProfile> {
  readonly #entries = new HarEntryList();
  readonly #pages: Record<string, unknown>[] = [];
  readonly #profiles: Record<string, unknown>[] = [];

  /** Begins the document. */
  begin(): string {
    return this.#entries.begin();
  }

  /** Formats an entry for each exchange of a profile. */
  row(profile: ConnectionProfile): string {
    const { input: _, experiments, exchanges = {}, ...rest } = profile;
    this.#profiles.push({ ...rest, experiments: Object.keys(experiments) });
    const number = this.#profiles.length;
    return Object.entries(exchanges).flatMap(([name, { kept, leftOut }]) => {
      const id = `${number}-${name}`;
      this.#pages.push(harPage(profile, { id, name, kept, leftOut }));
      return kept.map((exchange) => this.#entries.add(pageEntry(exchange, id)));
    }).join("");
  }

  /** Ends the document with the pages that the entries belong to. */
  end(): string {
    const pages = this.#pages.map((page) => `\n${formatJsonLine(page)}`).join(",");
    return `\n],"pages":[${pages}\n],"_profiles":${formatJsonLine(this.#profiles)}}}\n`;
  }
}

/** Makes the page of an experiment. Fields of sonde's own begin with an underscore. */
function harPage(
  profile: ConnectionProfile,
  { id, name, kept, leftOut }: ExperimentExchanges & { readonly id: string; readonly name: string },
): Record<string, unknown> {
  const times = kept.map(({ startedAt }) => startedAt).sort();
  const report = profile.experiments[name];
  return {
    startedDateTime: times[0] ?? profile.startedAt,
    id,
    title: `${name} of ${profile.url}${report ? `: ${report.outcome}` : ""}`,
    pageTimings: { onContentLoad: -1, onLoad: -1 },
    comment: report?.summary,
    _outcome: report?.outcome,
    _facts: report?.facts,
    _ms: report?.ms,
    _experiment: name,
    _entriesLeftOut: leftOut,
  };
}

function pageEntry(exchange: KeptExchange, id: string): Record<string, unknown> {
  const { connection, connectionNumber: number, shortened } = exchange;
  return {
    pageref: id,
    ...harEntry(exchange),
    // A Unix socket has no port by which to tell connections apart.
    ...(connection?.local.port === 0 && number !== undefined && { connection: `${id}#${number}` }),
    _connectionNumber: number,
    _shortened: shortened || undefined,
  };
}

/**
 * Formats connection profiles as an HTTP Archive: a page for each experiment, an entry for each exchange that was kept.
 *
 * @param profiles Made with `keepExchanges`; others have no entries
 * @returns The text of the whole file
 *
 * @example Usage
 * ```ts
 * import { profileConnection } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { formatProfileHar } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const options = { only: ["head"], keepExchanges: true };
 * const profile = await profileConnection(`http://127.0.0.1:${server.addr.port}/`, options);
 * const { log } = JSON.parse(formatProfileHar([profile]));
 * assert.deepEqual(log.pages.map(({ id }: { id: string }) => id), ["1-contact", "1-head"]);
 * const methods = log.entries.map(({ request }: { request: { method: string } }) => request.method);
 * assert.deepEqual(methods.slice(0, 3), ["GET", "GET", "HEAD"]);
 * ```
 */
export function formatProfileHar(profiles: Iterable<ConnectionProfile>): string {
  return formatDocument(new ProfileHarFormatter(), profiles);
}

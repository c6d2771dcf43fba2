/**
 * Experiment `conditional`.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import type { ParsedResponse } from "../../http/response.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { KeptConnection } from "../lab/kept_connection.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import type { RequestChange } from "../subject.ts";

type Outcome = "honoured" | "partial" | "ignored" | "broken" | "none";

type Fields = readonly (readonly [name: string, value: string])[];

const RANGE: Fields = [["Range", "bytes=0-4"]];
const GZIP: Fields = [["Accept-Encoding", "gzip"]];
const STAND_IN = "the value from the first answer";

/** Sends conditional and range requests. */
export const CONDITIONAL: Experiment<Outcome> = {
  name: "conditional",
  question:
    "Do ETag and Last-Modified lead to 304, and Range: bytes=0-4 to five octets, including with gzip?",
  sends:
    "up to eight GETs with If-None-Match, If-Modified-Since, Range, and again with Accept-Encoding: gzip",
  choice: "default",
  quick: true,
  ordinary: true,
  outcomes: {
    honoured: "the server honours what it offers: 304 without content, 206 with the right octets",
    partial: {
      means: "the server honours some of its validators and ranges, and ignores the rest",
      adverse: true,
    },
    ignored: {
      means: "the server sends a validator or offers ranges, but ignores both in requests",
      adverse: true,
    },
    broken: {
      means: "an answer is wrong: content after a 304, or other octets than the request asked for",
      finding: {
        code: "conditional-broken",
        severity: "problem",
        advice:
          "send no content with a 304, and exactly the requested octets with a 206 (RFC 9110 §15.4.5, §15.3.7): otherwise caches assemble wrong content",
      },
    },
    none: "the server offers neither a validator nor ranges",
  },
  connections: () => 1,
  answers: () => 8,
  atMost: () => 500,
  plan: (subject) => [
    { note: "first", bytes: subject.request().bytes },
    {
      note: "if it has an ETag",
      bytes: subject.request({ headers: [["If-None-Match", `"${STAND_IN}"`]] }).bytes,
    },
    {
      note: "if it has Last-Modified",
      bytes: subject.request({ headers: [["If-Modified-Since", STAND_IN]] }).bytes,
    },
    { note: "if it has content", bytes: subject.request({ headers: RANGE }).bytes },
    { note: "all of them again with gzip", bytes: subject.request({ headers: GZIP }).bytes },
  ],
  run: runConditional,
};

/** `304`, `200` and so on for the status that came, or a description of the fault. */
type Result = string;

/** The answer without conditions, and the facts to judge those with a condition. */
interface Plain {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly beginning: string;
  readonly ranges: boolean;
  readonly coding: string;
}

async function runConditional(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  await using kept = new KeptConnection(lab);
  const identity = await examine(lab, kept, []);
  const gzip = await examine(lab, kept, GZIP);
  const coded = gzip.plain.coding !== "";
  const facts = {
    ...identity.results,
    offersRanges: identity.plain.ranges,
    gzip: coded ? { coding: gzip.plain.coding, ...gzip.results } : null,
  };
  const all = [identity, ...(coded ? [gzip] : [])];
  const verdicts = all.flatMap(({ results, plain }) => judge(results, plain));
  const summary = `${formatResults(identity.results)}${
    coded ? `; with gzip: ${formatResults(gzip.results)}` : ""
  }`;
  if (verdicts.includes("broken")) return { outcome: "broken", summary, facts };
  if (verdicts.length === 0) {
    return { outcome: "none", summary: "no ETag, no Last-Modified, no ranges", facts };
  }
  const kind = verdicts.every((verdict) => verdict === "honoured")
    ? "honoured"
    : verdicts.every((verdict) => verdict === "ignored")
    ? "ignored"
    : "partial";
  return { outcome: kind, summary, facts };
}

interface Results {
  readonly etag: Result | null;
  readonly lastModified: Result | null;
  readonly range: Result | null;
}

async function examine(
  lab: Lab,
  kept: KeptConnection,
  fields: Fields,
): Promise<{ plain: Plain; results: Results }> {
  const response = await get(lab, kept, { headers: fields });
  const content = kept.connection?.contents.get(response)?.beginning ?? "";
  const plain: Plain = {
    etag: fieldValues(response.headers, "etag")[0],
    lastModified: fieldValues(response.headers, "last-modified")[0],
    beginning: content.slice(0, 5),
    ranges: fieldValues(response.headers, "accept-ranges").some((value) => value.toLowerCase() === "bytes"),
    coding: fieldValues(response.headers, "content-encoding")[0] ?? "",
  };
  const ok = response.status === 200;
  // Without gzip in the answer, the second round would reveal nothing.
  if (!ok || (fields.length > 0 && plain.coding === "")) {
    return { plain, results: { etag: null, lastModified: null, range: null } };
  }
  const ask = (name: string, value: string | undefined): Promise<Result | null> =>
    value === undefined ? Promise.resolve(null) : askValidator(lab, kept, [...fields, [name, value]]);
  const etag = await ask("If-None-Match", plain.etag);
  const lastModified = await ask("If-Modified-Since", plain.lastModified);
  const range = content === "" ? null : await askRange(lab, kept, fields, plain);
  return { plain, results: { etag, lastModified, range } };
}

async function get(lab: Lab, kept: KeptConnection, change: RequestChange): Promise<ParsedResponse> {
  const answer = await kept.ask(lab.subject.request(change));
  if (answer.type === "answered" && answer.response) return answer.response;
  throw new CannotTell(`${formatMissingAnswer(answer)} in answer to a GET`);
}

async function askValidator(lab: Lab, kept: KeptConnection, headers: Fields): Promise<Result> {
  const response = await get(lab, kept, { headers });
  if (response.status !== 304) return String(response.status);
  return await kept.strayOctets() > 0 ? "304 with content" : "304";
}

async function askRange(lab: Lab, kept: KeptConnection, fields: Fields, plain: Plain): Promise<Result> {
  const response = await get(lab, kept, { headers: [...fields, ...RANGE] });
  if (response.status !== 206) return String(response.status);
  const content = kept.connection?.contents.get(response);
  const coding = fieldValues(response.headers, "content-encoding")[0] ?? "";
  const said = fieldValues(response.headers, "content-range")[0];
  if (said === undefined || !/^bytes 0-[0-4]\/(?:[0-9]+|\*)$/i.test(said)) {
    return "206 without its Content-Range";
  }
  if (content?.octets !== plain.beginning.length) return `206 with ${content?.octets ?? 0} octets`;
  // Another representation than that of the first answer has other octets (RFC 9110 §14.1).
  const sameEntity = coding === plain.coding && fieldValues(response.headers, "etag")[0] === plain.etag;
  return sameEntity && content.beginning !== plain.beginning ? "206 with other octets" : "206";
}

function judge(
  { etag, lastModified, range }: Results,
  { ranges }: Plain,
): ("honoured" | "ignored" | "broken")[] {
  const verdicts: ("honoured" | "ignored" | "broken")[] = [];
  for (const result of [etag, lastModified]) {
    if (result !== null) {
      verdicts.push(result === "304" ? "honoured" : result.startsWith("304") ? "broken" : "ignored");
    }
  }
  if (range === "206") verdicts.push("honoured");
  else if (range?.startsWith("206")) verdicts.push("broken");
  else if (range !== null && ranges) verdicts.push("ignored");
  return verdicts;
}

function formatResults({ etag, lastModified, range }: Results): string {
  return [["ETag", etag], ["Last-Modified", lastModified], ["Range", range]]
    .map(([name, result]) => result === null ? `no ${name}` : `${name} → ${result}`).join(", ");
}

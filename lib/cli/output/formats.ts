/**
 * The table of formats. The choices of `--format`, its help and its errors follow from it.
 *
 * @module
 */

import { type Formatter, lineFormatter } from "../../report/formatter.ts";
import type { ConnectionProfile, ProbeResult } from "../../result.ts";
import type { Difference } from "../../report/diff/diff.ts";
import type { UptimeReport } from "../../watch/report/uptime_report.ts";
import type { ParsedMessage } from "../commands/parse/message.ts";
import { oneOf } from "../flags/flag_values.ts";

/** The differences between two results or profiles of one input. */
export interface Compared {
  readonly input: string;
  readonly differences: readonly Difference[];
}

/** The kinds of data that commands print, each with the type of one row. */
export interface FormatRows {
  /** `probe`, `batch`, and `watch --once` */
  readonly results: ProbeResult;
  /** `conn` */
  readonly profiles: ConnectionProfile;
  /** `report` */
  readonly uptime: UptimeReport;
  /** `diff` */
  readonly differences: Compared;
  /** `parse` */
  readonly messages: ParsedMessage;
}

/** Settings that only some formats of results use. */
export interface FormatOptions {
  /** Time limit of one probe in milliseconds. */
  readonly maxTime?: number | undefined;
  /** Each result belongs to a check, whose outcome the output shows. @default false */
  readonly checks?: boolean | undefined;
  /** Gives the command line that makes the profile of this input again. */
  readonly command?: ((input: string) => string) | undefined;
  /** The version of sonde that made the rows, if that is known. */
  readonly madeBy?: string | undefined;
}

/** Loads a formatter when it is needed. */
type Load<Row> = (options: FormatOptions) => Promise<Formatter<Row>>;

/** One format: the formatter of each kind of data that has it, and the traits that commands must know. */
export type Format =
  & {
    readonly [
      /**
       * The loader of each formatter, or `"view"` if the command lays out the text itself, depending on its
       * other flags.
       */
      Kind in keyof FormatRows
    ]?: Load<FormatRows[Kind]> | "view";
  }
  & {
    /** Explains the name in the help. */
    readonly note?: string;
    /** The format has exit codes of its own, so the formatter must see every row. */
    readonly ownExitCodes?: true;
    /** The format shows requests too, so results must keep them. */
    readonly keepsRequests?: true;
    /**
     * sonde puts a file of this format in place only once it is complete, because another program may read
     * the folder at any moment.
     */
    readonly replacesFile?: true;
    /** sonde never appends to a file of this format: a second document would make the file invalid. */
    readonly oneDocument?: true;
  };

/** Every format by its name, in the order of the help. */
export const FORMATS = {
  text: { results: "view", profiles: "view", uptime: "view", differences: "view", messages: "view" },
  json: {
    results: async () => lineFormatter((await import("../../report/json.ts")).formatJson),
    profiles: async () => lineFormatter((await import("../../text/json_line.ts")).formatJsonLine),
    uptime: async () => lineFormatter((await import("../../watch/report/report_json.ts")).formatReportJson),
    differences: async () => {
      const { formatJsonLine } = await import("../../text/json_line.ts");
      return whole(({ input, differences }) =>
        differences.map((difference) => `${formatJsonLine({ input, ...difference })}\n`).join("")
      );
    },
    messages: async () => lineFormatter((await import("../../text/json_line.ts")).formatJsonLine),
  },
  csv: {
    results: async ({ checks }) => {
      const { formatCheckCsvHeader, formatCsv, formatCsvHeader } = await import("../../report/csv.ts");
      return lineFormatter(formatCsv, checks ? formatCheckCsvHeader() : formatCsvHeader());
    },
    uptime: async () => whole((await import("../../watch/report/report_csv.ts")).formatReportCsv),
  },
  md: {
    results: async ({ checks }) => {
      const { checkMarkdownFormatter, formatMarkdownHeader, formatMarkdownRow } = await import(
        "../../report/markdown.ts"
      );
      return checks
        ? checkMarkdownFormatter()
        : lineFormatter((result) => formatMarkdownRow(result), formatMarkdownHeader());
    },
    profiles: async ({ command, madeBy }) => {
      const { formatProfileMarkdown } = await import("../../report/profile/profile_markdown.ts");
      return whole((profile) =>
        `${formatProfileMarkdown(profile, { command: command?.(profile.input), version: madeBy })}\n\n`
      );
    },
  },
  html: {
    note: "one page that loads nothing",
    oneDocument: true,
    results: async () => new (await import("../../report/html.ts")).HtmlFormatter(),
    profiles: async () => new (await import("../../report/profile/profile_html.ts")).ProfileHtmlFormatter(),
    uptime: async () => whole((await import("../../watch/report/report_html.ts")).formatReportHtml),
  },
  har: {
    keepsRequests: true,
    oneDocument: true,
    results: async () => new (await import("../../report/har.ts")).HarFormatter(),
    profiles: async () => new (await import("../../report/profile/profile_har.ts")).ProfileHarFormatter(),
  },
  junit: {
    oneDocument: true,
    results: async () => new (await import("../../report/junit.ts")).JunitFormatter(),
    profiles: async () => new (await import("../../report/junit.ts")).ProfileJunitFormatter(),
  },
  prom: {
    note: "a textfile for Prometheus",
    replacesFile: true,
    results: async ({ maxTime }) => new (await import("../../report/prom.ts")).PromFormatter({ maxTime }),
    profiles: async () => new (await import("../../report/prom.ts")).ProfilePromFormatter(),
  },
  nagios: {
    note: "with its exit codes",
    ownExitCodes: true,
    results: async () => new (await import("../../report/nagios.ts")).NagiosFormatter(),
    profiles: async () =>
      new (await import("../../report/profile/profile_nagios.ts")).ProfileNagiosFormatter(),
  },
} as const satisfies Readonly<Record<string, Format>>;

/** Name of a format. */
export type AnyFormat = keyof typeof FORMATS;

/** Name of a format that exists for a kind of data. */
export type FormatName<Kind extends keyof FormatRows> = {
  [Name in AnyFormat]: (typeof FORMATS)[Name] extends { readonly [K in Kind]: unknown } ? Name
    : never;
}[AnyFormat];

/** Lists the names of the formats of a kind of data, in the order of the help. */
export function formatsOf<Kind extends keyof FormatRows>(kind: Kind): FormatName<Kind>[] {
  return (Object.keys(FORMATS) as AnyFormat[]).filter((name): name is FormatName<Kind> =>
    kind in FORMATS[name]
  );
}

/** Makes the flag `--format` of a command that prints this kind of data. */
export function formatFlag<Kind extends keyof FormatRows>(
  kind: Kind,
): { value: "FORMAT"; parse: (text: string) => FormatName<Kind>; help: string } {
  const names = formatsOf(kind);
  const [last = "", ...rest] = names.map((name) => {
    const { note }: Format = FORMATS[name];
    return note === undefined ? name : `${name} (${note})`;
  }).reverse();
  return { value: "FORMAT", parse: oneOf(...names), help: `${rest.reverse().join(", ")} or ${last}` };
}

/** Gives the format that the flags choose: text, unless they name another one. */
export function chosenFormat<Name extends string>(
  { json, format }: { readonly json: boolean; readonly format?: Name | undefined },
): Name | "json" | "text" {
  return json ? "json" : format ?? "text";
}

/** Gives the traits of a format, by which commands keep requests, write files and choose exit codes. */
export function traitsOf(
  { json = false, format }: { readonly json?: boolean | undefined; readonly format?: AnyFormat | undefined },
): Format {
  return FORMATS[chosenFormat({ json, format })];
}

/** Loads the formatter of a format, unless the command lays its text out itself. */
export async function loadFormatter<Kind extends keyof FormatRows>(
  kind: Kind,
  name: FormatName<Kind>,
  options: FormatOptions = {},
): Promise<Formatter<FormatRows[Kind]> | undefined> {
  const load = (FORMATS[name] as Format)[kind] as Load<FormatRows[Kind]> | "view" | undefined;
  return load === "view" ? undefined : await load?.(options);
}

/** Formats one row, including its line feeds. */
function whole<Row>(format: (row: Row) => string): Formatter<Row> {
  return { begin: () => "", row: format, end: () => "" };
}

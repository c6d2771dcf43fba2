/**
 * Writes docs/deviations.md.
 *
 *     deno run -A tests/docs/_deviations_page.ts
 *
 * @module
 */

import type { DeviationClass } from "../../lib/http/deviation.ts";
import { type DeviationExample, deviationExamples } from "./_deviation_examples.ts";
import {
  curlVersion,
  readAsHttpParserJs,
  readAsLlhttp,
  type Reading,
  readWithCurl,
  readWithFetch,
} from "./_other_clients.ts";
import { writePage } from "./_write_page.ts";

/** Path of the page. */
export const PAGE = new URL("../../docs/deviations.md", import.meta.url);

const CLASSES: Readonly<Record<DeviationClass, string>> = {
  fatal: "The message is not delivered as complete; reading ends here.",
  tolerated: "The RFC lets a reader refuse the message or recover in one way. sonde recovers.",
  sender: "The sender broke a rule, but there is only one way to read the message.",
  info: "This is allowed, but worth knowing.",
};

const INTRODUCTION = `# Deviations

A deviation is a place where a message breaks a rule of HTTP, or does something unusual. Each has a code, a class,
the octet at which it was found, the rule, and the octets in question.

sonde reads leniently and reports every leniency. Use a code, a class or the number of all deviations in an
[expectation](expectations.md): \`-e 'deviations == 0'\`, \`-e 'deviations.fatal == 0'\`,
\`-e 'not deviations.te-and-cl'\`. Codes never change their meaning within a major release.

The examples come from the test vectors. The last columns show how other clients treat the same octets, measured
when this page was written: llhttp is the parser of Node, http-parser-js the one that Node had before, and fetch is that
of Deno (hyper).

- \`reads\`: the client delivers the same content as sonde.
- \`refuses\`: the client reports an error.
- \`accepts\`: the client delivers a message that sonde refuses, with this content.
- \`–\`: not measured, because the example is not a single answer to GET.

\`deno run -A tests/docs/_deviations_page.ts\` writes this page, and a test compares the page with the output of this program.
`;

/** Writes the text of the page, with measurements of curl if it is installed. */
export async function deviationsPage(): Promise<string> {
  const version = await curlVersion();
  const rows = await Promise.all(
    deviationExamples().map((example) => measure(example, version !== undefined)),
  );
  const sections = Object.entries(CLASSES).map(([name, meaning]) =>
    [
      `## ${name[0]!.toUpperCase()}${name.slice(1)}`,
      "",
      meaning,
      "",
      "<!-- deno-fmt-ignore-start -->",
      `| code | meaning | rule | example | llhttp | http-parser-js | fetch | curl ${version ?? ""} |`,
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
      ...rows.filter(({ example }) => example.deviation.class === name).map(({ cells }) =>
        `| ${cells.join(" | ")} |`
      ),
      "<!-- deno-fmt-ignore-end -->",
      "",
    ].join("\n")
  );
  return `${INTRODUCTION}\n${rows.length} codes.\n\n${sections.join("\n")}`;
}

async function measure(
  example: DeviationExample,
  hasCurl: boolean,
): Promise<{ example: DeviationExample; cells: string[] }> {
  const { code, wire, deviation, isPlain } = example;
  const readings = isPlain
    ? [
      readAsLlhttp(wire),
      readAsHttpParserJs(wire),
      await readWithFetch(wire),
      hasCurl ? await readWithCurl(wire) : null,
    ]
    : [null, null, null, null];
  const verdicts = readings.map((reading) => reading === null ? "–" : describe(reading, example));
  const cells = [`\`${code}\``, deviation.message, deviation.rfc, asCode(wire), ...verdicts];
  return { example, cells: cells.map((cell) => cell.replaceAll("|", "\\|")) };
}

function describe(reading: Reading | undefined, { content }: DeviationExample): string {
  if (reading === undefined) return "refuses";
  if (reading.content === content) return "reads";
  const found = reading.content === "" ? "" : ` ${asCode(reading.content)}`;
  return content === undefined ? `accepts${found}` : `other content:${found || " none"}`;
}

/** Writes octets as code in Markdown, without the middle of long ones. */
function asCode(octets: string): string {
  const escaped = Array.from(octets, escapeOctet);
  const shown = escaped.length <= 120 ? escaped : [...escaped.slice(0, 60), " … ", ...escaped.slice(-40)];
  return octets === "" ? "nothing" : `\`${shown.join("").replaceAll("`", "\\x60")}\``;
}

function escapeOctet(octet: string): string {
  if (octet === "\r") return "\\r";
  if (octet === "\n") return "\\n";
  if (octet === "\t") return "\\t";
  return octet >= " " && octet <= "~" ? octet : `\\x${octet.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

if (import.meta.main) await writePage(PAGE, await deviationsPage());

/**
 * The page of the documentation that lists the faults.
 *
 * ```sh
 * deno run -A tests/zoo/_faults_page.ts
 * ```
 *
 * @module
 */

import { connVerdicts, DEADLINE, type Fault, SLACK, waits } from "./_fault.ts";
import { writePage } from "../docs/_write_page.ts";
import { FAULT_GROUPS, FAULTS } from "./_faults.ts";

/** Path of the page. */
export const PAGE = new URL("../../docs/faults.md", import.meta.url);

const INTRODUCTION = `# Faults and verdicts

This page lists servers that do something wrong, or something that only looks wrong, and what a probe says
about each. Each row stands for a scripted server that the tests start and probe (\`tests/zoo/\`).
\`deno run -A tests/zoo/_faults_page.ts\`
writes the page.

- **verdict**: the status of a complete answer, or the \`kind phase by\` of the error, with the status if one was read.
- **deviations**: their [codes](deviations.md).
- **connection**: who ended the connection, and how.
- **profile**: the outcomes of the experiments \`keep-alive\` and \`close\`, or the error of the first answer. Most of
  these servers answer one request on a connection and then stay silent. That is a \`lie\` if they promise to keep it.

Here a probe has a time limit of 10 s, but its verdict must be there ${
  SLACK / 1000
} s after the start. A server marked
with ◷ would keep the probe waiting forever: there the limit is ${DEADLINE} ms, and the verdict must be there
${
  SLACK / 1000
} s after it. The tests also probe all of these servers at once with \`probeAll()\`, and expect the same
verdicts.
`;

/** The text of the page. */
export function faultsPage(): string {
  const sections = FAULT_GROUPS.map(({ title, faults }) =>
    [
      `## ${title}`,
      "",
      "| a server that … | verdict | deviations | connection | profile |",
      "| --- | --- | --- | --- | --- |",
      ...faults.map(formatRow),
      "",
    ].join("\n")
  );
  return `${INTRODUCTION}\n${FAULTS.length} faults.\n\n${sections.join("\n")}`;
}

function formatRow(fault: Fault): string {
  const { error, status, deviations = [], end } = fault.verdict;
  const errors = error === undefined ? [] : [error].flat();
  const said = errors.length > 0
    ? errors.map(code).join(" or ") + (status === undefined ? "" : `, status ${status}`)
    : `status ${status}`;
  const ends = end === undefined ? ["none"] : [end].flat();
  const cells = [
    fault.does + (waits(fault) ? " ◷" : ""),
    said,
    deviations.map(code).join(" "),
    ends.join(" or "),
    connVerdicts(fault).map(formatProfile).join(" or "),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** `lie left-open` are two outcomes, `reset wait target` is an error. */
function formatProfile(terms: string): string {
  return terms.split(" ").length === 2 ? terms.replace(" ", " · ") : code(terms);
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) await writePage(PAGE, faultsPage());

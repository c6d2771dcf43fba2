/**
 * The page of the documentation that lists the faults.
 *
 * ```sh
 * deno run --allow-write=docs/faults.md --allow-read=tests/fixtures --allow-env tests/zoo/_faults_page.ts
 * ```
 *
 * @module
 */

import { connVerdicts, DEADLINE, type Fault, SLACK, waits } from "./_fault.ts";
import { FAULT_GROUPS, FAULTS } from "./_faults.ts";

/** Where the page is. */
export const PAGE = new URL("../../docs/faults.md", import.meta.url);

const INTRODUCTION = `# Faults and verdicts

What a probe says of servers that do something wrong, or something that only looks wrong. Each line is a scripted server
that the tests start and probe (\`tests/zoo/\`), so the table is true; it is written by
\`deno run --allow-write=docs/faults.md --allow-read=tests/fixtures --allow-env tests/zoo/_faults_page.ts\`.

The verdict is a complete answer with this status, or \`kind phase by\` of the error, with the status behind it if one was
read. Behind that stand the codes of the deviations, and how the connection ended. Here a probe may take 10 s, or
${DEADLINE} ms where the server would keep it waiting for ever (marked with ◷); every verdict must be there
${SLACK / 1000} s later at most, the others ${
  SLACK / 1000
} s after the start. The same servers are probed all at once by
\`probeAll()\`, with the same verdict, and examined by \`profileConnection()\`: the last column has the outcomes of its
experiments \`keep-alive\` and \`close\`, or the error of the first answer. Most servers here answer one request
on a connection and stay silent after that, which is a \`lie\` where they promise to keep it.
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

if (import.meta.main) await Deno.writeTextFile(PAGE, faultsPage());

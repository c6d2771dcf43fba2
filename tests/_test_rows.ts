/**
 * Tables whose rows have nothing in common but what is checked of them.
 *
 * @module
 */

/** Characters of a row's first cell in the name of its test. */
const LONGEST_LABEL = 60;

/**
 * Makes a test of its own for each row of a table, so that the first one that fails hides nothing.
 *
 * @param name What holds for every row; the number of the row and its first cell are added to it
 */
export function testRows<Row>(
  name: string,
  rows: Iterable<Row>,
  check: (row: Row) => void | Promise<void>,
  options: Omit<Deno.TestDefinition, "name" | "fn"> = {},
): void {
  let number = 0;
  for (const row of rows) {
    const label = labelOf(Array.isArray(row) ? row[0] : row);
    Deno.test({ ...options, name: `${name}, row ${++number}${label && `: ${label}`}`, fn: () => check(row) });
  }
}

/** The cell in one line of printable ASCII; nothing of what has no text. */
function labelOf(cell: unknown): string {
  if (typeof cell === "object" && cell !== null && "name" in cell) return labelOf(cell.name);
  const text = typeof cell === "bigint" ? `${cell}` : JSON.stringify(cell) ?? "";
  const shown = text.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return shown.length > LONGEST_LABEL ? `${shown.slice(0, LONGEST_LABEL)}…` : shown;
}

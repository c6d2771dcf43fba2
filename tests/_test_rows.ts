/**
 * Makes a separate test for each row of a table, so that a failing row hides no other.
 *
 * @module
 */

/** Characters of a row's first cell in the name of its test. */
const LONGEST_LABEL = 60;

/**
 * Makes a test for each row of a table.
 *
 * @param name A sentence that holds for every row; the name of each test adds the row's number and first cell
 */
export function testRows<Row>(
  name: string,
  rows: Iterable<Row>,
  check: (row: Row) => void | Promise<void>,
  options: Omit<Deno.TestDefinition, "name" | "fn"> = {},
): void {
  let number = 0;
  for (const row of rows) {
    Deno.test({ ...options, name: `${name}, ${nameOf(row, ++number)}`, fn: () => check(row) });
  }
}

/**
 * Makes a step of a test for each row of a table, for rows that share a server or another costly setup.
 *
 * The sanitizers look at the whole test: a step may leave a connection to the shared server open.
 */
export async function stepRows<Row>(
  test: Deno.TestContext,
  rows: Iterable<Row>,
  check: (row: Row) => void | Promise<void>,
): Promise<void> {
  let number = 0;
  for (const row of rows) {
    await test.step({
      name: nameOf(row, ++number),
      fn: () => check(row),
      sanitizeOps: false,
      sanitizeResources: false,
    });
  }
}

function nameOf(row: unknown, number: number): string {
  const label = labelOf(Array.isArray(row) ? row[0] : row);
  return `row ${number}${label && `: ${label}`}`;
}

/** Writes a cell in one line of printable ASCII; a cell without a text gives "". */
function labelOf(cell: unknown): string {
  if (typeof cell === "object" && cell !== null && "name" in cell) return labelOf(cell.name);
  const text = typeof cell === "bigint" ? `${cell}` : JSON.stringify(cell) ?? "";
  const shown = text.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return shown.length > LONGEST_LABEL ? `${shown.slice(0, LONGEST_LABEL)}…` : shown;
}

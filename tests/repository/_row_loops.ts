/**
 * Finds the loops over tables within tests: the first row that fails in such a loop hides the others.
 *
 * @module
 */

type Node = Deno.lint.Node;

/** A name for a table: `STATUS_LINES`. */
const CONSTANT = /^[A-Z][A-Z0-9_]+$/;
/** Calls that give the rows of a table, or something for each of them. */
const ROWS_OF = /^Object\.(entries|values|keys)$/;
const EACH_OF = /\.(flat|flatMap|map|entries|values|keys)$/;

/** Lists the lines of a test file in which a loop goes through a table and asserts something of each row. */
export function findRowLoops(path: string, source: string): number[] {
  const lines: number[] = [];
  const asserting = assertingFunctions(source);
  const tables = new Map<string, Node>();
  const textOf = ({ range: [start, end] }: Node) => source.slice(start, end);

  const isTable = (node: Node): boolean => {
    switch (node.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        return isTable(node.expression);
      case "ArrayExpression":
        return node.elements.length > 1 && node.elements.some((element) => element?.type !== "SpreadElement");
      case "ObjectExpression":
        return node.properties.length > 1;
      case "Identifier": {
        const table = tables.get(node.name);
        return table === undefined ? CONSTANT.test(node.name) : isTable(table);
      }
      case "CallExpression": {
        if (ROWS_OF.test(textOf(node.callee))) {
          return node.arguments[0] !== undefined && isTable(node.arguments[0]);
        }
        return EACH_OF.test(textOf(node.callee)) && node.callee.type === "MemberExpression" &&
          isTable(node.callee.object);
      }
      default:
        return false;
    }
  };

  const create = ({ sourceCode }: Deno.lint.RuleContext): Deno.lint.LintVisitor => ({
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && init) tables.set(id.name, init);
    },
    ForOfStatement(loop) {
      const isWithinFunction = sourceCode.getAncestors(loop).some(({ type }) => type.includes("Function"));
      if (!isWithinFunction || !isTable(loop.right) || !asserts(textOf(loop.body), asserting)) return;
      lines.push(source.slice(0, loop.range[0]).split("\n").length);
    },
  });
  Deno.lint.runPlugin({ name: "rows", rules: { loops: { create } } }, path, source);
  return lines;
}

/** The functions of a file that assert something, themselves or by another one. */
function assertingFunctions(source: string): Set<string> {
  const found = new Set<string>();
  const functions = [...source.matchAll(/^(?:async )?function\*? (\w+)([^]*?^})/gm)];
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [, name, body] of functions) if (asserts(body!, found)) found.add(name!);
  }
  return found;
}

function asserts(text: string, asserting: ReadonlySet<string>): boolean {
  return [...text.matchAll(/\b(\w+)\(/g)].some(([, name]) =>
    name!.startsWith("assert") || asserting.has(name!)
  );
}

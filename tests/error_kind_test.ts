import { assert } from "@std/assert";
import { ERROR_KINDS } from "../lib/error_kind.ts";
import { listSources, readCode } from "./repository/_source_tree.ts";
import { testRows } from "./_test_rows.ts";

const DOCS = Deno.readTextFileSync(new URL("../docs/library.md", import.meta.url));
const CODE = listSources("lib/").filter((path) => path !== "lib/error_kind.ts").map(readCode);

testRows("docs/library.md lists the error kind", Object.keys(ERROR_KINDS), (kind) => {
  assert(DOCS.includes(`\`${kind}\``), `docs/library.md does not list ${kind}`);
});

testRows("Some module gives the error kind", Object.keys(ERROR_KINDS), (kind) => {
  // `kind: "reset"`, the first part of a verdict, or the first argument of what makes an error.
  const given = new RegExp(`(?:kind: |[[(])\\s*"${kind}"`);
  assert(CODE.some((code) => given.test(code)), `no module of lib/ gives the error kind ${kind}`);
});

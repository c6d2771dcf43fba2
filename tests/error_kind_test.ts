import { assert } from "@std/assert";
import { ERROR_KINDS } from "../lib/error_kind.ts";
import { testRows } from "./_test_rows.ts";

const DOCS = Deno.readTextFileSync(new URL("../docs/library.md", import.meta.url));

testRows("docs/library.md lists the error kind", Object.keys(ERROR_KINDS), (kind) => {
  assert(DOCS.includes(`\`${kind}\``), kind);
});

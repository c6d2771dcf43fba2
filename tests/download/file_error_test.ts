import { assertEquals } from "@std/assert";
import { folderOf } from "../../lib/download/file_error.ts";

Deno.test("folderOf() names the folder of a file", () => {
  assertEquals(folderOf("/tmp/a/file"), "/tmp/a");
  assertEquals(folderOf("a/file"), "a");
  assertEquals(folderOf("a\\file"), "a");
});

Deno.test("folderOf() of a bare name is the current folder", () => {
  assertEquals(folderOf("file"), ".");
});

Deno.test("folderOf() of a file at the root is the root", () => {
  assertEquals(folderOf("/file"), "/");
});

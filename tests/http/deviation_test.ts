import { assertEquals } from "@std/assert";
import { escapeExcerpt } from "../../lib/http/deviation.ts";

Deno.test("escapeExcerpt() leaves printable ASCII, escapes everything else, and cuts at 60 octets", {
  permissions: "none",
}, () => {
  const rows: [text: string, excerpt: string][] = [
    ["", ""],
    [" ~aZ09\"'", " ~aZ09\"'"],
    ["\\", "\\\\"],
    ["\r\n\t", "\\r\\n\\t"],
    ["\0\x1b\x1f", "\\x00\\x1b\\x1f"],
    ["\x7f\x80\xff", "\\x7f\\x80\\xff"],
    ["x".repeat(60), "x".repeat(60)],
    ["x".repeat(61), "x".repeat(60) + "…"],
    ["\n".repeat(61), "\\n".repeat(60) + "…"],
  ];
  for (const [text, excerpt] of rows) assertEquals(escapeExcerpt(text), excerpt, JSON.stringify(text));
});

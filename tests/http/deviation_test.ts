import { assertEquals } from "@std/assert";
import { escapeExcerpt } from "../../lib/http/deviation.ts";
import { testRows } from "../_test_rows.ts";

testRows<[text: string, excerpt: string]>(
  "escapeExcerpt() keeps printable ASCII, escapes everything else, and cuts at 60 octets",
  [
    ["", ""],
    [" ~aZ09\"'", " ~aZ09\"'"],
    ["\\", "\\\\"],
    ["\r\n\t", "\\r\\n\\t"],
    ["\0\x1b\x1f", "\\x00\\x1b\\x1f"],
    ["\x7f\x80\xff", "\\x7f\\x80\\xff"],
    ["x".repeat(60), "x".repeat(60)],
    ["x".repeat(61), "x".repeat(60) + "…"],
    ["\n".repeat(61), "\\n".repeat(60) + "…"],
  ],
  ([text, excerpt]) => {
    assertEquals(escapeExcerpt(text), excerpt, JSON.stringify(text));
  },
  {
    permissions: "none",
  },
);

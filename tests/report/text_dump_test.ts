import { assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { formatHexDump } from "../../lib/report/hex_dump.ts";
import { TextDump } from "../../lib/report/text_dump.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test({
  name: "TextDump gives the same text however the octets are cut, without control octets",
  permissions: "none",
  async fn(test) {
    const rows: [octets: string, text: string][] = [
      ["one\r\ntwo\n\tthree", "one\ntwo\n\tthree"],
      ["a\rb\r", "a\\rb\\r"],
      ["\x1b[2J\x00\x07\x7f", "\\x1b[2J\\x00\\x07\\x7f"],
      ["caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "café € 😀"],
      ["\xe9\xff\xc3", "\\xe9\\xff\\xc3"],
      ["\xe2\x80\xae \xc2\x9b", "\\xe2\\x80\\xae \\xc2\\x9b"],
      ["a\\b", "a\\\\b"],
      ["\r\r\n", "\\r\n"],
    ];
    await stepRows(test, rows, ([octets, text]) => {
      for (let cut = 0; cut <= octets.length; cut++) {
        const dump = new TextDump();
        const pieces = [octets.slice(0, cut), octets.slice(cut)].map((piece) =>
          dump.push(encodeLatin1(piece))
        );
        assertEquals(pieces.join("") + dump.end(), text, `${JSON.stringify(octets)} cut at ${cut}`);
      }
      const dump = new TextDump();
      const each = [...octets].map((octet) => dump.push(encodeLatin1(octet))).join("");
      assertEquals(each + dump.end(), text);
    });
  },
});

Deno.test({
  name: "formatHexDump() aligns octets in their columns",
  permissions: "none",
  fn() {
    assertEquals(formatHexDump(new Uint8Array()), "");
    assertEquals(
      formatHexDump(encodeLatin1("0123456789abcdef\x00\xff")),
      "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n" +
        `00000010  00 ff ${"   ".repeat(6)} ${"   ".repeat(8)} |..|\n`,
    );
    assertEquals(
      formatHexDump(encodeLatin1("xyz"), 14),
      `00000000  ${"   ".repeat(8)} ${"   ".repeat(6)}78 79  |${" ".repeat(14)}xy|\n` +
        `00000010  7a ${"   ".repeat(7)} ${"   ".repeat(8)} |z|\n`,
    );
  },
});

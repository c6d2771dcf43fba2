import { assertEquals } from "@std/assert";
import { formatHexDump } from "../../lib/report/hex_dump.ts";

Deno.test("formatHexDump() shows printable ASCII beside the octets, and everything else as a dot", {
  permissions: "none",
}, () => {
  assertEquals(
    formatHexDump(Uint8Array.of(0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xff)),
    "00000000  1f 20 7e 7f 80 ff                                 |. ~...|\n",
  );
  const line = formatHexDump(new TextEncoder().encode("0123456789abcdefg"));
  assertEquals(line.split("\n"), [
    "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|",
    "00000010  67                                                |g|",
    "",
  ]);
});

Deno.test(
  "formatHexDump() aligns the octets of a later piece",
  { permissions: "none" },
  () => {
    assertEquals(
      formatHexDump(new TextEncoder().encode("ab"), 18),
      "00000010        61 62                                       |  ab|\n",
    );
    assertEquals(formatHexDump(new Uint8Array(), 18), "");
  },
);

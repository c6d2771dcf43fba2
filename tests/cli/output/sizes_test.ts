import { assertEquals } from "@std/assert";
import { loadFormatSize } from "../../../lib/cli/output/sizes.ts";
import { parseSize } from "../../../lib/text/size.ts";
import { testRows } from "../../_test_rows.ts";

const formatSize = await loadFormatSize({ terminal: true });

testRows<[octets: number, text: string]>("Sizes are in powers of 1,024, and never a unit too low", [
  [0, "0 B"],
  [1, "1 B"],
  [999, "999 B"],
  [1_000, "1,000 B"],
  [1_023, "1,023 B"],
  [1_024, "1 KiB"],
  [1_536, "1.5 KiB"],
  [65_536, "64 KiB"],
  [1_048_575, "1,024 KiB"],
  [1_048_576, "1 MiB"],
  [1e9, "953.67 MiB"],
  [1e12, "931.32 GiB"],
  [2 ** 40, "1 TiB"],
  [200.35165241187366, "200.35 B"],
], ([octets, text]) => {
  assertEquals(formatSize(octets), text);
});

testRows(
  "parseSize() reads the sizes that sonde prints",
  [0, 1_023, 1_024, 1_536, 65_536, 2 ** 40],
  (octets) => {
    assertEquals(parseSize(formatSize(octets).replace(",", "")), octets);
  },
);

Deno.test("Sizes are exact where nobody sits at a terminal", async () => {
  const exact = await loadFormatSize({ terminal: false });
  assertEquals([0, 1, 1_536, 200.35].map(exact), ["0 octets", "1 octet", "1,536 octets", "200 octets"]);
});

import { assertEquals } from "@std/assert";
import { respellUrl } from "../../../lib/watch/tasks/respell_url.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[url: string, ways: number]>(
  "respellUrl() finds every spelling of a file URL",
  [
    ["file:///checks.ts", 1],
    ["file:///srv/checks.ts", 8],
    ["file:///C:/a1/checks.ts", 4],
    ["file:///a%20b/checks.ts", 4],
    ["file:///%61/c.ts", 1],
  ],
  ([href, ways]) => {
    const url = new URL(href);
    const spellings = Array.from({ length: ways }, (_, nth) => respellUrl(url, nth)?.href);
    assertEquals(spellings[0], href);
    assertEquals(new Set(spellings).size, ways, href);
    for (const spelling of spellings) assertEquals(decodeURI(spelling!), decodeURI(href));
    assertEquals(respellUrl(url, ways), undefined, href);
  },
  {
    permissions: "none",
  },
);

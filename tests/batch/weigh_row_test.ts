import { assertEquals } from "@std/assert";
import { weighRow } from "../../lib/batch/weigh_row.ts";
import { goodResult, plainResult, refusedResult } from "../report/_samples.ts";

Deno.test(
  "weighRow() counts the content of a row and of the redirects before it",
  { permissions: "none" },
  () => {
    const { body } = goodResult();
    const withText = (text: string) => ({ body: { ...body!, text } });
    assertEquals(weighRow(goodResult()), 0);
    assertEquals(weighRow(refusedResult()), 0);
    assertEquals(weighRow(goodResult(withText("12345"))), 5);
    const redirects = [plainResult(withText("123")), plainResult(), plainResult(withText("12"))];
    assertEquals(weighRow(goodResult({ redirects })), 5);
    assertEquals(weighRow(goodResult({ ...withText("1234567"), redirects })), 12);
  },
);

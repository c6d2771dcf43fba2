import { assertEquals } from "@std/assert";
import { formatHow } from "../../../lib/conn/lab/format_end.ts";

Deno.test("formatHow() names the end of a connection", { permissions: "none" }, () => {
  assertEquals(["fin", "rst", "tls-truncated"].map((how) => formatHow(how)), [
    "FIN",
    "RST",
    "a FIN without close_notify",
  ]);
});

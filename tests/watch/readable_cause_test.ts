import { assertEquals } from "@std/assert";
import { readableCause } from "../../lib/watch/readable_cause.ts";
import { testRows } from "../_test_rows.ts";

testRows<[cause: string, readable: string]>(
  "readableCause() says of an error what its message says",
  [
    ["refused in connect: Cannot connect to a.test:80: refused", "Cannot connect to a.test:80: refused"],
    ["truncated in body: Cannot read the answer to GET http://a.test/: cut", "Cannot read the answer: cut"],
    ["syntax in head: Cannot read the head of POST http://a.test/: cut", "Cannot read the head: cut"],
    [
      "reset in wait: Cannot read the answer to GET http://b.test/: cut",
      "Cannot read the answer to GET http://b.test/: cut",
    ],
    [
      "refused in connect: Cannot connect; then the task file changed",
      "Cannot connect; then the task file changed",
    ],
    ["refused in connect: nobody there", "refused in connect: nobody there"],
    ["refused in connect, as expected", "refused in connect, as expected"],
    ["not status == 200 (found 503)", "not status == 200 (found 503)"],
  ],
  ([cause, readable]) => {
    assertEquals(readableCause(cause, "http://a.test/"), readable);
    assertEquals(readableCause(readable, undefined), readable);
  },
  { permissions: "none" },
);

import { assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseResponse } from "../../lib/http/parse_response.ts";
import { stepRows } from "../_test_rows.ts";

const LENGTH = "Content-Length";
const CODING = "Transfer-Encoding";

Deno.test({
  name: "parseResponse() quotes the faulty field line",
  permissions: "none",
  async fn(test) {
    const rows: [lines: string[], message: string, excerpt: string][] = [
      [
        [`${LENGTH}: 5`, `${LENGTH}: abc`],
        `${LENGTH} "abc" is not a number of octets`,
        `${LENGTH}: abc`,
      ],
      [[`${LENGTH}: 5, `], `${LENGTH} is empty`, `${LENGTH}: 5,`],
      [[`${LENGTH}: 5`, "A: b", `${LENGTH}: 6`], `${LENGTH} has different values: 5 and 6`, `${LENGTH}: 6`],
      [[`${LENGTH}: 5, 5, 7`], `${LENGTH} has different values: 5 and 7`, `${LENGTH}: 5, 5, 7`],
      [
        [`${CODING}: chunked`, `${CODING}: gzip`],
        'The last transfer coding is "gzip", not chunked: the body ends with the connection',
        `${CODING}: gzip`,
      ],
      [
        [`${CODING}: gzip`, `${CODING}: chunked`],
        'Transfer codings other than chunked are not decoded: "gzip"',
        `${CODING}: gzip`,
      ],
      [[`${CODING}: chunked`, `${CODING}: chunked`], "chunked 2 times: decoded once", `${CODING}: chunked`],
      [
        [`${LENGTH}: ${"5, ".repeat(30)}6`],
        `${LENGTH} has different values: 5 and 6`,
        "5, 5, 5, 5, 5, 5, 5, 6".slice(-21),
      ],
    ];
    await stepRows(test, rows, ([lines, message, excerpt]) => {
      const wire = `HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
      const { deviations } = parseResponse(encodeLatin1(wire));
      assertEquals(deviations.map((it) => [it.message, it.excerpt]), [[message, excerpt]], wire);
    });
  },
});

Deno.test({
  name: "parseResponse() explains an unusable length of a 304 and of an answer to HEAD",
  permissions: "none",
  async fn(test) {
    await stepRows(
      test,
      [[304, "GET", "A 304"], [200, "HEAD", "The answer to HEAD"]] as const,
      ([status, method, answer]) => {
        const wire = `HTTP/1.1 ${status} X\r\n${LENGTH}: 5\r\n${LENGTH}: abc\r\n\r\n`;
        const [fault] = parseResponse(encodeLatin1(wire), { method }).deviations;
        const cause = `${LENGTH} "abc" is not a number of octets`;
        assertEquals(fault?.message, `${answer} has a ${LENGTH} that cannot be used: ${cause}`);
        assertEquals([fault?.offset, fault?.excerpt], [wire.lastIndexOf(LENGTH), `${LENGTH}: abc`]);
      },
    );
  },
});

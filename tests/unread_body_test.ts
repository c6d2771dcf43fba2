import { assertEquals } from "@std/assert";
import type { ErrorKind, HeaderField, UnreadReason } from "../lib/result.ts";
import { announcedLength, type BodyOutcome, describeUnread } from "../lib/unread_body.ts";
import { stepRows, testRows } from "./_test_rows.ts";

const LENGTH: HeaderField[] = [["Content-Length", "10"]];

Deno.test(
  "describeUnread() explains who stopped reading, and what is missing",
  { permissions: "none" },
  async (test) => {
    const body = { framing: "content-length", bytes: 3, complete: false } as const;
    const reasons: [ErrorKind, UnreadReason][] = [
      ["truncated", "truncated"],
      ["closed", "truncated"],
      ["reset", "truncated"],
      ["limit", "limit"],
      ["timeout", "deadline"],
      ["aborted", "stopped"],
      ["syntax", "unreadable"],
      ["resource", "local"],
      ["internal", "local"],
    ];
    await stepRows(test, reasons, ([kind, unread]) => {
      const outcome: BodyOutcome = { method: "GET", status: 200, headers: LENGTH, error: { kind }, body };
      assertEquals(describeUnread(outcome), { unread, unreadBytes: 7 }, kind);
      assertEquals(describeUnread({ ...outcome, body: { ...body, framing: "chunked" } }), { unread }, kind);
      assertEquals(describeUnread({ ...outcome, headers: [["Content-Length", "x"]] }), { unread }, kind);
      assertEquals(describeUnread({ ...outcome, body: { ...body, bytes: 11 } }), { unread }, kind);
    });
    assertEquals(describeUnread({ method: "GET", status: 200, headers: LENGTH, body }), {});
  },
);

Deno.test(
  "describeUnread() explains that HEAD requests no content",
  { permissions: "none" },
  async (test) => {
    const body = { framing: "none", bytes: 0, complete: true } as const;
    const head: BodyOutcome = { method: "HEAD", status: 200, headers: LENGTH, body };
    assertEquals(describeUnread(head), { unread: "head", unreadBytes: 10 });
    assertEquals(describeUnread({ ...head, headers: [] }), { unread: "head" });
    await stepRows(test, [101, 204, 304], (status) => {
      assertEquals(describeUnread({ ...head, status }), {});
    });
    assertEquals(describeUnread({ ...head, method: "GET" }), {});
    assertEquals(describeUnread({ ...head, method: "GET", body: { ...body, framing: "chunked" } }), {});
  },
);

testRows<[values: string[], length: number | undefined]>(
  "announcedLength() is a number only if all lines agree on it",
  [
    [[], undefined],
    [["5"], 5],
    [["5", "5"], 5],
    [["5, 5"], 5],
    [["5", "6"], undefined],
    [["+5"], undefined],
    [["0x5"], undefined],
    [["1e3"], undefined],
    [[""], undefined],
  ],
  ([values, length]) => {
    assertEquals(announcedLength(values.map((value) => ["Content-Length", value])), length, values.join("|"));
  },
  { permissions: "none" },
);

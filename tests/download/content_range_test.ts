import { assertEquals } from "@std/assert";
import {
  type ContentRange,
  ifRange,
  isSameVersion,
  parseContentRange,
  strongValidator,
  type Validator,
} from "../../lib/download/content_range.ts";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test({
  name: "parseContentRange() reads exactly the grammar of RFC 9110 §14.4",
  permissions: "none",
  async fn(test) {
    const rows: [values: string[], range: ContentRange | undefined][] = [
      [["bytes 0-0/1"], { type: "satisfied", first: 0, last: 0, total: 1 }],
      [["Bytes 5-9/*"], { type: "satisfied", first: 5, last: 9 }],
      [["bytes */10"], { type: "unsatisfied", total: 10 }],
      [[], undefined],
      [["bytes 0-4/10", "bytes 5-9/10"], undefined],
      [["bytes 9-5/10"], undefined],
      [["bytes 5-10/10"], undefined],
      [["bytes 5-9"], undefined],
      [["items 5-9/10"], undefined],
      [["bytes 5-9/ten"], undefined],
      [["bytes 0-9999999999999999/*"], undefined],
    ];
    await stepRows(test, rows, ([values, range]) => {
      const headers = values.map((value): FieldLine => ["content-range", value]);
      assertEquals(parseContentRange(headers), range, values.join());
    });
  },
});

Deno.test({
  name: "strongValidator() accepts only validators that promise the same octets",
  permissions: "none",
  async fn(test) {
    const now = "Sat, 21 Nov 2026 10:00:10 GMT";
    const before = "Sat, 21 Nov 2026 10:00:00 GMT";
    const rows: [headers: FieldLine[], validator: Validator, ifRangeValue: string | undefined][] = [
      [[["ETag", '"a"']], { etag: '"a"' }, '"a"'],
      [[["ETag", 'W/"a"']], {}, undefined],
      [[["ETag", "a"]], {}, undefined],
      [[["ETag", 'W/"a"'], ["Last-Modified", before], ["Date", now]], {}, undefined],
      [[["ETag", "a"], ["Last-Modified", before], ["Date", now]], { lastModified: before }, before],
      [[["ETag", '"a"'], ["ETag", '"b"']], {}, undefined],
      [[["Last-Modified", before], ["Date", now]], { lastModified: before }, before],
      [[["Last-Modified", now], ["Date", now]], {}, undefined],
      [
        [["Last-Modified", "Sat, 21 Nov 2026 10:00:09 GMT"], ["Date", now]],
        { lastModified: "Sat, 21 Nov 2026 10:00:09 GMT" },
        "Sat, 21 Nov 2026 10:00:09 GMT",
      ],
      [[["Last-Modified", before]], {}, undefined],
      [
        [["ETag", '"a"'], ["Last-Modified", before], ["Date", now]],
        { etag: '"a"', lastModified: before },
        '"a"',
      ],
    ];
    await stepRows(test, rows, ([headers, validator, value]) => {
      assertEquals(strongValidator(headers), validator, JSON.stringify(headers));
      assertEquals(ifRange(strongValidator(headers)), value, JSON.stringify(headers));
    });
  },
});

Deno.test({
  name: "isSameVersion() prefers a tag to a date, and assumes the same version without either",
  permissions: "none",
  async fn(test) {
    const rows: [validator: Validator, headers: FieldLine[], same: boolean][] = [
      [{ etag: '"a"' }, [["ETag", '"a"']], true],
      [{ etag: '"a"' }, [["ETag", '"b"']], false],
      [{ etag: '"a"' }, [["ETag", 'W/"a"']], false],
      [{ etag: '"a"' }, [], true],
      [{ lastModified: "x" }, [["Last-Modified", "y"]], false],
      [{ etag: '"a"', lastModified: "x" }, [["ETag", '"a"'], ["Last-Modified", "y"]], true],
      [{ etag: '"a"', lastModified: "x" }, [["Last-Modified", "y"]], false],
    ];
    await stepRows(test, rows, ([validator, headers, same]) => {
      assertEquals(isSameVersion(validator, headers), same, JSON.stringify([validator, headers]));
    });
  },
});

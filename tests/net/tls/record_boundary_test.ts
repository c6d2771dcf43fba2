import { assertEquals } from "@std/assert";
import { RecordBoundary } from "../../../lib/net/tls/record_boundary.ts";

/** A record of application data. */
function record(length: number): number[] {
  return [23, 3, 3, length >> 8, length & 0xff, ...new Array<number>(length).fill(23)];
}

const ROWS: readonly (readonly [title: string, pieces: number[][], starts: number[]])[] = [
  ["one record", [record(3)], [0]],
  ["two records", [[...record(3), ...record(300)]], [8]],
  ["an empty record behind one", [[...record(3), ...record(0)]], [8]],
  ["a record whose end comes later", [record(300).slice(0, 100), record(300).slice(100)], [0, 0]],
  ["a record that begins behind the rest of one", [[...record(9).slice(0, 7)], [
    ...record(9).slice(7),
    ...record(1),
  ]], [0, 7]],
  ["a header in pieces", [[23], [3, 3], [0], [2, 9], [9, ...record(1)]], [0, 0, 0, 0, 1]],
  ["octets that are no record behind one", [[...record(3), 72, 84, 84, 80], record(1)], [8, 0]],
  ["octets that are no record", [[72, 84, 84, 80]], [0]],
];

for (const [title, pieces, starts] of ROWS) {
  Deno.test({
    name: `RecordBoundary.findLast() finds ${title}`,
    permissions: "none",
    fn: () => {
      const boundary = new RecordBoundary();
      assertEquals(pieces.map((piece) => boundary.findLast(Uint8Array.from(piece))), starts);
    },
  });
}

import { assertEquals } from "@std/assert";
import { type ComparedAnswer, differsFromUsual } from "../../../lib/conn/experiments/usual_answer.ts";
import { testRows } from "../../_test_rows.ts";

function answer(changes: Partial<ComparedAnswer> = {}): ComparedAnswer {
  return { status: 200, bytes: 100, checksum: "a", ms: 500, ...changes };
}

testRows<[
  seen: Partial<ComparedAnswer>,
  usual: Partial<ComparedAnswer>[],
  difference: string | undefined,
]>("differsFromUsual() detects another status, length or content, and an answer that comes far too early", [
  [{}, [{}], undefined],
  [{ status: 502 }, [{}], "502 in place of 200"],
  [{ status: 502 }, [{}, { status: 404 }], "502 in place of 200 or 404"],
  [{ status: 404 }, [{}, { status: 404 }], undefined],
  [{ bytes: 0 }, [{}], "0 octets in place of 100"],
  [{ bytes: 1 }, [{}], "1 octet in place of 100"],
  [{ bytes: 101 }, [{}], "101 octets in place of 100"],
  // A page that the server generates for each request.
  [{ bytes: 90, checksum: "c" }, [{}, { bytes: 110, checksum: "b" }], undefined],
  [{ bytes: 50, checksum: "c" }, [{}, { bytes: 110, checksum: "b" }], undefined],
  [{ bytes: 49 }, [{}, { bytes: 110 }], "49 octets in place of 100 to 110"],
  [{ checksum: "b" }, [{}], "other content of 100 octets"],
  [{ checksum: "c" }, [{}, { checksum: "b" }], undefined],
  [{ ms: 249 }, [{}], "after 249 ms, where it takes 500 ms or more otherwise"],
  [{ ms: 250 }, [{}], undefined],
  [{ ms: 5_000 }, [{}], undefined],
  [{ ms: 100 }, [{}, { ms: 150 }], undefined],
  // All are too quick to distinguish.
  [{ ms: 1 }, [{ ms: 100 }], undefined],
  [{ ms: 1 }, [{ ms: 101 }], "after 1 ms, where it takes 101 ms or more otherwise"],
], ([seen, usual, difference]) => {
  assertEquals(differsFromUsual(answer(seen), usual.map((one) => answer(one))), difference);
}, {
  permissions: "none",
});

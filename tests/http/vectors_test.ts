import { assertEquals } from "@std/assert";
import { type DeviationCode, deviationCodes } from "../../lib/http/deviation.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { outcomeOf } from "./_outcome.ts";
import { runVector, type Vector } from "./_run_vector.ts";
import { chunkedVectors } from "./vectors/chunked.ts";
import { endVectors } from "./vectors/end_of_stream.ts";
import { fieldLineVectors } from "./vectors/field_lines.ts";
import { framingVectors } from "./vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "./vectors/status_line.ts";
import { limitVectors, streamVectors } from "./vectors/streams.ts";
import { stepRows } from "../_test_rows.ts";

const tables: Readonly<Record<string, readonly Vector[]>> = {
  "status-line": statusLineVectors,
  "foreign protocol": foreignVectors,
  "field line": fieldLineVectors,
  "framing": framingVectors,
  "chunked": chunkedVectors,
  "end of stream": endVectors,
  "stream": streamVectors,
  "limit": limitVectors,
};

for (const [table, vectors] of Object.entries(tables)) {
  for (const vector of vectors) {
    Deno.test({
      name: `ResponseReader follows the ${table} table: ${vector.name}`,
      permissions: "none",
      fn: () => runVector(vector),
    });
  }
}

Deno.test({
  name: "ResponseReader reads every single message in the same way when it comes second",
  permissions: "none",
  async fn(test) {
    const first = "HTTP/1.1 204 No Content\r\n\r\n";
    await stepRows(
      test,
      [statusLineVectors, fieldLineVectors, framingVectors, chunkedVectors].flat(),
      (vector) => {
        const { requests = ["GET"], end = "fin" } = vector;
        const alone = outcomeOf([encodeLatin1(vector.wire)], { requests, end });
        const second = outcomeOf([encodeLatin1(first + vector.wire)], {
          requests: ["GET", ...requests],
          end,
        });
        const codes = (outcome: typeof alone) => outcome.deviations.map(({ code, offset }) => [code, offset]);
        const shifted = codes(alone).map(([code, offset]) => [code, Number(offset) + first.length]);
        assertEquals(codes(second), shifted, vector.name);
        assertEquals(second.state, alone.state, vector.name);
      },
    );
  },
});

Deno.test({
  name: "the tables have a row for every deviation that a reader can find",
  permissions: "none",
  fn() {
    const met = new Set<DeviationCode>();
    for (const vector of Object.values(tables).flat()) {
      for (const [code] of vector.deviations ?? []) met.add(code);
      if (vector.fatal) met.add(vector.fatal[0]);
    }
    // Only the prober knows whether the connection was really closed.
    const missing = deviationCodes.filter((code) =>
      !met.has(code) && code !== "connection-lie" && !code.startsWith("request-")
    );
    assertEquals(missing, [], "add a row for each of these codes to a table in tests/http/vectors/");
  },
});

Deno.test({
  name: "the rows of each table have unique names",
  permissions: "none",
  async fn(test) {
    await stepRows(test, Object.values(tables), (vectors) => {
      const names = vectors.map((vector) => vector.name);
      assertEquals(new Set(names).size, names.length, names.find((name, i) => names.indexOf(name) !== i));
    });
  },
});

import { assert, assertEquals } from "@std/assert";
import { departureOf, DEPARTURES, disagreement } from "./_departures.ts";
import { chunkedVectors } from "./vectors/chunked.ts";
import { fieldLineVectors } from "./vectors/field_lines.ts";
import { framingVectors } from "./vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "./vectors/status_line.ts";

/** One response to GET: llhttp is not told of the request here. */
const wires = [statusLineVectors, foreignVectors, fieldLineVectors, framingVectors, chunkedVectors].flat()
  .filter(({ requests = ["GET"], end = "fin" }) => `${requests}` === "GET" && end === "fin")
  .map(({ wire }) => wire);

Deno.test({
  name: "ResponseReader agrees with llhttp on the rows of the tables, except for documented differences",
  permissions: "none",
  fn() {
    const used = new Set<unknown>();
    for (const wire of wires) {
      const found = disagreement(wire);
      if (!found) continue;
      const departure = departureOf(wire, found);
      assert(departure, `${found}: ${JSON.stringify(wire)}`);
      used.add(departure);
    }
    assertEquals(DEPARTURES.filter((departure) => !used.has(departure)), []);
  },
});

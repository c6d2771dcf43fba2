/**
 * Compares the reader with llhttp, the parser of Node.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { encodeMessage, message } from "../http/_arbitraries.ts";
import { departureOf, disagreement } from "../http/_departures.ts";
import { readWithLlhttp } from "../http/_llhttp.ts";
import { defineProperty, type Property } from "./_property.ts";
import { faultyWire } from "./_wire.ts";

/** In the order of `--help`. */
export const differentialProperties: readonly Property[] = [
  defineProperty({
    name: "llhttp-in-order",
    claim: "ResponseReader agrees with llhttp on valid messages",
    input: message,
    check(sent) {
      const wire = encodeMessage(sent);
      assert(readWithLlhttp(encodeLatin1(wire)), `llhttp refuses ${JSON.stringify(wire)}`);
      assertEquals(disagreement(wire), undefined);
    },
  }),
  defineProperty({
    name: "llhttp-faulty",
    claim: "ResponseReader agrees with llhttp on faulty messages, except for documented differences",
    input: faultyWire,
    runs: 2000,
    row: (wire) => ({ wire }),
    check(wire) {
      const found = disagreement(wire);
      if (found !== undefined) assert(departureOf(wire, found), found);
    },
  }),
];

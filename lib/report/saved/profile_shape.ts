/**
 * The form of saved connection profiles, as far as formatters rely on it.
 *
 * @module
 */

import { CHECKS, emptyList, ENDPOINT, ERROR, OPENING, REPORTS, RESULT } from "./result_shape.ts";
import { listOf, number, objectOf, oneOf, recordOf, type Shape, text } from "./shape.ts";

/** A saved connection profile. */
export const PROFILE: Shape = objectOf({
  required: { ...OPENING, experiments: REPORTS },
  optional: {
    error: ERROR,
    contact: objectOf({ required: { local: ENDPOINT, peer: ENDPOINT } }),
    exchanges: recordOf(
      objectOf({ defaults: { kept: [listOf(RESULT), emptyList], leftOut: [number, () => 0] } }),
    ),
  },
  defaults: {
    findings: [
      listOf(
        objectOf({
          required: {
            code: text,
            severity: oneOf("problem", "warning", "info"),
            experiment: text,
            message: text,
            advice: text,
          },
        }),
      ),
      emptyList,
    ],
    checks: [CHECKS, emptyList],
  },
});

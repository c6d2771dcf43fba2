/**
 * Every property, in the order of `--help`.
 *
 * @module
 */

import { bodyProperties } from "./_body_properties.ts";
import { differentialProperties } from "./_differential_properties.ts";
import { expectationProperties } from "./_expectation_properties.ts";
import { metamorphicProperties } from "./_metamorphic_properties.ts";
import type { Property } from "./_property.ts";
import { requestProperties } from "./_request_properties.ts";
import { responseProperties } from "./_response_properties.ts";
import { rowProperties } from "./_row_properties.ts";
import { stateProperties } from "./_state_properties.ts";
import { targetProperties } from "./_target_properties.ts";
import { timeProperties } from "./_time_properties.ts";

/** All properties. */
export const PROPERTIES: readonly Property[] = [
  ...responseProperties,
  ...metamorphicProperties,
  ...differentialProperties,
  ...bodyProperties,
  ...requestProperties,
  ...targetProperties,
  ...expectationProperties,
  ...rowProperties,
  ...stateProperties,
  ...timeProperties,
];

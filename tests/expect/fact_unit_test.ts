import { assertEquals } from "@std/assert";
import { experimentNames } from "../../lib/conn/experiment_names.ts";
import { PROFILE_FACTS, shortNameFacts } from "../../lib/expect/profile_facts.ts";
import { RESULT_FACTS } from "../../lib/expect/result_facts.ts";
import { unitOfFact } from "../../lib/report/fact_unit.ts";
import { testRows } from "../_test_rows.ts";

const FACTS = { ...RESULT_FACTS, ...PROFILE_FACTS, ...shortNameFacts(experimentNames()) };

testRows("unitOfFact() agrees with the tables of facts", Object.entries(FACTS), ([name, { type, unit }]) => {
  // Only numbers are shown with a unit.
  if (type === "number") assertEquals(unitOfFact(`${name} < 5`), unit);
  else assertEquals(unit, undefined);
});

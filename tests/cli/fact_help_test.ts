import { assertEquals } from "@std/assert";
import { experimentNames } from "../../lib/conn/experiment_names.ts";
import { type ExpectationSubject, listFacts } from "../../lib/expect/resolve_fact.ts";
import { describeFacts } from "../../lib/cli/fact_help.ts";
import { testRows } from "../_test_rows.ts";

testRows<ExpectationSubject>(
  "describeFacts() lists every fact of its subject once",
  ["result", "profile", "row"],
  (subject) => {
    const [rows = []] = Object.values(describeFacts(subject));
    const listed = rows.flatMap(([term, members]) =>
      members.split(", ").map((member) => term === "FACT" ? member : term.replace("…", member))
    );
    // A name that is a fact and the beginning of others is known from their row.
    const roots = rows.slice(1).map(([term]) => term.replace(".…", ""));
    const facts = listFacts([], subject, experimentNames()).filter((fact) => !roots.includes(fact));
    assertEquals(listed.toSorted(), facts.toSorted());
  },
  { permissions: "none" },
);

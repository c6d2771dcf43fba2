import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { prepareTarget } from "../../lib/batch/prepare_target.ts";
import { testRows } from "../_test_rows.ts";

testRows<[url: string, ports: number[]]>(
  "prepareTarget() connects to the address of a line on each port that the target may use",
  [
    ["a.test", [443, 80]],
    ["http://a.test/", [443, 80]],
    ["a.test:8080", [8080]],
  ],
  ([url, ports]) => {
    const other = { host: "b.test", port: 80, addresses: ["192.0.2.2"] };
    const prepared = prepareTarget({ url, address: "192.0.2.1" }, { resolve: [other] });
    assert("target" in prepared);
    const own = ports.map((port) => ({ host: "a.test", port, addresses: ["192.0.2.1"] }));
    assertEquals(prepared.options.resolve, [other, ...own]);
  },
  { permissions: "none" },
);

testRows<[address: string]>("prepareTarget() refuses an address that is not one", [
  ["a.test"],
  ["192.0.2.1:80"],
], ([address]) => {
  const prepared = prepareTarget({ url: "a.test", address }, {});
  assert("problem" in prepared);
  assertStringIncludes(prepared.problem, `Cannot connect to "${address}": it is not an IP address`);
}, { permissions: "none" });

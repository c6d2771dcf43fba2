import { assertEquals } from "@std/assert";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { type AnnouncedPersistence, parsePersistence } from "../../lib/http/persistence.ts";
import { testRows } from "../_test_rows.ts";

const KEPT: FieldLine = ["Connection", "keep-alive"];

testRows<[values: string[], announced: Omit<AnnouncedPersistence, "persistent">]>(
  "parsePersistence() takes the first timeout and the first max of Keep-Alive",
  [
    [["timeout=5, max=100"], { timeout: 5, max: 100 }],
    [["max=100, max=7"], { max: 100 }],
    [["max=100", "max=7"], { max: 100 }],
    [["timeout=5, timeout=60"], { timeout: 5 }],
    [["timeout=5", "timeout=60"], { timeout: 5 }],
    [["max=0, max=9"], { max: 0 }],
    [["timeout=0", "timeout=9"], { timeout: 0 }],
    [["max=x, max=9"], { max: 9 }],
    [['MAX = "3"'], { max: 3 }],
    [["max=-1, timeout=1.5, timeoutx=3, x"], {}],
    [[""], {}],
  ],
  ([values, announced]) => {
    const headers = [KEPT, ...values.map((value): FieldLine => ["Keep-Alive", value])];
    assertEquals(parsePersistence("1.0", headers), { persistent: true, ...announced }, values.join(" | "));
  },
  {
    permissions: "none",
  },
);

testRows<[version: string, connection: string[], persistent: boolean]>(
  "parsePersistence() considers the version and every option of Connection",
  [
    ["1.1", [], true],
    ["1.1", ["close"], false],
    ["1.1", ["Close"], false],
    ["1.1", ["TE, CLOSE"], false],
    ["1.1", ["keep-alive", "close"], false],
    ["1.1", ["closed"], true],
    ["1.0", [], false],
    ["1.0", ["keep-alive"], true],
    ["1.0", ["TE", "Keep-Alive"], true],
    ["1.0", ["keep-alive, close"], false],
    ["2.0", ["keep-alive"], false],
  ],
  ([version, values, persistent]) => {
    const headers = values.map((value): FieldLine => ["connection", value]);
    assertEquals(parsePersistence(version, headers), { persistent }, `${version} ${values.join(" | ")}`);
  },
  {
    permissions: "none",
  },
);

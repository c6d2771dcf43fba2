import { assertEquals } from "@std/assert";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { type AnnouncedPersistence, parsePersistence } from "../../lib/http/persistence.ts";

const KEPT: FieldLine = ["Connection", "keep-alive"];

Deno.test("parsePersistence() takes the first timeout and the first max of Keep-Alive", {
  permissions: "none",
}, () => {
  const rows: [values: string[], announced: Omit<AnnouncedPersistence, "persistent">][] = [
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
  ];
  for (const [values, announced] of rows) {
    const headers = [KEPT, ...values.map((value): FieldLine => ["Keep-Alive", value])];
    assertEquals(parsePersistence("1.0", headers), { persistent: true, ...announced }, values.join(" | "));
  }
});

Deno.test("parsePersistence() decides by the version and by every option of Connection", {
  permissions: "none",
}, () => {
  const rows: [version: string, connection: string[], persistent: boolean][] = [
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
  ];
  for (const [version, values, persistent] of rows) {
    const headers = values.map((value): FieldLine => ["connection", value]);
    assertEquals(parsePersistence(version, headers), { persistent }, `${version} ${values.join(" | ")}`);
  }
});

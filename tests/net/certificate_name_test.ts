import { assertEquals } from "@std/assert";
import { isNamed, parseAlternativeNames } from "../../lib/net/certificate_name.ts";

const EXTENSIONS: readonly (readonly [extension: string, names: string[]])[] = [
  ["", []],
  ["DNS:localhost, IP Address:127.0.0.1, IP Address:::1", ["localhost", "127.0.0.1", "::1"]],
  ["DNS:*.example.com, URI:http://x/, email:a@b", ["*.example.com"]],
  ['DNS:"a.test, DNS:b.test", DNS:c.test', ["a.test, DNS:b.test", "c.test"]],
  ['DNS:"a\\"b", DNS:c.test', ['a"b', "c.test"]],
];

for (const [extension, names] of EXTENSIONS) {
  Deno.test({
    name: `parseAlternativeNames() reads "${extension}"`,
    permissions: "none",
    fn: () => assertEquals(parseAlternativeNames(extension), names),
  });
}

const NAMED: readonly (readonly [names: string[], host: string, named: boolean])[] = [
  [["a.test"], "a.test", true],
  [["A.TEST"], "a.test.", true],
  [["a.test"], "b.test", false],
  [["a.test"], "x.a.test", false],
  [["*.a.test"], "x.a.test", true],
  [["*.a.test"], "a.test", false],
  [["*.a.test"], "x.y.a.test", false],
  [["*.A.test"], "X.a.Test", true],
  [["x*.a.test"], "xy.a.test", false],
  [["*"], "localhost", false],
  [["*.*.test"], "x.y.test", false],
  [["127.0.0.1"], "127.0.0.1", true],
  [["127.0.0.1"], "127.0.0.2", false],
  [["*.0.0.1"], "127.0.0.1", false],
  [["0:0:0:0:0:0:0:1"], "::1", true],
  [["fe80::1"], "FE80:0::1%eth0", true],
  [["fe80::1"], "fe80::2", false],
  [[], "a.test", false],
];

for (const [names, host, named] of NAMED) {
  Deno.test({
    name: `isNamed() says ${named} to ${host} for [${names}]`,
    permissions: "none",
    fn: () => assertEquals(isNamed(names, host), named),
  });
}

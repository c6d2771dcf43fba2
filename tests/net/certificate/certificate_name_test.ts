import { assertEquals } from "@std/assert";
import type { CertificateName } from "../../../lib/net/certificate/certificate_fields.ts";
import { isNamed } from "../../../lib/net/certificate/certificate_name.ts";
import { ipFamily } from "../../../lib/net/ip_address.ts";

/** An address is an IP address unless it says that it is a DNS name. */
function readName(text: string): CertificateName {
  const value = text.replace(/^dns:/, "");
  return { type: value === text && ipFamily(text) !== 0 ? "ip" : "dns", value };
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
  [["a.test", "dns:127.0.0.1"], "127.0.0.1", false],
  [["dns:::1"], "::1", false],
  [["a.test, DNS:b.test"], "b.test", false],
  [["b.test\0.a.test"], "b.test", false],
  [[], "a.test", false],
];

for (const [names, host, named] of NAMED) {
  Deno.test({
    name: `isNamed() is ${named} for ${host} and the names [${names}]`,
    permissions: "none",
    fn: () => assertEquals(isNamed(names.map(readName), host), named),
  });
}

import { assertEquals } from "@std/assert";
import { TestFolder } from "../_folder.ts";
import { APACHE, haproxy, LIGHTTPD, NGINX, NODE } from "./_kinds.ts";
import { missingPart } from "./_missing_part.ts";
import type { RealServerKind } from "./_server.ts";

/** A program in the place of a server prints this and ends. */
const ROWS: readonly (readonly [kind: RealServerKind, prints: string, missing: string | undefined])[] = [
  [
    LIGHTTPD,
    "dlopen() failed for: /usr/lib/lighttpd/mod_openssl.so: No such file\nloading plugins finally failed",
    "lighttpd is installed without mod_openssl",
  ],
  [LIGHTTPD, "", undefined],
  [NGINX, "configure arguments: --with-http_v2_module", "nginx is installed without http_ssl_module"],
  [NGINX, "configure arguments: --with-http_ssl_module", undefined],
  [haproxy(1), "Built without OpenSSL", "haproxy is installed without OpenSSL"],
  [haproxy(1), "Built with OpenSSL version : OpenSSL 3.0.22", undefined],
  [NODE, "undefined", "node is installed without TLS"],
  [NODE, "3.5.4", undefined],
];

for (const [kind, prints, missing] of ROWS) {
  Deno.test({
    name: `missingPart() of ${kind.name} that prints ${JSON.stringify(prints)}`,
    ignore: Deno.build.os === "windows",
    fn: () => {
      using folder = new TestFolder();
      const program = `${folder.path}/${kind.program}`;
      Deno.writeTextFileSync(program, `#!/bin/sh\ncat <<'END'\n${prints}\nEND\n`, { mode: 0o755 });
      assertEquals(missingPart(kind, program), missing);
    },
  });
}

Deno.test("missingPart() names a missing program", () => {
  const kind = { ...APACHE, program: "apache2-of-nobody" };
  assertEquals(missingPart(kind), "apache2-of-nobody is not installed");
});

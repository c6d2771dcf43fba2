import { assertEquals } from "@std/assert";
import { readTlsFiles } from "../../lib/cli/tls_files.ts";
import { TestFolder } from "../_folder.ts";
import { fixture } from "../peer/peer.ts";
import { utf16 } from "../text/decode/_encode.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test("readTlsFiles() reads certificates in UTF-16 with a byte order mark, and allows other lines in any encoding", async (test) => {
  using folder = new TestFolder();
  const file = folder.file("ca.pem");
  const pem = fixture("ca.pem");
  const stdin = new ReadableStream<Uint8Array>();
  const read = () => readTlsFiles({ cacert: file }, { stdin } as Parameters<typeof readTlsFiles>[1]);
  await stepRows(test, [true, false], async (littleEndian) => {
    Deno.writeFileSync(file, utf16(`\ufeff${pem}`, littleEndian));
    assertEquals(await read(), { caCerts: [pem] });
  });
  Deno.writeFileSync(file, Uint8Array.from(`caf\xe9\n${pem}`, (unit) => unit.charCodeAt(0)));
  assertEquals(await read(), { caCerts: [`caf\ufffd\n${pem}`] });
});

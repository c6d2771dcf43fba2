import { assertEquals, assertMatch } from "@std/assert";
import { runModule } from "../_process.ts";
import { respond, serveAnswers } from "../download/_file_server.ts";
import { startPeer } from "../peer/peer.ts";
import { stepRows } from "../_test_rows.ts";

/** Runs a script in a folder with the permissions that its head names. */
function script(name: string, args: readonly string[], folder: string): ReturnType<typeof runModule> {
  const permissions = ["--allow-net", `--allow-read=${folder}`, `--allow-write=${folder}`];
  return runModule(`scripts/${name}`, permissions, args, { cwd: folder });
}

Deno.test("scripts do what their heads say, and explain their usage", async (test) => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = serveAnswers([respond("200 OK", ["Server: one"], "hello")]);
    await using line = await startPeer([{ expect: "PING\r\n" }, { send: "+PONG\r\n" }]);
    await using secure = await startPeer([{ expect: "\r\n\r\n" }, { send: respond("200 OK", [], "") }], {
      tls: { certificate: "good" },
    });
    const rows: [name: string, args: string[], code: number, stdout: RegExp][] = [
      ["download.ts", [server.url], 0, /^file\.bin {2}2cf24dba[0-9a-f]{56} {2}/],
      ["request_reply.ts", [`127.0.0.1:${line.port}`, "PING"], 0, /^\+PONG\n$/],
      ["both_families.ts", [server.url], 1, /^Only IPv4 works$/m],
      ["tls_expiry.ts", [`127.0.0.1:${secure.port}`], 1, /^ *[0-9]+ days {2}2[0-9T:.-]+Z +127\.0\.0\.1:/],
      ["headers.ts", ["server", server.url, "127.0.0.1:1"], 0, /\tone\n127\.0\.0\.1:1\t\(refused\)\n$/],
    ];
    await stepRows(test, rows, async ([name, args, code, stdout]) => {
      const outcome = await script(name, args, folder);
      assertMatch(outcome.stdout, stdout, `${name}: ${outcome.stderr}`);
      assertEquals(outcome.code, code, name);
      const usage = await script(name, [], folder);
      assertEquals([usage.code, usage.stdout], [2, ""]);
      assertMatch(usage.stderr, new RegExp(`^Usage: ${name} `));
    });
    assertEquals(Deno.readTextFileSync(`${folder}/file.bin`), "hello");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

import { assert, assertEquals } from "@std/assert";
import { formatsOf } from "../../../../lib/cli/output/formats.ts";
import { withFolder } from "../../../_folder.ts";
import { stepRows } from "../../../_test_rows.ts";
import { WRITINGS } from "../../../watch/redaction/_writings.ts";
import { run } from "../../_run.ts";

const SECRET = "Kq7/&\u00e4\u20acxZ-w2Vp:Lm9+tR4_sY";

Deno.test("sonde watch --once shows no part of a secret that a server writes in its own way", async (test) => {
  const written = Object.values(WRITINGS).flatMap((write) => [0, 1, 2].map((seed) => write(SECRET, seed)));
  // Fields carry octets, so a character above 255 goes as UTF-8.
  const asField = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    const headers = written.map((text): [string, string] => ["Echo", asField(text)]);
    return new Response(JSON.stringify({ echo: written }), { status: 503, headers });
  });
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    await Deno.writeTextFile(`${folder}/secret`, SECRET);
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const expect = ["status == 200", "header.echo == x", "body == x", "json.echo == x", "json.echo[*] == x"];
    const headers = { Authorization: `Bearer \${file:${folder}/secret}` };
    await Deno.writeTextFile(file, JSON.stringify([{ name: "shop", url, headers, expect }]));
    await stepRows(test, formatsOf("results"), async (format) => {
      const { code, stdout, stderr } = await run([
        "watch",
        "--once",
        "--history",
        db,
        "--format",
        format,
        file,
      ]);
      assertEquals([code, stderr], [format === "nagios" ? 2 : 1, ""]);
      assertNoPart(stdout);
      // One character as an escape more, and what a reader of JSON sees.
      assertNoPart(
        stdout.replace(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      );
      assert(format === "prom" || stdout.includes("shop"), stdout);
    });
    await stepRows(test, ["h.db", "h.db-wal"], async (name) => {
      const octets = await Deno.readFile(`${folder}/${name}`).catch(() => new Uint8Array());
      assertNoPart(new TextDecoder().decode(octets));
      assertNoPart(new TextDecoder("latin1").decode(octets));
    });
  });
});

/** Eight characters in a row of the secret, as it is and in the writings that show them. */
const PARTS = [
  ...slices(SECRET, 8),
  ...Object.values(WRITINGS).flatMap((write) => {
    const form = write(SECRET, 0);
    return slices(form, Math.max(16, Math.ceil(form.length / SECRET.length * 8)));
  }),
].map((part) => part.toLowerCase());

/** Cuts every part of this length out of a text. */
function slices(text: string, length: number): string[] {
  return Array.from(
    { length: Math.max(0, text.length - length + 1) },
    (_, at) => text.slice(at, at + length),
  );
}

function assertNoPart(text: string): void {
  const lower = text.toLowerCase();
  assertEquals(PARTS.filter((part) => lower.includes(part)), [], text.slice(0, 3000));
}

import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Conduct, reply, startLiar } from "../../../conn/_liar.ts";
import { honest } from "../../../conn/_honest.ts";
import { utf16 } from "../../../text/decode/_encode.ts";
import { skipWaits } from "../../../_skipped_waits.ts";
import { run } from "../../_run.ts";

/** Closes when asked to, without a word in the answer. */
const silent: Conduct = async (connection) => {
  if (await connection.request() !== undefined) connection.send(reply("hi"));
};

Deno.test("sonde diff prints the changes and ends with 1", async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir();
  try {
    await using liar = await startLiar((connection) => honest(connection));
    await using other = await startLiar(silent);
    const save = async (name: string, url: string): Promise<string> => {
      const path = `${folder}/${name}.json`;
      await run(["conn", "--json", "--only", "close", "-o", path, url]);
      return path;
    };
    const [before, same, changed] = [
      await save("a", liar.url),
      await save("b", liar.url),
      await save("c", other.url),
    ];
    const equal = await run(["diff", before, same]);
    assertEquals([equal.code, equal.stdout.includes("no difference")], [0, true]);
    const different = await run(["diff", "--json", before, changed]);
    assertEquals(different.code, 1);
    const facts = different.stdout.trimEnd().split("\n").map((line) => JSON.parse(line).fact);
    assert(facts.includes("experiments.close.echoed"), facts.join());
    // As PowerShell's > writes it.
    await Deno.writeFile(same, utf16(`\ufeff${await Deno.readTextFile(same)}`));
    assertEquals((await run(["diff", before, same])).code, 0);
    await Deno.writeFile(same, Uint8Array.of(0x7b, 0xe9));
    assertMatch((await run(["diff", before, same])).stderr, /Cannot compare .*line 1 has the byte E9/);
    const wrong = await run(["diff", before]);
    assertEquals([wrong.code, wrong.stderr.includes("two files")], [2, true]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

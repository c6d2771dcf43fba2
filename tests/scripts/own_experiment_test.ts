import { assertEquals, assertMatch } from "@std/assert";
import { runModule } from "../_process.ts";
import { stepRows } from "../_test_rows.ts";
import { answerTo, wantsClose } from "../conn/_honest.ts";
import { type Conduct, reply, startLiar } from "../conn/_liar.ts";

/** Answers GET, and any other method as told. */
function answering(other: string): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      const known = head.startsWith("GET ");
      connection.send(known ? answerTo(head) : other);
      if (wantsClose(head) || (!known && /Connection: close/.test(other))) return;
    }
  };
}

const REFUSED = reply("no").replace("200 OK", "501 Not Implemented");

const ROWS: readonly (readonly [name: string, other: string, code: number, shown: RegExp])[] = [
  [
    "a refusal that keeps the connection",
    REFUSED,
    0,
    /unknown-method +kept +refused with 501, then the server answered a GET/,
  ],
  [
    "a refusal that closes",
    REFUSED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"),
    0,
    /unknown-method +closed +refused with 501, then the connection ended/,
  ],
  [
    "an unknown method that is taken",
    reply("hi"),
    1,
    /answered with 200\n[^]*unknown-method +accepted +see above/,
  ],
];

Deno.test("own_experiment.ts runs its own experiment along with keep-alive", async (test) => {
  await stepRows(test, ROWS, async ([name, other, code, shown]) => {
    await using liar = await startLiar(answering(other));
    const outcome = await runModule("scripts/own_experiment.ts", ["--allow-net"], [liar.url]);
    assertMatch(outcome.stdout, shown, `${name}: ${outcome.stdout}${outcome.stderr}`);
    assertMatch(outcome.stdout, /keep-alive +yes/);
    assertEquals(outcome.code, code, outcome.stdout);
  });
});

Deno.test("own_experiment.ts explains its usage", async () => {
  const usage = await runModule("scripts/own_experiment.ts", ["--allow-net"], []);
  assertEquals([usage.code, usage.stdout, usage.stderr], [2, "", "Usage: own_experiment.ts URL\n"]);
});

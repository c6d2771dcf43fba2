import { assertEquals } from "@std/assert";
import type { Connection } from "../../lib/net/connection.ts";
import { connectInMemory, withConnectionToSelf } from "../../lib/net/rehearsal.ts";
import { ascii, readAll } from "./connect.ts";

Deno.test("withConnectionToSelf() gives a connection that answers a request", async () => {
  let got: unknown;
  const use = async (connection: Connection): Promise<void> => {
    using own = connection;
    await own.write(ascii("ask"));
    const outcome = await own.read();
    got = outcome.type === "data" ? new TextDecoder().decode(outcome.bytes) : outcome.type;
  };
  assertEquals([await withConnectionToSelf(ascii("answer"), use), got], [true, "answer"]);
});

Deno.test("withConnectionToSelf() does not wait for a request, and leaves nothing open", async () => {
  const closed: string[] = [];
  const use = async (connection: Connection): Promise<void> => {
    closed.push("used");
    connection.close();
    await Promise.resolve();
  };
  assertEquals(await withConnectionToSelf(ascii("answer"), use), true);
  const failing = (connection: Connection): Promise<void> => {
    connection.close();
    return Promise.reject(new Error("it failed"));
  };
  assertEquals(await withConnectionToSelf(ascii("answer"), failing), false);
  assertEquals(closed, ["used"]);
});

Deno.test("connectInMemory() delivers the answer and the end", async () => {
  using connection = connectInMemory(ascii("answer"));
  assertEquals(await connection.write(ascii("ask")), { type: "written" });
  assertEquals(await readAll(connection), ["answer", "fin"]);
});

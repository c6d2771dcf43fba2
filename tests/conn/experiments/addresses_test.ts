import { assertEquals } from "@std/assert";
import { profileConnection } from "../../../lib/conn/profile.ts";
import { testSideBySide } from "../../_side_by_side.ts";
import { type Conduct, reply, startLiar } from "../_liar.ts";

/** Honours close, unless told not to. */
function answering(field: string, deaf = false): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      const close = !deaf && head.includes("Connection: close");
      connection.send(reply("hi", field, ...(close ? ["Connection: close"] : [])));
      if (close) return;
    }
  };
}

const closing: Conduct = async (connection) => {
  await connection.request();
  connection.send(reply("hi", "Connection: close"));
};

interface Row {
  readonly name: string;
  readonly second: Conduct;
  readonly outcome: string;
  readonly differing: readonly string[];
}

const ROWS: readonly Row[] = [
  { name: "the same", second: answering("Server: one"), outcome: "same", differing: [] },
  {
    name: "another field",
    second: answering("X-Other: 1"),
    outcome: "differ",
    differing: ["server", "fields"],
  },
  { name: "another server", second: answering("Server: two"), outcome: "differ", differing: ["server"] },
  {
    name: "no keep-alive",
    second: closing,
    outcome: "differ",
    differing: ["announced", "server", "fields", "connection"],
  },
  {
    name: "a field that changes from connection to connection",
    second: (connection) => answering(`Server: one\r\nX-${connection.number}: 1`)(connection),
    outcome: "same",
    differing: [],
  },
  {
    name: "close is not honoured",
    second: answering("Server: one", true),
    outcome: "differ",
    differing: ["close"],
  },
];

async function compare({ second, outcome, differing }: Row): Promise<void> {
  await using one = await startLiar(answering("Server: one"), "127.0.0.1");
  await using _two = await startLiar(second, "127.0.0.2", one.port);
  const profile = await profileConnection(`http://name.example:${one.port}/`, {
    only: ["addresses"],
    resolve: [{ host: "name.example", port: one.port, addresses: ["127.0.0.1", "127.0.0.2"] }],
  });
  const { outcome: seen, facts } = profile.experiments["addresses"]!;
  assertEquals([seen, facts["differing"]], [outcome, differing]);
  assertEquals(profile.findings.map(({ code }) => code), outcome === "differ" ? ["addresses-differ"] : []);
}

async function tellUnreachable(): Promise<void> {
  await using one = await startLiar(answering("Server: one"), "127.0.0.1");
  const profile = await profileConnection(`http://name.example:${one.port}/`, {
    only: ["addresses"],
    resolve: [{ host: "name.example", port: one.port, addresses: ["127.0.0.1", "127.0.0.3"] }],
  });
  assertEquals(profile.experiments["addresses"]?.outcome, "differ");
  assertEquals(profile.experiments["addresses"]?.facts["differing"], ["reachable"]);
}

async function measureInTurn(): Promise<void> {
  const patient = (ms: number): Conduct => async (connection) => {
    for (;;) {
      const head = await Promise.race([connection.request(), connection.pause(ms).then(() => undefined)]);
      if (head === undefined) return;
      connection.send(reply("hi"));
    }
  };
  await using one = await startLiar(patient(400), "127.0.0.1");
  await using _two = await startLiar(patient(3_000), "127.0.0.2", one.port);
  const profile = await profileConnection(`http://name.example:${one.port}/`, {
    only: ["idle-timeout"],
    resolve: [{ host: "name.example", port: one.port, addresses: ["127.0.0.1", "127.0.0.2"] }],
  });
  const { facts } = profile.experiments["idle-timeout"]!;
  const samples = facts["samples"] as { seconds: number; address: string }[];
  assertEquals(samples.map(({ seconds, address }) => [address, Math.round(seconds * 5) / 5]), [
    ["127.0.0.1", 0.4],
    ["127.0.0.2", 3],
  ]);
  assertEquals(profile.findings.map(({ code }) => code), ["addresses-differ"]);
}

testSideBySide("profileConnection() compares two addresses of a name", [
  ...ROWS.map((row) => [row.name, () => compare(row)] as const),
  ["one that nobody listens on", tellUnreachable],
  ["the idle timeout of each in turn", measureInTurn],
]);

import { assert, assertEquals } from "@std/assert";
import { TcpConnection } from "../../lib/net/tcp_connection.ts";

const ADDRESS: Deno.NetAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1 };

/** A peer whose octets are always there, and who takes whatever is written: nothing ever waits. */
function makeEndless(piece: number): TcpConnection {
  const conn = {
    localAddr: ADDRESS,
    remoteAddr: ADDRESS,
    read: (into: Uint8Array) => Promise.resolve(Math.min(piece, into.length)),
    write: (bytes: Uint8Array) => Promise.resolve(Math.min(piece, bytes.length)),
    close: () => {},
  };
  return new TcpConnection(conn as unknown as Deno.Conn);
}

/** Reads until the time is over, or far longer than a process without turns would bear. */
async function readUntil(connection: TcpConnection, isOver: () => boolean): Promise<number> {
  for (let reads = 1; reads <= 2_000_000; reads++) {
    const outcome = await connection.read();
    if (outcome.type !== "data" || isOver()) return reads;
  }
  return Infinity;
}

for (const piece of [1, 1_000, 16_384, 262_144]) {
  Deno.test(`TcpConnection.read() lets timers run while a peer always has ${piece} octets ready`, async () => {
    using connection = makeEndless(piece);
    let rang = false;
    setTimeout(() => rang = true, 20);
    assert(await readUntil(connection, () => rang) < Infinity, "no timer ran");
  });
}

Deno.test("TcpConnection.read() shares the loop between peers that always have octets ready", async () => {
  const connections = Array.from({ length: 20 }, () => makeEndless(16_384));
  let turns = 0;
  const count = (): void => {
    if (++turns < 40) setImmediate(count);
  };
  setImmediate(count);
  const reads = await Promise.all(connections.map((it) => readUntil(it, () => turns >= 40)));
  for (const number of reads) assert(number < Infinity, "one of them kept the loop");
});

Deno.test("TcpConnection.write() lets timers run while a peer takes everything at once", async () => {
  using connection = makeEndless(64);
  let rang = false;
  setTimeout(() => {
    rang = true;
    connection.close();
  }, 20);
  const outcome = await connection.write(new Uint8Array(2 ** 28));
  assertEquals([outcome.type, rang], ["closed", true]);
});

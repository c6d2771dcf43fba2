/**
 * A server in a process of its own that answers every request with octets without end, faster than they are read; prints
 * its port. It ends when its standard input does.
 *
 * @module
 */

const encoder = new TextEncoder();
const HEAD = encoder.encode("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
const CHUNKS = encoder.encode("1\r\nA\r\n".repeat(40_000));

async function answer(conn: Deno.Conn): Promise<void> {
  try {
    await conn.read(new Uint8Array(4096));
    await writeAll(conn, HEAD);
    while (true) await writeAll(conn, CHUNKS);
  } catch {
    conn.close(); // The client has had enough.
  }
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await conn.write(rest));
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(listener.addr.port);
Deno.stdin.read(new Uint8Array(1)).then(() => Deno.exit());
for await (const conn of listener) answer(conn);

/** A request that the server received. */
export interface Asked {
  readonly range: string | null;
  readonly ifRange: string | null;
}

/** A server that gives one answer after the other; the last one repeats for all further requests. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** Starts a server on loopback whose answers are the exact octets to send. */
export function serveAnswers(answers: readonly string[], path = "/dir/file.bin"): FileServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked: Asked[] = [];
  const serving = serve(listener, answers, asked);
  return {
    url: `http://127.0.0.1:${listener.addr.port}${path}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}

async function serve(listener: Deno.TcpListener, answers: readonly string[], asked: Asked[]): Promise<void> {
  try {
    for await (const conn of listener) {
      await answer(conn, answers[Math.min(asked.length, answers.length - 1)]!, asked);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted)) throw error;
  }
}

async function answer(conn: Deno.TcpConn, octets: string, asked: Asked[]): Promise<void> {
  using _ = conn;
  let head = "";
  const buffer = new Uint8Array(4096);
  while (!head.includes("\r\n\r\n")) {
    const count = await conn.read(buffer);
    if (count === null) return;
    head += new TextDecoder().decode(buffer.subarray(0, count));
  }
  asked.push({ range: fieldOf(head, "range"), ifRange: fieldOf(head, "if-range") });
  let rest = Uint8Array.from(octets, (unit) => unit.charCodeAt(0));
  try {
    while (rest.length > 0) rest = rest.slice(await conn.write(rest));
    await conn.closeWrite();
    // Read until the client closes, so that no RST discards octets that it has not read.
    while (await conn.read(buffer) !== null);
  } catch {
    // The client closed before it received everything, which some tests intend.
  }
}

function fieldOf(head: string, name: string): string | null {
  return new RegExp(`^${name}: (.*?)\\r$`, "im").exec(head)?.[1] ?? null;
}

/** A response with a Content-Length and the given fields. */
export function respond(
  status: string,
  fields: readonly string[],
  body: string,
  length = body.length,
): string {
  return [`HTTP/1.1 ${status}`, ...fields, `Content-Length: ${length}`, "", body].join("\r\n");
}

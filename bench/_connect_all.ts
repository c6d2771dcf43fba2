/**
 * Does the least that a Deno program can do for each URL of a list: it connects, writes a request, reads once
 * and closes. It neither examines nor saves the answers. Arguments: the list, and the number of URLs in
 * parallel.
 *
 * @module
 */

if (import.meta.main) {
  const [list = "", concurrency = "50"] = Deno.args;
  const urls = (await Deno.readTextFile(list)).trim().split("\n").values();
  const encoder = new TextEncoder();
  const work = async (): Promise<void> => {
    const buffer = new Uint8Array(16 * 1024);
    for (const url of urls) {
      const [, hostname = "", port = "", path = ""] = /^http:\/\/([^:]+):(\d+)(.*)$/.exec(url) ?? [];
      using conn = await Deno.connect({ hostname, port: Number(port) });
      await conn.write(encoder.encode(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`));
      if (await conn.read(buffer) === null) throw new Error(`${url} does not answer`);
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
}

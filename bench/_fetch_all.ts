/**
 * Does with `fetch` what `sonde batch` does: it writes a line of JSON for each URL of a list. Arguments: the
 * list, the output, and the number of URLs in parallel.
 *
 * @module
 */

if (import.meta.main) {
  const [list = "", output = "", concurrency = "50"] = Deno.args;
  const urls = (await Deno.readTextFile(list)).trim().split("\n").values();
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  using file = await Deno.open(output, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  const work = async (): Promise<void> => {
    for (const url of urls) {
      const startedAt = performance.now();
      const response = await fetch(url, { client });
      const { byteLength } = await response.arrayBuffer();
      const { status } = response;
      const row = {
        url,
        status,
        headers: [...response.headers],
        byteLength,
        ms: performance.now() - startedAt,
      };
      await writer.write(encoder.encode(`${JSON.stringify(row)}\n`));
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
  writer.releaseLock();
}

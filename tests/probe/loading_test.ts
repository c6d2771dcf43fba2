import { assert, assertEquals } from "@std/assert";
import { runScript } from "../_process.ts";
import { startPeer } from "../peer/peer.ts";

/**
 * Each script prints the time of an exchange over TLS in a new process, less the time of its phases, in milliseconds.
 * Loading TLS takes 40 ms and more on any machine; a busy one slows a process down now and then.
 */
const SCRIPTS: readonly (readonly [title: string, module: string, script: string])[] = [
  [
    "probe() counts the time of wire events",
    "lib/probe.ts",
    `const at = [];
     const { timings } = await it.probe(URL, { verify: false, onWire: (event) => at.push(event.at) });
     console.log(at[0] - (timings.dns ?? 0) - timings.connect - timings.tls);`,
  ],
  [
    "probe() counts its limit",
    "lib/probe.ts",
    `const { error } = await it.probe(URL, { verify: false, maxTime: 30 });
     console.log(error === undefined ? 0 : 99);`,
  ],
  [
    "probeSeries() counts the time of wire events",
    "lib/probe/series.ts",
    `const at = [];
     const options = { verify: false, reuse: true, onWire: (event) => at.push(event.at) };
     for await (const { timings } of it.probeSeries(URL, options)) {
       console.log(at[0] - (timings.dns ?? 0) - timings.connect - timings.tls);
     }`,
  ],
  [
    "download() counts the total",
    "lib/download.ts",
    `const { timings, exchanges } = await it.download(URL, { verify: false, onBody() {} });
     console.log(timings.total - exchanges[0].timings.total - (timings.digest ?? 0));`,
  ],
];

for (const [title, module, script] of SCRIPTS) {
  Deno.test(`${title} after all modules are loaded`, async () => {
    await using peer = await startPeer([
      { expect: "\r\n\r\n" },
      { send: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi" },
    ], { tls: { certificate: "good" } });
    const address = `const URL = "https://127.0.0.1:${peer.port}/";`;
    let best = Infinity;
    for (let tries = 0; tries < 8 && best > 25; tries++) {
      const { stdout, stderr } = await runScript(module, address + script);
      assertEquals(stderr, "");
      best = Math.min(best, Number(stdout));
    }
    assert(best <= 25, `${best} ms more`);
  });
}

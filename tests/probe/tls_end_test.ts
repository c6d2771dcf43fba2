import { assertEquals } from "@std/assert";
import { probe } from "../../lib/probe.ts";
import { formatResult } from "../../lib/report/text.ts";
import type { ConnectionEnd } from "../../lib/result.ts";
import { fixture, type Script, startPeer } from "../peer/peer.ts";
import { LAST, OK, REQUEST, STALL } from "./_peers.ts";

const NOTIFY = { closeNotify: true } as const;
const UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\nhi";

const ROWS: readonly {
  readonly name: string;
  readonly script: Script;
  readonly how: ConnectionEnd["how"];
  readonly fin?: boolean;
  readonly error?: string;
}[] = [
  {
    name: "close_notify and FIN",
    script: [{ send: LAST }, { fin: true }, STALL],
    how: "close-notify",
    fin: true,
  },
  { name: "close_notify alone", script: [{ send: LAST }, NOTIFY, STALL], how: "close-notify", fin: false },
  {
    name: "close_notify and FIN in place of a length",
    script: [{ send: UNTIL_CLOSE }, { fin: true }, STALL],
    how: "close-notify",
    fin: true,
  },
  {
    name: "close_notify alone in place of a length",
    script: [{ send: UNTIL_CLOSE }, NOTIFY, STALL],
    how: "close-notify",
    fin: false,
  },
  {
    name: "close_notify without an announcement",
    script: [{ send: OK }, NOTIFY, STALL],
    how: "close-notify",
    fin: false,
  },
  {
    name: "close_notify alone in the middle of an answer",
    script: [{ send: LAST.slice(0, -1) }, NOTIFY, STALL],
    how: "close-notify",
    fin: false,
    error: "truncated",
  },
  { name: "FIN alone", script: [{ send: LAST }, { cut: true }, STALL], how: "tls-truncated" },
];

for (const { name, script, how, fin, error } of ROWS) {
  Deno.test(`probe() recognises the end of a connection over TLS: ${name}`, async () => {
    await using peer = await startPeer([REQUEST, ...script], { tls: { certificate: "good" } });
    const result = await probe(`https://localhost:${peer.port}/`, {
      caCerts: [fixture("ca.pem")],
      resolve: [{ host: "localhost", port: peer.port, addresses: ["127.0.0.1"] }],
      linger: { kept: 300, closing: 300 },
    });
    const end = result.connection?.end;
    assertEquals([end?.by, end?.how, end?.fin, result.error?.kind], ["peer", how, fin, error]);
    const text = formatResult(result);
    assertEquals(text.includes("closed by the peer with FIN"), false, text);
    assertEquals(/no\s+FIN\s+seen/.test(text), fin === false, text);
  });
}

import { assert, assertEquals } from "@std/assert";
import { probe, type ProbeResult, probeSeries } from "../../mod.ts";
import { fixture } from "../peer/peer.ts";
import { APACHE, CADDY, haproxy, LIGHTTPD, NGINX, NODE } from "./_kinds.ts";
import { PAGE, type RealServer, type RealServerKind, startRealServer } from "./_server.ts";
import { testServer } from "./_test_server.ts";
import { stepRows } from "../_test_rows.ts";

/** What is particular about a server. */
interface Row {
  readonly kind: RealServerKind;
  readonly server: RegExp | undefined;
  /** Framing of the static page. */
  readonly framing: "content-length" | "chunked";
}

const ROWS: readonly Row[] = [
  { kind: NGINX, server: /^nginx/, framing: "content-length" },
  { kind: APACHE, server: /^Apache/, framing: "content-length" },
  { kind: LIGHTTPD, server: /^lighttpd/, framing: "content-length" },
  { kind: CADDY, server: /^Caddy/, framing: "content-length" },
  { kind: NODE, server: undefined, framing: "chunked" },
];

const caCerts = [fixture("ca.pem")];

function header(result: ProbeResult, name: string): string | undefined {
  return result.headers?.find(([given]) => given.toLowerCase() === name)?.[1];
}

/** A test of a server with its default settings. */
function testRow(
  { kind }: Row,
  title: string,
  run: (server: RealServer, test: Deno.TestContext) => Promise<void>,
): void {
  testServer(kind, title, async (test) => {
    await using server = await startRealServer(kind);
    await run(server, test);
  });
}

for (const row of ROWS) {
  testRow(row, "probe() gives the same result over plain HTTP and TLS", async ({ port, tlsPort }, test) => {
    await stepRows(test, [`http://127.0.0.1:${port}/`, `https://localhost:${tlsPort}/`], async (url) => {
      const result = await probe(url, { caCerts, keepText: true, family: 4 });
      assertEquals([result.error, result.status, result.body?.text], [undefined, 200, PAGE], url);
      assertEquals(result.deviations, [], url);
      assertEquals([result.body?.framing, result.body?.complete], [row.framing, true], url);
      assertEquals(result.connection?.announced?.persistent, true, url);
      assertEquals(result.connection?.end, { by: "us", how: "open", watched: 3 }, url);
      if (row.server) assert(row.server.test(header(result, "server") ?? ""), header(result, "server"));
      if (url.startsWith("https")) {
        assertEquals([result.tls?.verified, result.tls?.alpn], [true, "http/1.1"], url);
        assert(/^TLSv1\.[23]$/.test(result.tls?.version ?? ""), result.tls?.version);
        assert(result.tls?.certificate?.names.includes("localhost"));
      }
    });
  });

  testRow(
    row,
    "probe() refuses an untrusted certificate, and reports its details",
    async ({ tlsPort }) => {
      const result = await probe(`https://127.0.0.1:${tlsPort}/`);
      assertEquals([result.error?.kind, result.error?.phase, result.status], [
        "certificate",
        "tls",
        undefined,
      ]);
      assertEquals(result.tls?.verified, false);
      assert(result.tls?.certificate?.fingerprint256.match(/^[0-9a-f]{64}$/));
    },
  );

  testRow(row, "probe() reads HEAD, 304, 404, a redirect and an announced close", async ({ port }) => {
    const base = `http://127.0.0.1:${port}`;
    const head = await probe(`${base}/`, { method: "HEAD" });
    assertEquals([head.status, head.body?.framing, head.deviations], [200, "none", []]);

    const page = await probe(`${base}/`);
    const etag = header(page, "etag");
    if (etag !== undefined) {
      const cached = await probe(`${base}/`, { headers: [["If-None-Match", etag]] });
      assertEquals([cached.status, cached.body?.bytes, cached.deviations], [304, 0, []]);
    }

    const missing = await probe(`${base}/missing`);
    assertEquals([missing.status, missing.ok, missing.deviations], [404, true, []]);

    const moved = await probe(`${base}/moved`, { maxRedirects: 3, keepText: true });
    assertEquals([moved.status, moved.body?.text, moved.redirects.map((hop) => hop.status)], [200, PAGE, [
      301,
    ]]);

    const closing = await probe(`${base}/`, { headers: [["Connection", "close"]] });
    assertEquals([closing.connection?.announced?.persistent, closing.connection?.end.by], [false, "peer"]);
    assertEquals([closing.connection?.end.how, closing.deviations], ["fin", []]);
  });

  testRow(row, "probeSeries() sends three requests over one connection", async ({ port, tlsPort }, test) => {
    await stepRows(
      test,
      [`http://127.0.0.1:${port}/large.txt`, `https://127.0.0.1:${tlsPort}/large.txt`],
      async (url) => {
        const seen: unknown[] = [];
        for await (const result of probeSeries(url, { caCerts, count: 3, reuse: true })) {
          seen.push([result.status, result.body?.bytes, result.connection?.requestNumber]);
        }
        assertEquals(seen, [[200, 131_072, 1], [200, 131_072, 2], [200, 131_072, 3]], url);
      },
    );
  });
}

testServer(
  haproxy(1),
  "probe() sees the backend through the proxy, and a 503 of the proxy itself",
  async () => {
    await using backend = await startRealServer(NODE);
    await using proxy = await startRealServer(haproxy(backend.port));
    const result = await probe(`https://localhost:${proxy.tlsPort}/`, { caCerts, keepText: true, family: 4 });
    assertEquals([result.error, result.status, result.body?.text], [undefined, 200, PAGE]);
    assertEquals(result.deviations, []);

    await using broken = await startRealServer(haproxy(1));
    const refused = await probe(`http://127.0.0.1:${broken.port}/`);
    assertEquals([refused.status, refused.ok, refused.deviations], [503, true, []]);
  },
  NODE,
);

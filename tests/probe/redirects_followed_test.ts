import { assertEquals, assertStringIncludes } from "@std/assert";
import { type HeaderChange, headerChanges } from "../../lib/probe/header_changes.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import { startPeer } from "../peer/peer.ts";
import { LAST, LONGEST, REQUEST, STALL, urlOf } from "./_peers.ts";
import { testRows } from "../_test_rows.ts";

/** Removes the default fields, so that a request is as short as it can be. */
const BARE: readonly HeaderChange[] = [["Host", undefined], ["User-Agent", undefined], ["Accept", undefined]];

const to = (location: string, status = 302): { send: string } => ({
  send: `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
});

Deno.test("probe() reports a redirect without following it", async () => {
  await using peer = await startPeer([REQUEST, to("/b"), STALL]);
  const result = await probe(urlOf(peer), { maxTime: LONGEST });
  assertEquals([result.ok, result.status, result.redirects, peer.connections.length], [true, 302, [], 1]);
});

Deno.test("probe() follows redirects, with a complete result and a new connection for each hop", async () => {
  await using peer = await startPeer([
    [REQUEST, to("b?c"), STALL],
    [REQUEST, { send: "HTTP/1.1 103 Early\r\n\r\n" }, to("//127.0.0.1:0/"), STALL],
  ]);
  const first = await probe(urlOf(peer, "/a/x"), { maxTime: LONGEST, maxRedirects: 5 });
  assertEquals(first.error?.kind, "redirect", "port 0 cannot be followed");
  assertEquals([first.ok, first.status, first.url], [false, 302, urlOf(peer, "/a/b?c")]);
  assertEquals(first.redirects.map(({ url, ok, status }) => [url, ok, status]), [[
    urlOf(peer, "/a/x"),
    true,
    302,
  ]]);

  await using other = await startPeer([
    [REQUEST, to("/b"), STALL],
    [REQUEST, to("/c", 308), STALL],
    [REQUEST, { send: LAST }],
  ]);
  const input = urlOf(other, "/a");
  const result = await probe(input, { maxTime: LONGEST, maxRedirects: 5, keepText: true });
  assertEquals([result.ok, result.status, result.url, result.input], [true, 200, urlOf(other, "/c"), input]);
  assertEquals(result.body?.text, "hi");
  const hops = result.redirects.map((
    hop,
  ) => [hop.input, hop.url, hop.status, hop.ok, hop.redirects, hop.connection?.requestNumber]);
  assertEquals(hops, [[input, input, 302, true, [], 1], [input, urlOf(other, "/b"), 308, true, [], 1]]);
  const times = [...result.redirects, result].map(({ timings: { connect = -1, total } }) =>
    connect > 0 && connect < total
  );
  assertEquals(times, [true, true, true], "each hop is measured alone");
});

Deno.test("probe() requests the exact octets of a Location, even from hosts with unusual names", async () => {
  await using peer = await startPeer([[REQUEST, to("/jos\xe9?\xc3\xa9"), STALL], [REQUEST, { send: LAST }]]);
  const port = peer.port;
  const resolve = [{ host: "xn--a.test", port, addresses: ["127.0.0.1"] }];
  const result = await probe(`http://XN--A.test:${port}/a`, { maxTime: LONGEST, maxRedirects: 1, resolve });
  const asked = peer.connections.map(({ received }) => received.split("\r\n"));
  assertEquals([result.status, asked.map(([line, host]) => [line, host])], [200, [
    ["GET /a HTTP/1.1", `Host: xn--a.test:${port}`],
    ["GET /jos%E9?%C3%A9 HTTP/1.1", `Host: xn--a.test:${port}`],
  ]]);
});

testRows<
  readonly [
    name: string,
    locations: string[],
    maxRedirects: number,
    cause: string,
    hops: number,
  ]
>("probe() names loops, limits and Locations that lead nowhere", [
  ["itself", ["/"], 10, "it leads in a loop, back to http://127.0.0.1:", 0],
  ["in a circle", ["/a", "/b", "/"], 10, "it leads in a loop", 2],
  ["one too many", ["/a", "/b", "/c"], 2, "it is one more than the limit of 2", 2],
  ["another scheme", ["gopher://h/"], 10, "leads to gopher:", 0],
  ["no URL", ["http://[/"], 10, "is not a URL", 0],
], async ([name, locations, maxRedirects, cause, hops]) => {
  await using peer = await startPeer(locations.map((location) => [REQUEST, to(location), STALL]));
  const result = await probe(urlOf(peer), { maxTime: LONGEST, maxRedirects });
  assertEquals([result.ok, result.error?.kind, result.error?.phase, result.error?.by], [
    false,
    "redirect",
    "head",
    "target",
  ], name);
  assertStringIncludes(result.error?.message ?? "", cause, name);
  assertStringIncludes(
    result.error?.message ?? "",
    `Cannot follow the redirect of GET ${result.url}: `,
    name,
  );
  assertEquals([result.status, result.redirects.length], [302, hops], name);
});

testRows<readonly [name: string, status: number, options: ProbeOptions, second: string]>(
  "probe() changes the request from hop to hop",
  [
    [
      "303 after POST",
      303,
      { method: "POST", body: "ab", headers: [["Content-Type", "t"], ["X", "y"]] },
      "GET /b HTTP/1.1\r\nX: y\r\n\r\n",
    ],
    ["302 after POST", 302, { method: "POST", body: "ab" }, "GET /b HTTP/1.1\r\n\r\n"],
    [
      "307 after POST",
      307,
      { method: "POST", body: "ab" },
      "POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
    ],
    ["302 after HEAD", 302, { method: "HEAD" }, "HEAD /b HTTP/1.1\r\n\r\n"],
    ["a request target of its own", 302, { requestTarget: "*" }, "GET /b HTTP/1.1\r\n\r\n"],
    [
      "a raw request",
      302,
      { rawRequest: new TextEncoder().encode("GET /raw HTTP/1.1\r\n\r\n") },
      "GET /b HTTP/1.1\r\n\r\n",
    ],
    ["cookies at home", 302, { headers: [["Cookie", "a=b"]] }, "GET /b HTTP/1.1\r\nCookie: a=b\r\n\r\n"],
    [
      "credentials at home",
      302,
      { credentials: { user: "u", password: "p" } },
      "GET /b HTTP/1.1\r\nAuthorization: Basic dTpw\r\n\r\n",
    ],
  ],
  async ([name, status, options, second]) => {
    await using peer = await startPeer([[REQUEST, to("/b", status), STALL], [{ expect: second }, {
      send: LAST,
    }]]);
    const headers = [...headerChanges(options.headers ?? []), ...BARE];
    const result = await probe(urlOf(peer), { maxTime: LONGEST, maxRedirects: 1, ...options, headers });
    assertEquals(peer.connections[1]?.received, second, name);
    assertEquals([result.ok, result.status, result.method], [true, 200, second.split(" ")[0]], name);
  },
);

testRows(
  "probe() sends no credentials, cookies or Host to another origin",
  ["", "x:y@"],
  async (userinfo) => {
    await using other = await startPeer([REQUEST, { send: LAST }]);
    await using peer = await startPeer([REQUEST, to(urlOf(other, "/b"), 307), STALL]);
    const url = urlOf(peer).replace("http://", `http://${userinfo}`);
    const result = await probe(url, {
      maxTime: LONGEST,
      maxRedirects: 1,
      method: "PUT",
      body: "ab",
      credentials: { user: "u", password: "p" },
      headers: [["Cookie", "a=b"], ["Host", "home"], ["X", "y"]],
    });
    const [home, away] = [peer.connections[0]?.received ?? "", other.connections.at(-1)?.received ?? ""];
    assertEquals(/^(?:Cookie|Authorization): .*\r\n^|^Host: home/gm.test(home), true);
    assertEquals(
      away.split("\r\n").filter((line) => /^(?:Cookie|Authorization|Host|X):|^PUT|^ab/.test(line)),
      [
        "PUT /b HTTP/1.1",
        `Host: 127.0.0.1:${other.port}`,
        "X: y",
        "ab",
      ],
    );
    assertEquals(JSON.stringify(result).includes("dTpw") || result.url.includes("@"), false);
  },
);

Deno.test("probe() sends an SNI name only to the host for which the caller gave it", async () => {
  await using secure = await startPeer([REQUEST, { send: LAST }], { tls: { certificate: "good" } });
  await using peer = await startPeer([REQUEST, to(`https://localhost:${secure.port}/`), STALL]);
  const result = await probe(urlOf(peer), {
    maxTime: LONGEST,
    maxRedirects: 1,
    sni: "wrong.example",
    verify: false,
    resolve: [{ host: "localhost", port: secure.port, addresses: ["127.0.0.1"] }],
  });
  assertEquals([result.status, result.tls?.sni], [200, "localhost"]);
});

Deno.test("probe() limits all hops together to the time of one exchange", async () => {
  await using peer = await startPeer([[REQUEST, to("/b"), STALL], [REQUEST, STALL]]);
  const result = await probe(urlOf(peer), { maxTime: 300, maxRedirects: 5 });
  assertEquals([result.error?.kind, result.error?.phase, result.redirects.length], ["timeout", "wait", 1]);
  assertStringIncludes(result.error?.message ?? "", "the whole exchange took longer than 300 ms");
});

testRows(
  "probe() blames the server for a Location that cannot be requested",
  ["*", "[fe80::1]"],
  async (host) => {
    await using peer = await startPeer([REQUEST, to(`http://${host}/`), STALL]);
    const { error, url, redirects } = await probe(urlOf(peer), { maxTime: LONGEST, maxRedirects: 5 });
    assertEquals([url, redirects.length], [`http://${host}/`, 1]);
    const { kind, by, message } = error!;
    // Without IPv6 the system has no way to the address at all.
    if (kind === "unreachable") return;
    assertEquals([kind, by], ["redirect", "target"]);
    assertStringIncludes(message, `Cannot follow the redirect of GET ${urlOf(peer)}: cannot `);
  },
);

Deno.test("probe() blames a local cause for a faulty target from the caller, even with redirects", async () => {
  const { error } = await probe("http://*/", { maxTime: LONGEST, maxRedirects: 5 });
  assertEquals([error?.kind, error?.by], ["resolve", "local"]);
});

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ResponseReader } from "../../lib/http/response_reader.ts";
import { connect, probeSeries, type SessionOptions } from "../../lib/probe.ts";
import type { ProbeResult } from "../../lib/result.ts";
import type { Session } from "../../lib/probe/session.ts";
import { fixture, type Peer, type PeerOptions, type Script, startPeer } from "../peer/peer.ts";
import { codesOf, LAST, LONGEST, OK, REQUEST, STALL, urlOf } from "./_peers.ts";
import { testRows } from "../_test_rows.ts";

/** An answer whose content is the text. */
const answer = (text: string, fields = ""): string =>
  `HTTP/1.1 200 OK\r\n${fields}Content-Length: ${text.length}\r\n\r\n${text}`;

/** Connects to a peer with a script, and closes the session after `use`. */
async function withSession(
  script: Script,
  use: (session: Session, peer: Peer) => Promise<void>,
  options: SessionOptions = {},
  peerOptions: PeerOptions = {},
): Promise<void> {
  await using peer = await startPeer(script, peerOptions);
  const url = peerOptions.tls ? urlOf(peer).replace("http:", "https:") : urlOf(peer);
  await using session = await connect(url, { maxTime: LONGEST, keepText: true, ...options });
  await use(session, peer);
}

/** The whole numbers from 1 to `last`. */
const numbersTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

const summary = ({ status, error, connection }: ProbeResult): string =>
  `${error?.kind ?? status} ${connection?.requestNumber ?? "-"} ${connection?.end.by ?? "-"}/${
    connection?.end.how ?? "-"
  }`;

Deno.test("Session.request() sends different requests over one connection, with a complete result for each", async () => {
  await withSession([
    { expect: "GET /a HTTP/1.1\r\n" },
    REQUEST,
    { send: answer("one") },
    { expect: "POST /b?c HTTP/1.1\r\n" },
    { expect: "\r\n\r\nbody" },
    { send: answer("two") },
    { expect: "HEAD / HTTP/1.1\r\n" },
    REQUEST,
    { send: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" },
    STALL,
  ], async (session, peer) => {
    const one = await session.request({ path: "/a" });
    const two = await session.request({ path: "/b?c", method: "POST", body: "body" });
    const three = await session.request({ method: "HEAD" });
    assertEquals([one, two, three].map(summary), ["200 1 us/open", "200 2 us/open", "200 3 us/open"]);
    assertEquals([one.body?.text, two.body?.text], ["one", "two"]);
    assertEquals([one.url, two.url, three.url], ["/a", "/b?c", "/"].map((path) => urlOf(peer, path)));
    assertEquals([one, two, three].map(({ connection }) => connection?.reused), [false, true, true]);
    assert(one.timings.connect !== undefined && two.timings.connect === undefined);
    const unexplained = [one, two, three].map((
      { timings: { connect = 0, send, wait, receive, own, total } },
    ) => total - connect - send! - wait! - receive! - own!);
    assert(unexplained.every((ms) => Math.abs(ms) < 1e-6), `${unexplained}`);
    assertEquals(peer.connections.length, 1);
  });
});

Deno.test("Session.request() uses fields and options of the session as defaults", async () => {
  await withSession([REQUEST, { send: OK }, REQUEST, { send: OK }, STALL], async (session, peer) => {
    await session.request({ method: undefined });
    await session.request({ headers: { "x-one": "changed", "X-Three": "3" }, method: "PUT" });
    const [first = "", second = ""] = (await peer.connection(0)).received.split("\r\n\r\n");
    assertMatch(first, /^OPTIONS .*\r\nX-One: 1\r\nX-Two: 2$/s);
    assertMatch(second, /^PUT .*\r\nX-Two: 2\r\nx-one: changed\r\nX-Three: 3$/s);
  }, { method: "OPTIONS", headers: [["X-One", "1"], ["X-Two", "2"]] });
});

testRows<[name: string, script: Script, act: (session: Session) => Promise<unknown>, first: string]>(
  "Session adds later events of its connection to a result, and sends nothing over an ended connection",
  [
    ["an announced close", [REQUEST, { send: LAST }, { fin: true }, STALL], async () => {}, "200 1 peer/fin"],
    [
      "a close that was not announced",
      [REQUEST, { send: OK }, { pause: 20 }, { fin: true }, STALL],
      (session) => session.watch(LONGEST),
      "200 1 peer/fin",
    ],
    [
      "a reset",
      [REQUEST, { send: OK }, { pause: 20 }, { rst: true }],
      (session) => session.watch(LONGEST),
      "200 1 peer/rst",
    ],
    ["close()", [REQUEST, { send: OK }, STALL], (session) => session.close(), "200 1 us/open"],
  ],
  async ([, script, act, first]) => {
    await withSession(script, async (session, peer) => {
      const one = await session.request();
      await act(session);
      assertEquals(session.reusable, false);
      const two = await session.request({ path: "/two" });
      assertEquals([one, two].map(summary), [first, "closed - -/-"]);
      assertEquals(two.request, { bytes: two.request!.bytes!, sentBytes: 0, complete: false });
      assertMatch(two.error!.message, /^Cannot send GET http:\/\/127\.0\.0\.1:\d+\/two: /);
      assertEquals(peer.connections.length, 1, "it never connects again");
    });
  },
);

Deno.test("Session does not mistake stray octets for the next answer", async () => {
  await withSession([REQUEST, { send: OK }, { pause: 20 }, { send: OK }, STALL], async (session) => {
    const one = await session.request();
    assertEquals(one.connection?.surplusBytes, 0);
    // The second answer comes during the watch, which an end alone ends early.
    while (session.reusable) await session.watch(10);
    const two = await session.request();
    assertEquals([one, two].map(summary), ["200 1 us/open", "closed - -/-"]);
    assertEquals([one.connection?.surplusBytes, codesOf(one)], [OK.length, ["excess-data"]]);
    assertEquals(session.obstacle?.why, "excess-data");
    assertEquals(two.error?.by, "target");
  });
});

Deno.test("Session.request() pipelines requests without an await in between, and gives the answers in order", async () => {
  await withSession([
    { expect: "GET /1 " },
    { expect: "POST /2 " },
    { expect: "GET /3 " },
    REQUEST,
    // The end of one answer and the beginning of the next come in one piece.
    { send: answer("one") + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 " },
    { pause: 20 },
    { send: "Made\r\nContent-Length: 3\r\n\r\ntwo" },
    { pause: 20 },
    { send: answer("three") },
    STALL,
  ], async (session) => {
    const results = await Promise.all([
      session.request({ path: "/1" }),
      session.request({ path: "/2", method: "POST", body: "x".repeat(200_000) }),
      session.request({ path: "/3" }),
    ]);
    assertEquals(results.map(summary), ["200 1 us/open", "201 2 us/open", "200 3 us/open"]);
    assertEquals(results.map(({ body }) => body?.text), ["one", "two", "three"]);
    assertEquals(results.map(({ interim }) => interim.length), [0, 1, 0]);
    const [one, two, three] = results.map(({ timings }) => timings);
    assertEquals([one!.receive, three!.receive], [0, 0]);
    assert(two!.receive! > 0, "its first octets came with the answer before");
    assertEquals(summary(await session.request({ path: "/4", maxTime: 50 })), "timeout 4 us/closed");
  });
});

/** Counts the answers that readers of responses hold, from now until it is disposed of. */
class HeldAnswers implements Disposable {
  /** The most that one reader held after a piece of the stream. */
  most = 0;
  readonly #receive = ResponseReader.prototype.receive;

  constructor() {
    const note = (reader: ResponseReader): void => {
      this.most = Math.max(this.most, reader.responses.length);
    };
    const receive = this.#receive;
    ResponseReader.prototype.receive = function (bytes): void {
      receive.call(this, bytes);
      note(this);
    };
  }

  [Symbol.dispose](): void {
    ResponseReader.prototype.receive = this.#receive;
  }
}

const MANY = 1000;

testRows<[name: string, request: (session: Session) => Promise<ProbeResult[]>]>(
  `Session holds only the last answer of a connection that answers ${MANY} requests`,
  [
    ["Session, one after the other", async (session) => {
      const results: ProbeResult[] = [];
      for (let i = 0; i < MANY; i++) results.push(await session.request());
      return results;
    }],
    ["Session, pipelined", (session) => Promise.all(Array.from({ length: MANY }, () => session.request()))],
    [
      "probeSeries()",
      ({ target }) => Array.fromAsync(probeSeries(target, { count: MANY, reuse: true, maxTime: LONGEST })),
    ],
  ],
  async ([, request]) => {
    await withSession([{ repeat: MANY, steps: [REQUEST, { send: OK }] }, STALL], async (session) => {
      using held = new HeldAnswers();
      const results = await request(session);
      assertEquals(results.map(({ connection }) => connection?.requestNumber), numbersTo(MANY));
      assertEquals(results.filter(({ ok, body }) => !ok || body?.bytes !== 2), []);
      assertEquals(held.most, 1);
    });
  },
);

testRows<[name: string, script: Script, summaries: string[], message: RegExp]>(
  "Session.request() fails all pipelined requests after a failure, each with the cause",
  [
    [
      "a close that was not announced",
      [{ expect: "/3 " }, REQUEST, { send: OK }, { fin: true }, STALL],
      ["200 1 us/open", "closed 2 peer/fin", "closed 3 peer/fin"],
      /the exchange before it failed: cannot read the answer to GET .*\/2: /,
    ],
    [
      "an announced close",
      [{ expect: "/3 " }, REQUEST, { send: LAST }, { fin: true }, STALL],
      ["200 1 us/open", "closed 2", "closed 3"],
      /the exchange before it failed: cannot read the answer to GET .*\/2: the answer before it ends the use/,
    ],
    [
      "no answer at all",
      [{ expect: "/3 " }, REQUEST, { send: "SSH-2.0-x\r\n" }, STALL],
      ["syntax 1", "closed 2", "closed 3"],
      /the exchange before it failed: cannot read the answer to GET .*\/2: the exchange before it failed: /,
    ],
  ],
  async ([, script, summaries, message]) => {
    await withSession(script, async (session) => {
      const results = await Promise.all([1, 2, 3].map((path) => session.request({ path: `/${path}` })));
      assertEquals(results.map((it, i) => summary(it).slice(0, summaries[i]!.length)), summaries);
      assertMatch(results[2]!.error!.message, message);
      assertEquals(results.map(({ error }) => error?.by ?? "target"), ["target", "target", "target"]);
      assertEquals((await session.request()).error?.kind, "closed");
    });
  },
);

Deno.test("Session.request() ends with its own signal and limits, and the session with it", async () => {
  await withSession([REQUEST, { send: OK }, REQUEST, STALL], async (session) => {
    await session.request();
    const over = new AbortController();
    const pending = session.request({ signal: over.signal });
    over.abort();
    const aborted = await pending;
    assertEquals([aborted.error?.kind, aborted.error?.by], ["aborted", "local"]);
  });
  await withSession([REQUEST, { send: OK }, REQUEST, { send: answer("four") }, STALL], async (session) => {
    await session.request();
    const large = await session.request({ maxBody: 3 });
    assertEquals([large.error?.kind, large.body?.text], ["limit", "fou"]);
    assertEquals((await session.request()).error?.kind, "closed");
  });
  await withSession([REQUEST, STALL], async (session) => {
    const late = await session.request({ firstByteTimeout: 30 });
    assertEquals([late.error?.kind, late.error?.phase], ["timeout", "wait"]);
  });
});

Deno.test("Session.request() leaves the connection usable if it is aborted before it is sent", async () => {
  await withSession([REQUEST, { send: OK }, REQUEST, { send: OK }, STALL], async (session) => {
    await session.request();
    const aborted = await session.request({ signal: AbortSignal.abort() });
    assertEquals([aborted.error?.kind, aborted.request?.sentBytes], ["aborted", 0]);
    assertEquals(summary(await session.request()), "200 2 us/open");
  });
});

Deno.test("Session connects over TLS, and reports the handshake with the first result", async () => {
  await withSession(
    [REQUEST, { send: OK }, REQUEST, { send: OK }, { fin: true }, STALL],
    async (session) => {
      const one = await session.request();
      const two = await session.request({ last: true, linger: { kept: LONGEST, closing: LONGEST } });
      assertEquals([one, two].map(summary), ["200 1 us/open", "200 2 peer/close-notify"]);
      assert(one.timings.tls !== undefined && two.timings.tls === undefined);
      assertEquals([one.tls?.verified, two.tls?.verified], [true, true]);
      assertEquals(codesOf(two), ["connection-lie"]);
    },
    { caCerts: [fixture("ca.pem")], sni: "localhost" },
    { tls: { certificate: "good" } },
  );
});

Deno.test("connect() to an unreachable server gives a session whose requests have the error", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await using session = await connect(`http://127.0.0.1:${port}/`);
  assertEquals([session.error?.kind, session.reusable, session.obstacle], ["refused", false, undefined]);
  const results = [await session.request(), await session.request({ path: "/again" })];
  assertEquals(results.map(({ error }) => error?.kind), ["refused", "refused"]);
  assertEquals(results.map(({ tries }) => tries?.length), [1, undefined]);
  assert(results[0]!.timings.connect !== undefined && results[1]!.timings.connect === undefined);
  assertEquals(await session.watch(10), false);
});

Deno.test("connect() tries a bare host over https, then http, and reports both with the first result", async () => {
  await using peer = await startPeer([[{ fin: true }, STALL], [REQUEST, { send: OK }, STALL]]);
  await using session = await connect(`127.0.0.1:${peer.port}`, { maxTime: LONGEST });
  assertEquals(session.target.scheme, "http");
  const one = await session.request();
  assertEquals([one.status, one.attempts?.length], [200, 1]);
});

Deno.test("Session.request() reports with the first result that the server spoke first", async () => {
  await withSession([{ send: "220 ready\r\n" }, STALL], async (session) => {
    const { error } = await session.request();
    assertEquals([error?.kind, error?.phase], ["syntax", "wait"]);
    assertMatch(error!.message, /the server sent 11 octets before it/);
  }, { listenFirst: 50 });
});

Deno.test("Session throws for a mistake of the caller", async () => {
  await withSession([REQUEST, { send: OK }, REQUEST, { send: OK }, STALL], async (session) => {
    await assertRejects(() => session.request({ path: "a" }), TypeError, 'Cannot request "a"');
    await assertRejects(() => session.request({ method: "a b" }), TypeError);
    await assertRejects(() => session.request({ maxTime: 0 }), RangeError);
    const pending = session.request();
    await assertRejects(() => session.watch(1), TypeError, "a request is under way");
    assertEquals((await pending).status, 200, "none of them was sent");
    const onBody = (): void => {
      throw new SyntaxError("mine");
    };
    await assertRejects(() => session.request({ onBody }), SyntaxError, "mine");
    assertEquals((await session.request()).error?.kind, "closed");
  });
  await assertRejects(() => connect("http://a/", { method: "a b" }), TypeError);
  await assertRejects(() => connect("http://a b/"), SyntaxError);
});

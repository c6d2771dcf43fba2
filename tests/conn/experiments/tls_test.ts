import { assert, assertEquals } from "@std/assert";
import { parseHelloAnswer, serializeClientHello } from "../../../lib/conn/experiments/client_hello.ts";
import { profileConnection } from "../../../lib/conn/profile.ts";
import { fixture, type PeerOptions, type Script, startPeer } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";
import { skipWaits } from "../../_skipped_waits.ts";

const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
const ROWS: readonly {
  name: string;
  script: Script;
  tls: NonNullable<PeerOptions["tls"]>;
  outcome: string;
  how: string | null;
  fin?: boolean;
  findings: readonly string[];
  alpn: Readonly<Record<string, string | null>>;
}[] = [
  {
    name: "close_notify",
    script: [{ expect: "\r\n\r\n" }, { send: ANSWER }, { fin: true }],
    tls: { certificate: "good", alpn: ["http/1.1"] },
    outcome: "close-notify",
    how: "close-notify",
    fin: true,
    findings: [],
    alpn: { "http/1.1": "http/1.1", "h2,http/1.1": "http/1.1", none: null },
  },
  {
    name: "close_notify without FIN",
    script: [{ expect: "\r\n\r\n" }, { send: ANSWER }, { closeNotify: true }, { stall: true }],
    tls: { certificate: "good" },
    outcome: "close-notify",
    how: "close-notify",
    fin: false,
    findings: [],
    alpn: { none: null },
  },
  {
    name: "a cut",
    script: [{ expect: "\r\n\r\n" }, { send: ANSWER }, { cut: true }],
    tls: { certificate: "good" },
    outcome: "no-close-notify",
    how: "tls-truncated",
    findings: ["no-close-notify"],
    alpn: { "http/1.1": null, "h2,http/1.1": null, none: null },
  },
  {
    name: "a connection that stays open",
    script: [{ expect: "\r\n\r\n" }, { send: ANSWER }, { stall: true }],
    tls: { certificate: "good" },
    outcome: "left-open",
    how: null,
    findings: [],
    alpn: { none: null },
  },
];

Deno.test("profileConnection() continues if the first answer is cut off without close_notify", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([
    { expect: "\r\n\r\n" },
    { send: "HTTP/1.1 200 OK\r\n\r\nhi" },
    { cut: true },
  ], { tls: { certificate: "good" } });
  const profile = await profileConnection(`https://localhost:${peer.port}/`, {
    only: ["tls"],
    caCerts: [fixture("ca.pem")],
    resolve: [{ host: "localhost", port: peer.port, addresses: ["127.0.0.1"] }],
  });
  assertEquals([profile.ok, profile.error?.kind], [false, "truncated"]);
  assertEquals(profile.experiments["tls"]?.outcome, "no-close-notify");
  assertEquals(profile.findings.map(({ code }) => code), ["no-close-notify"]);
});

for (const { name, script, tls, outcome, how, fin, findings, alpn } of ROWS) {
  Deno.test(`profileConnection() recognises the end of TLS: ${name}`, async () => {
    using _clock = skipWaits();
    await using peer = await startPeer(script, { tls });
    const profile = await profileConnection(`https://localhost:${peer.port}/`, {
      only: ["tls"],
      caCerts: [fixture("ca.pem")],
      resolve: [{ host: "localhost", port: peer.port, addresses: ["127.0.0.1"] }],
    });
    assertEquals(profile.error, undefined);
    const report = profile.experiments["tls"]!;
    assertEquals(
      [report.outcome, report.facts["how"], report.facts["fin"]],
      [outcome, how, fin],
      report.summary,
    );
    assertEquals(profile.findings.map(({ code }) => code), [...findings]);
    const chosen = report.facts["alpn"] as Record<string, unknown>;
    for (const [offer, choice] of Object.entries(alpn)) assertEquals(chosen[offer], choice, offer);
    const versions = report.facts["versions"] as Record<string, unknown>;
    assertEquals([versions["TLSv1.2"], versions["TLSv1.3"]], [true, true]);
    assertEquals(report.facts["certificates"], 1);
  });
}

testRows<[script: Script, fin: boolean, said: string]>(
  "profileConnection() distinguishes close_notify and FIN on idle and closing connections",
  [
    [[{ fin: true }, { stall: true }], true, "close_notify and FIN"],
    [[{ closeNotify: true }, { pause: 300 }, { fin: true }, { stall: true }], true, "close_notify (FIN "],
    [[{ closeNotify: true }, { stall: true }], false, "close_notify without FIN"],
  ],
  async ([end, fin, said]) => {
    using _clock = skipWaits();
    const kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: kept }, { pause: 300 }, ...end], {
      tls: { certificate: "good" },
    });
    const { experiments } = await profileConnection(`https://localhost:${peer.port}/`, {
      only: ["idle-timeout", "close"],
      idleLimit: 1_500,
      caCerts: [fixture("ca.pem")],
      resolve: [{ host: "localhost", port: peer.port, addresses: ["127.0.0.1"] }],
    });
    for (const { facts, summary } of Object.values(experiments)) {
      assertEquals([facts["how"], facts["fin"]], ["close-notify", fin], summary);
      assertEquals(typeof facts["finAfter"], fin ? "number" : "undefined");
      assertEquals(Number(facts["finAfter"]) > 200, said.endsWith("(FIN "), summary);
    }
    const idle = experiments["idle-timeout"]!;
    assert(idle.summary.startsWith(said), idle.summary);
    assertEquals(idle.outcome, "closes");
    const [sample] = idle.facts["samples"] as { how: string; fin: boolean }[];
    assertEquals([sample?.how, sample?.fin], ["close-notify", fin]);
  },
);

testRows(
  "serializeClientHello() writes a record whose lengths agree",
  ["TLSv1", "TLSv1.1", "TLSv1.2"] as const,
  (version) => {
    const bytes = serializeClientHello(version, "name.example");
    assertEquals(bytes.length, 5 + bytes[3]! * 256 + bytes[4]!);
    assertEquals(bytes.length, 9 + bytes[6]! * 65536 + bytes[7]! * 256 + bytes[8]!);
    assert(new TextDecoder("latin1").decode(bytes).includes("name.example"));
  },
);

testRows<[number[], unknown]>("parseHelloAnswer() reads ServerHello, alert and anything else", [
  [[], { type: "incomplete" }],
  [[22, 3, 3, 0, 80, 2, 0, 0, 76, 3, 3], { type: "accepted", version: "TLSv1.2" }],
  [[22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1], { type: "accepted", version: "TLSv1" }],
  [[22, 3, 1, 0, 80, 2], { type: "incomplete" }],
  [[21, 3, 1, 0, 2, 2, 70], { type: "refused", alert: 70 }],
  [[21, 3, 1, 0, 2], { type: "incomplete" }],
  [[72, 84, 84, 80], { type: "foreign" }],
  // A server that does not know the name sends a warning and continues.
  [[21, 3, 1, 0, 2, 1, 112], { type: "incomplete" }],
  [[21, 3, 1, 0, 2, 1, 112, 22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1], { type: "accepted", version: "TLSv1" }],
  [[21, 3, 1, 0, 2, 1, 112, 21, 3, 1, 0, 2, 2, 70], { type: "refused", alert: 70 }],
  [[21, 3, 1, 0, 2, 1, 0], { type: "refused", alert: 0 }],
  // A message may be cut into any records.
  [
    [22, 3, 1, 0, 1, 2, 22, 3, 1, 0, 2, 0, 0, 22, 3, 1, 0, 3, 76, 3, 2],
    { type: "accepted", version: "TLSv1.1" },
  ],
  [[22, 3, 1, 0, 80, 1, 0, 0, 76, 3, 1], { type: "foreign" }],
], ([octets, answer]) => {
  assertEquals(parseHelloAnswer(Uint8Array.from(octets)), answer as never);
});

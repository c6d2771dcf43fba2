/**
 * Inside a network namespace of its own: probes what cannot be reached, and a server at a public address that redirects
 * to this machine. Prints the outcomes as JSON.
 *
 * @module
 */

import { probeAll } from "../../lib/batch.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeError } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";

const REDIRECT = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:8080/\r\nContent-Length: 0\r\n\r\n";

function termsOf(error: ProbeError | undefined): string {
  return `${error?.kind} ${error?.phase} ${error?.by}`;
}

/** There is no IPv6 address here, and sonde must not mistake this for a lack of ports. */
async function probeWithoutIpv6(): Promise<string[]> {
  for (const name of ["all", "lo"]) {
    Deno.writeTextFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, "1");
  }
  const targets = ["http://[::1]:1/", "http://127.0.0.1:1/"];
  const rows: string[] = [];
  const signal = AbortSignal.timeout(5_000);
  for await (const { error } of probeAll(targets, { ordered: true, signal })) rows.push(termsOf(error));
  return rows;
}

/** The resolver knows them, whatever IDNA and the URL parser think of them. */
async function probeOddNames(): Promise<unknown[]> {
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: answer }], { port: 8081 });
  const names = ["xn--a.test", "XN--A.test", "xn--", "-a_b.test", "1.2.3.4.5", "xn--b.test", "a..b.test"];
  const rows: unknown[] = [];
  for await (
    const { status, error, timings } of probeAll(
      names.map((name) => `http://${name}:${peer.port}/`),
      { ordered: true, concurrency: 1 },
    )
  ) rows.push(status === undefined ? termsOf(error) : timings.dns === undefined ? "no lookup" : status);
  const { error } = await probe("http://xn--a.test:8081/", { denyPrivate: true });
  return [...rows, termsOf(error)];
}

if (import.meta.main) {
  const outcomes: Record<string, unknown> = {};
  for (const target of ["http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.9/"]) {
    const options = { maxTime: 2_000, connectTimeout: 500 };
    const { error, connection } = await probe(target, options);
    const rows = await Array.fromAsync(probeAll([target], options));
    const profile = await profileConnection(target, options);
    outcomes[target] = {
      error: termsOf(error),
      connected: connection !== undefined,
      limit: / (\d+ ms)/.exec(error?.message ?? "")?.[1] ?? "",
      batch: rows.map((row) => termsOf(row.error)),
      conn: termsOf(profile.error),
    };
  }
  await using secret = await startPeer([{ send: "HTTP/1.1 200 OK\r\n\r\n" }], { port: 8080 });
  await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: REDIRECT }], {
    address: "8.8.8.8",
    port: 80,
  });
  const { error, redirects } = await probe("http://8.8.8.8/", { maxRedirects: 3, denyPrivate: true });
  outcomes["redirect"] = {
    error: termsOf(error),
    hops: redirects.map(({ status }) => status),
    asked: peer.connections.length,
    reached: secret.connections.length,
  };
  outcomes["odd names"] = await probeOddNames();
  outcomes["without IPv6"] = await probeWithoutIpv6();
  console.log(JSON.stringify(outcomes));
}

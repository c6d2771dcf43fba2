import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { fixture, type PeerTls, type Script, startPeer } from "../peer/peer.ts";
import { testRows } from "../_test_rows.ts";
import { LAST, LONGEST, REQUEST, STALL } from "./_peers.ts";

const caCerts = ["ca.pem", "path_root_2110.pem"].map(fixture);

function redirect(location: string): Script {
  return [
    REQUEST,
    { send: `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n` },
    STALL,
  ];
}

/** The first certificate that ends: the last words of its subject, its year, and whether its hop was accepted. */
function endOf(
  { chain }: ProbeResult,
): [name: string | undefined, year: string, verified: boolean] | undefined {
  const earliest = chain?.earliestCertificate;
  return earliest && [earliest.subject.split("CN=")[1], earliest.notAfter.slice(0, 4), earliest.verified];
}

testRows<[title: string, tls: PeerTls, options: ProbeOptions, end: ReturnType<typeof endOf>]>(
  "probe() finds the certificate that ends first:",
  [
    ["an intermediate authority", { certificate: "path_leaf", sends: ["path_authority_2045"] }, { caCerts }, [
      "path authority",
      "2045",
      true,
    ]],
    [
      "with an expired certificate of an old root beside the path",
      { certificate: "path_leaf", sends: ["path_authority_2100", "path_cross_2021", "path_old_root_2021"] },
      { caCerts },
      ["path authority", "2100", true],
    ],
    [
      "with a certificate of an old root beside the path",
      { certificate: "path_leaf", sends: ["path_authority_2100", "path_cross_2050"] },
      { caCerts },
      ["path authority", "2100", true],
    ],
    [
      "with an expired authority beside the path",
      { certificate: "path_leaf", sends: ["path_authority_2021", "path_authority_2100"] },
      { caCerts },
      ["path authority", "2100", true],
    ],
    ["that of the server itself", { certificate: "good" }, { caCerts }, [
      "localhost",
      "2120",
      true,
    ]],
    [
      "of those that were sent, if none is verified",
      { certificate: "path_leaf", sends: ["path_authority_2021", "path_cross_2050"] },
      { caCerts, verify: false },
      ["path authority", "2021", false],
    ],
    [
      "of those that were sent, if the certificate is refused",
      { certificate: "path_leaf", sends: ["path_authority_2021"] },
      { caCerts },
      ["path authority", "2021", false],
    ],
    ["that of the server, which is refused", { certificate: "expired" }, { caCerts }, [
      "localhost",
      "2020",
      false,
    ]],
  ],
  async ([, tls, options, end]) => {
    await using peer = await startPeer([REQUEST, { send: LAST }], { tls });
    assertEquals(
      endOf(await probe(`https://127.0.0.1:${peer.port}/`, { maxTime: LONGEST, ...options })),
      end,
    );
  },
);

Deno.test("probe() reports the time and the certificates of all hops together", async () => {
  await using last = await startPeer([REQUEST, { send: LAST }], { tls: { certificate: "good" } });
  await using plain = await startPeer(redirect(`https://127.0.0.1:${last.port}/`));
  const tls = { certificate: "path_leaf", sends: ["path_authority_2045"] } as const;
  await using first = await startPeer(redirect(`http://127.0.0.1:${plain.port}/`), { tls });
  const url = `https://127.0.0.1:${first.port}/`;
  const result = await probe(url, { maxTime: LONGEST, maxRedirects: 5, caCerts });
  assertEquals([result.status, result.redirects.length, result.chain?.hops], [200, 2, 3]);
  const totals = [...result.redirects, result].map(({ timings }) => timings.total);
  assertAlmostEquals(result.chain!.total, totals.reduce((sum, ms) => sum + ms), 1e-6);
  assertEquals(endOf(result), ["path authority", "2045", true]);
  assertEquals(result.chain?.earliestCertificate?.url, url);
  assertEquals(result.redirects.map(({ chain }) => chain), [undefined, undefined]);
});

Deno.test("probe() counts the hops before a redirect that cannot be followed", async () => {
  await using peer = await startPeer(redirect("/again"));
  const result = await probe(`http://127.0.0.1:${peer.port}/`, { maxTime: LONGEST, maxRedirects: 5 });
  assertEquals([result.error?.kind, result.chain?.hops], ["redirect", 2]);
  assertEquals(result.chain?.total, result.redirects[0]!.timings.total + result.timings.total);
});

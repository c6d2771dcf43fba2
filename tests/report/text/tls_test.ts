import { assert, assertEquals, assertFalse } from "@std/assert";
import { layOutTls } from "../../../lib/report/text/tls.ts";
import { goodResult, goodTls, plainResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

testRows<[daysLeft: number, text: string]>("layOutTls() colours the days that a certificate has left", [
  [83, "{good:83 days left}"],
  [30, "{good:30 days left}"],
  [29, "{warning:29 days left}"],
  [7, "{warning:7 days left}"],
  [6, "{bad:6 days left}"],
  [1, "{bad:1 day left}"],
  [0, "{bad:0 days left}"],
  [-1, "{bad:EXPIRED less than a day ago}"],
  [-401, "{bad:EXPIRED 400 days ago}"],
], ([daysLeft, text]) => {
  const lines = layOutTls(goodResult({ tls: goodTls({}, daysLeft) }), testView(STYLED));
  assert(lines.some((line) => line.endsWith(text)), lines.join("\n"));
}, { permissions: "none" });

Deno.test(
  "layOutTls() shows the handshake, the verdict and the exact reason",
  { permissions: "none" },
  async (test) => {
    const { certificate: _certificate, ...bare } = goodTls();
    const reason = "certificate expired on 2026-01-01T00:00:00Z";
    const rows: [tls: Parameters<typeof goodTls>[0], lines: string[]][] = [
      [{}, ["tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1", "             verified"]],
      [{ sni: "other.test", alpn: null }, [
        "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, no ALPN, SNI other.test",
        "             verified",
      ]],
      [{ sni: "", verified: false, verifyError: reason }, [
        "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1, no SNI",
        `             NOT VERIFIED: ${reason}`,
      ]],
      [{ verified: false }, [
        "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1",
        "             NOT VERIFIED",
      ]],
      [{ askedToRenegotiate: true }, [
        "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1",
        "             verified",
        "             the server asked to renegotiate, and was refused",
      ]],
    ];
    await stepRows(test, rows, ([changes, lines]) => {
      assertEquals(layOutTls(goodResult({ tls: { ...bare, ...changes } }), testView()), lines);
    });
    assertEquals(layOutTls(plainResult(), testView()), []);
    const odd = goodResult({ url: "https://xn--a.test:444/", tls: { ...bare, sni: "xn--a.test" } });
    assertEquals(layOutTls(odd, testView())[0], "tls          TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1");
  },
);

Deno.test("layOutTls() shows the full digest on one line when verbose", { permissions: "none" }, () => {
  const digest = goodTls().certificate?.fingerprint256 ?? "none";
  const lines = layOutTls(goodResult(), testView({ verbose: true }));
  assertEquals(lines.at(-1), `fingerprint  ${digest}`);
  assert(lines.includes("             serial 04a1b2c3d4e5f60718293a4b5c6d7e8f9012"));
  assert(lines.includes("             chain 3 certificates"));
  assertFalse(layOutTls(goodResult(), testView()).some((line) => line.includes(digest)));
});

Deno.test("layOutTls() names an issuer that ends before the certificate of the server", {
  permissions: "none",
}, () => {
  const result = goodResult();
  Object.assign(result.tls!.certificate!.issuers![1]!, { notAfter: "2026-03-06T00:00:00Z", daysLeft: 5 });
  assertEquals(layOutTls(result, testView(STYLED)).slice(-1), [
    "             {dim:its issuer ends earlier: }CN=Example Root, O=Example Trust Services, C=FR, until 2026-03-06T00:00:00Z, {bad:5 days left}",
  ]);
  assertEquals(layOutTls(goodResult(), testView()).some((line) => line.includes("earlier")), false);
});

Deno.test("layOutTls() lists the issuers when verbose", { permissions: "none" }, () => {
  const text = layOutTls(goodResult(), testView({ verbose: true })).join("\n").replaceAll(/\n +/g, " ");
  assert(
    text.includes(
      "issued by CN=Example Root, O=Example Trust Services, C=FR, until 2045-01-01T00:00:00Z, 6,880 days",
    ),
    text,
  );
});

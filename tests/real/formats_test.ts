/**
 * The formats in the programs that read them. A test whose program is missing is ignored and says so.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Formatter } from "../../lib/report/formatter.ts";
import { formatHar, HarFormatter } from "../../lib/report/har.ts";
import { formatJunit, formatProfileJunit, JunitFormatter } from "../../lib/report/junit.ts";
import { formatNagios } from "../../lib/report/nagios.ts";
import { formatProfileProm, formatProm, PromFormatter } from "../../lib/report/prom.ts";
import {
  degradedOutcome,
  ENDING,
  goodResult,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "../report/_samples.ts";
import { sampleProfile } from "../report/profile/_profile.ts";
import { stepRows } from "../_test_rows.ts";

const RESULTS = [
  goodResult(),
  truncatedResult(),
  refusedResult(),
  plainResult(),
  plainResult({ ok: false, checks: [{ expect: "status == 200 <&>", ok: false, actual: "\x00\ufffe<" }] }),
];

/** A document of checks with every verdict, in and out of maintenance. */
function checksIn(document: Formatter): string {
  const rows = [
    outcomeOf("up", { tags: ["a"], certificate: ENDING }),
    degradedOutcome(),
    outcomeOf("down"),
    outcomeOf("unknown"),
    outcomeOf("down", { excluded: "maintenance" }),
  ].map((check) => document.row(truncatedResult({ tag: "shop" }), { check }));
  const hostile = document.row(hostileResult(), { check: hostileOutcome() });
  return document.begin() + rows.join("") + hostile + document.end();
}

/** The first of the paths at which there is a file. */
function findProgram(...paths: string[]): string | undefined {
  return paths.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false; // Not installed there.
    }
  });
}

/** Registers a test that needs a program, or says that it is missing. */
function testWith(
  program: string,
  paths: string[],
  name: string,
  run: (path: string) => Promise<void>,
): void {
  const path = findProgram(...paths);
  Deno.test({
    name: path === undefined ? `${name} (ignored: ${program} is not installed)` : name,
    ignore: path === undefined,
    fn: () => run(path ?? ""),
  });
}

async function feed(program: string, args: string[], input: string): Promise<{ code: number; text: string }> {
  const child = new Deno.Command(program, { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

testWith(
  "promtool",
  ["/usr/bin/promtool"],
  "promtool finds nothing to complain of in metrics",
  async (promtool) => {
    const texts = [
      ...[[], RESULTS, [hostileResult()]].map((results) => formatProm(results, { maxTime: 10_000 })),
      checksIn(new PromFormatter()),
    ];
    const outcomes = await Promise.all(texts.map((text) => feed(promtool, ["check", "metrics"], text)));
    assertEquals(outcomes, texts.map(() => ({ code: 0, text: "" })));
    assertEquals((await feed(promtool, ["check", "metrics"], formatProfileProm([sampleProfile()]))).text, "");
    const broken = formatProm(RESULTS).replace("} 1\n", "} one\n");
    assertEquals((await feed(promtool, ["check", "metrics"], broken)).code, 1);
  },
);

testWith("xmllint", ["/usr/bin/xmllint"], "xmllint takes JUnit XML by its schema", async (xmllint) => {
  const schema = new URL("./junit.xsd", import.meta.url).pathname;
  const texts = [
    ...[[], RESULTS, [hostileResult()]].map((results) => formatJunit(results)),
    checksIn(new JunitFormatter()),
  ];
  const outcomes = await Promise.all(
    texts.map((text) => feed(xmllint, ["--noout", "--schema", schema, "-"], text)),
  );
  assertEquals(outcomes, texts.map(() => ({ code: 0, text: "- validates\n" })));
  const profile = formatProfileJunit([sampleProfile()]);
  assertEquals((await feed(xmllint, ["--noout", "--schema", schema, "-"], profile)).code, 0);
  const broken = formatJunit(RESULTS).replace("failures=", "failed=");
  assert((await feed(xmllint, ["--noout", "--schema", schema, "-"], broken)).code !== 0);
});

testWith(
  "negate of monitoring-plugins",
  ["/usr/lib/nagios/plugins/negate"],
  "negate of the monitoring plugins reads the state of a line",
  async (negate) => {
    const folder = await Deno.makeTempDir({ prefix: "sonde-" });
    try {
      const plugin = `${folder}/plugin`;
      await Deno.writeTextFile(plugin, '#!/bin/sh\nprintf "%s\\n" "$1"\nexit 2\n', { mode: 0o755 });
      const line = formatNagios(refusedResult());
      const { code, text } = await feed(negate, ["--substitute", "--critical=WARNING", plugin, line], "");
      assertEquals([code, text], [1, `${line.replace("HTTP CRITICAL", "HTTP WARNING")}\n`]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("har-validator accepts the HAR that sonde writes", async (test) => {
  const { default: validator } = await import("../har_validator.ts");
  const { har } = validator as { har(data: unknown): Promise<unknown> };
  const texts = [...[[], RESULTS, [hostileResult()]].map(formatHar), checksIn(new HarFormatter())];
  await stepRows(test, texts, async (text) => {
    const data = JSON.parse(text) as { log: { entries: unknown[] } };
    assertEquals(await har(data), data);
  });
  const broken = JSON.parse(formatHar(RESULTS)) as { log: { entries: { request?: unknown }[] } };
  delete broken.log.entries[0]?.request;
  const failure = await har(broken).then(() => undefined, (error: unknown) => error);
  assert(failure !== undefined);
});

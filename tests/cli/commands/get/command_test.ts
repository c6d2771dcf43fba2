import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { respond, serveAnswers } from "../../../download/_file_server.ts";
import { runModule } from "../../../_process.ts";
import { run } from "../../_run.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

const CLI = new URL("../../../../cli.ts", import.meta.url).href;
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

Deno.test("sonde get saves a file, prints its digest, and does not overwrite it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = serveAnswers([respond("200 OK", ['ETag: "a"'], "hello")]);
    const args = ["get", "-o", `${folder}/f`, server.url];
    const saved = await run(args);
    assertEquals([saved.code, saved.stderr], [0, ""]);
    assertStringIncludes(saved.stdout, `saved        ${folder}/f\ncontent      5 octets\n`);
    assertStringIncludes(saved.stdout, `sha256       ${HELLO}\n`);
    assertEquals(Deno.readTextFileSync(`${folder}/f`), "hello");

    const again = await run(args);
    assertEquals(again.code, 3);
    assertStringIncludes(again.stdout, "FAILED: exists (a local fault)");
    const forced = await run(["get", "--force", "--json", "--sha256", HELLO, ...args.slice(1)]);
    assertEquals([forced.code, forced.stderr], [0, ""]);
    const { ok, bytes, sha256, exchanges } = JSON.parse(forced.stdout);
    assertEquals([ok, bytes, sha256, exchanges[0].status], [true, 5, HELLO, 200]);
    const quiet = await run(["get", "-q", "--force", ...args.slice(1)]);
    assertEquals([quiet.code, quiet.stdout, quiet.stderr], [0, "", ""]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde get saves coded content unchanged, and names its coding", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = serveAnswers([respond("200 OK", ["Content-Encoding: gzip"], "hello")]);
    const { code, stdout } = await run(["get", "-o", `${folder}/f`, server.url]);
    assertEquals([code, Deno.readTextFileSync(`${folder}/f`)], [0, "hello"]);
    assertStringIncludes(stdout, "content      5 octets, coded with gzip and kept as they came\n");
    const fields = ["Content-Encoding: br", "Transfer-Encoding: gzip, chunked", "Connection: close"];
    await using transfer = serveAnswers([
      `HTTP/1.1 200 OK\r\n${fields.join("\r\n")}\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
    ]);
    const coded = await run(["get", "-o", `${folder}/g`, transfer.url]);
    assertStringIncludes(coded.stdout, "content      2 octets, coded with br, gzip and kept as they came\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde get -o - writes the content to stdout", async () => {
  await using server = serveAnswers([respond("200 OK", [], "hello")]);
  const { code, stdout } = await runModule("cli.ts", ["--allow-net"], ["get", "-o", "-", server.url]);
  assertEquals([code, stdout], [0, "hello"]);
});

Deno.test("sonde get prints how much of the total arrived, and resumes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = serveAnswers([
      respond("200 OK", ['ETag: "a"'], "hel", 5),
      respond("206 Partial Content", ["Content-Range: bytes 3-4/5"], "lo"),
    ]);
    const args = ["get", "--resume", "-o", `${folder}/f`, server.url];
    const cut = await run(args);
    assertEquals(cut.code, 1);
    assertStringIncludes(cut.stdout, "FAILED: truncated (fault of the target)");
    assertStringIncludes(cut.stdout.replace(/\s+/g, " "), "3 of 5 octets came");
    assertStringIncludes(cut.stdout.replace(/\s+/g, " "), "f.part (--resume continues it)");
    assertEquals([cut.stdout.match(/3 of 5/g)?.length, cut.stderr], [1, ""]);
    const whole = await run(args);
    assertEquals([whole.code, Deno.readTextFileSync(`${folder}/f`)], [0, "hello"]);
    assertStringIncludes(whole.stdout, "5 octets, 3 octets of them from an earlier run");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde get does not offer to resume a part that cannot be resumed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const part = respond("206 Partial Content", ["Content-Range: bytes 0-1/5"], "he");
    await using server = serveAnswers([respond("200 OK", [], "hel", 5), part, part]);
    const unnamed = await run(["get", "-o", `${folder}/f`, server.url]);
    assertStringIncludes(
      unnamed.stdout.replace(/\s+/g, " "),
      "f.part (--resume starts over: the answer has no usable ETag or Last-Modified)",
    );
    Deno.writeTextFileSync(`${folder}/g.part`, "hel");
    Deno.writeTextFileSync(`${folder}/g.part.json`, JSON.stringify({ url: server.url, etag: '"a"' }));
    const unfit = await run(["get", "--resume", "-o", `${folder}/g`, server.url]);
    assertEquals([unfit.code, Deno.readTextFileSync(`${folder}/g.part`)], [1, "hel"]);
    assertStringIncludes(unfit.stdout, "g.part\n");
    assertEquals(unfit.stdout.includes("--resume"), false, unfit.stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde get names the flag that follows a redirect", async () => {
  await using server = serveAnswers([respond("302 Found", ["Location: /b"], "")]);
  const { code, stderr } = await run(["get", server.url]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "the answer is 302 Found: -L follows redirects");
});

Deno.test("sonde get explains what is wrong with a partial response to a request without a range", async () => {
  await using server = serveAnswers([respond("206 Partial Content", ["Content-Range: bytes 0-1/5"], "he")]);
  const { code, stderr } = await run(["get", server.url]);
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    "the answer is 206 Partial Content, a part, though the whole content was asked for",
  );
});

testRows<[args: string[], message: string]>("sonde get ends with 2 if the command line is wrong", [
  [[], "no URL was given"],
  [["http://a/", "http://b/"], "write one URL only"],
  [["--resume", "http://a/"], "--resume needs a file"],
  [["--force", "http://a/"], "--force needs a file"],
  [["--json", "http://a/"], "--json needs a file"],
  [["-O", "-o", "f", "http://a/"], "contradict each other"],
  [["--sha256", "12", "-O", "http://a/"], "64 hexadecimal digits"],
  [["ftp://a/"], "sonde probes http and https; for other protocols write sonde raw a:21"],
  [["--resume", "-X", "POST", "-O", "http://a/"], "Cannot resume a POST"],
  [["-H", "Bad Name: x", "-O", "--force", "http://127.0.0.1:1/"], "field name"],
], async ([args, message]) => {
  const { code, stderr } = await run(["get", ...args]);
  assertEquals(code, 2, `${args.join(" ")}: ${stderr}`);
  assertStringIncludes(stderr, message);
});

Deno.test("sonde get writes content to stdout with --allow-net alone", async () => {
  await using server = serveAnswers([respond("200 OK", [], "caf\xc3\xa9\x00\x1b\xff")]);
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net", CLI, "get", "-q", server.url],
    stdin: "null",
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals([output.code, output.stderr.length], [0, 0]);
  assertEquals([...output.stdout], [0x63, 0x61, 0x66, 0xc3, 0xa9, 0x00, 0x1b, 0xff]);
});

Deno.test("sonde get names the flags of a missing permission, and a full disk", async (test) => {
  await using server = serveAnswers([respond("200 OK", [], "hello")]);
  const rows: [permissions: string[], args: string[], message: RegExp][] = [
    [["--allow-net"], ["-o", "sub/f"], /this needs --allow-read=sub --allow-write=sub/],
    [["--allow-net", "--allow-read"], ["-O"], /this needs --allow-write=\./],
    [[], ["-q"], /^$/],
  ];
  if (Deno.build.os === "linux") {
    rows.push([["--allow-all"], ["-o", "/dev/full"], /the device has no space left/]);
  }
  await stepRows(test, rows, async ([permissions, args, message]) => {
    const { code, stdout, stderr } = await runModule("cli.ts", permissions, ["get", ...args, server.url]);
    assertEquals(code, 3, stderr);
    assertMatch(stdout.replaceAll(/\s+/g, " ") + stderr, message);
  });
});

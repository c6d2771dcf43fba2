import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Script, startPeer } from "../../../peer/peer.ts";
import { run } from "../../_run.ts";
import { stepRows } from "../../../_test_rows.ts";

Deno.test("sonde raw prints received octets as text, hex or JSON, and on stderr who closed", async () => {
  await using peer = await startPeer([{ expect: "PING\r\n" }, { send: "+PO\x1bNG\r\n" }]);
  const target = `127.0.0.1:${peer.port}`;
  const text = await run(["raw", "--send", "PING\\r\\n", target]);
  assertEquals([text.code, text.stdout], [0, "+PO\\x1bNG\n"]);
  assertStringIncludes(text.stderr, `${target}: sent 6 octets, received 8 octets; closed by the peer (FIN)`);
  const hex = await run(["raw", "-q", "--hex", "-s", "PI", "-s", "NG\\x0d\\n", target]);
  const line = "00000000  2b 50 4f 1b 4e 47 0d 0a                           |+PO.NG..|\n";
  assertEquals([hex.code, hex.stdout, hex.stderr], [0, line, ""]);
  const json = await run(["raw", "--json", "--send", "PING\r\n", target]);
  const { ok, sent, data, stop, end } = JSON.parse(json.stdout);
  assertEquals([json.code, ok, sent, data, stop, end.how], [0, true, 6, "+PO\x1bNG\r\n", "peer", "fin"]);
});

Deno.test("sonde raw sends stdin or a file, and writes received octets unchanged to a file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using peer = await startPeer([{ expect: "a\r\nb\r\n" }, { send: "\x00\xff" }]);
    const target = `127.0.0.1:${peer.port}`;
    const stdin = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of ["a\r", "\nb", "\n"]) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    const typed = await run(["raw", "--crlf", "-q", "-o", `${folder}/out`, target], { stdin });
    assertEquals([typed.code, typed.stdout], [0, ""]);
    assertEquals([...Deno.readFileSync(`${folder}/out`)], [0x00, 0xff]);
    Deno.writeTextFileSync(`${folder}/in`, "a\nb\n");
    const sent = await run(["raw", "--crlf", "-q", "--send-file", `${folder}/in`, target]);
    assertEquals([sent.code, sent.stdout], [0, "\\x00\\xff\n"]);
    assertEquals(peer.connections.map(({ received }) => received), ["a\r\nb\r\n", "a\r\nb\r\n"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde raw alternates with a server that speaks first", async () => {
  const script: Script = [
    { send: "220 ready\r\n" },
    { expect: "EHLO x\r\n" },
    { send: "250-a\r\n250 b\r\n" },
    { expect: "QUIT\r\n" },
    { send: "221 bye\r\n" },
  ];
  const turns = ["--after", "220 ", "--send", "EHLO x\\r\\n", "--after", "250 ", "--send", "QUIT\\r\\n"];
  await using peer = await startPeer([
    script,
    [{ send: "220 ready\r\n" }, { expect: "EHLO" }, { stall: true }],
  ]);
  const target = `127.0.0.1:${peer.port}`;
  const outcome = await run(["raw", ...turns, target]);
  assertEquals([outcome.code, outcome.stdout], [0, "220 ready\n250-a\n250 b\n221 bye\n"]);
  assertStringIncludes(
    outcome.stderr.replace(/\s+/g, " "),
    "sent 14 octets, received 34 octets (11 before anything was sent); closed by the peer (FIN)",
  );
  const silent = await run(["raw", ...turns, "--wait", "50ms", target]);
  assertEquals([silent.code, silent.stdout], [1, "220 ready\n"]);
  assertStringIncludes(
    silent.stderr.replace(/\s+/g, " "),
    '"250 " did not come, so that the rest was not sent',
  );
});

Deno.test("sonde raw ends with 1 for a reset and 2 for a wrong command line", async (test) => {
  await using peer = await startPeer([{ send: "abc" }, { pause: 20 }, { rst: true }]);
  const reset = await run(["raw", "--send", "", `127.0.0.1:${peer.port}`]);
  assertEquals([reset.code, reset.stdout], [1, "abc\n"]);
  assertStringIncludes(reset.stderr, "FAILED: reset (fault of the target)");
  const rows: [args: string[], message: string][] = [
    [[], "no HOST:PORT was given"],
    [["localhost"], "write HOST:PORT"],
    [["::1:6379"], "write the IPv6 address in brackets, [::1]:6379"],
    [["[::1]"], "write HOST:PORT, as in example.com:25 or [::1]:6379"],
    [[":6379"], "it has no host, write localhost:6379 for this machine"],
    [["localhost:99999"], 'the port "99999" is not a number from 1 to 65535'],
    [["localhost:redis"], 'the port "redis" is not a number from 1 to 65535'],
    [["a:1", "b:1"], "write one server only"],
    [["--send", "\\q", "a:1"], 'Cannot read "\\\\q" at column 1: escapes are \\r \\n'],
    [["--until", "", "a:1"], "empty"],
    [["--sni", "x", "a:1"], "--sni needs --tls"],
    [["--after", "220 ", "a:1"], "--after needs --send"],
    [["--after", "220 ", "--after", "250 ", "--send", "x", "a:1"], "--after is given 2 times, but --send 1"],
    [["--cert", "c", "--key", "k", "a:1"], "--cert needs --tls"],
    [["--unix-socket", "s", "a:1"], "takes the place of a:1"],
    [["--hex", "--json", "a:1"], "contradict each other"],
  ];
  await stepRows(test, rows, async ([args, message]) => {
    const { code, stderr } = await run(["raw", ...args]);
    assertEquals(code, 2, `${args.join(" ")}: ${stderr}`);
    assertStringIncludes(stderr, message);
  });
});

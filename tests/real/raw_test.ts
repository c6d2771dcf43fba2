import { stepRows } from "../_test_rows.ts";
/** What `sonde raw` is good for beyond HTTP, at a real Redis server. It is ignored where there is none, and says so. */

import { assertEquals, assertMatch } from "@std/assert";
import { run } from "../cli/_run.ts";
import { printedBy } from "./_missing_part.ts";
import { type RealServerKind, startRealServer } from "./_server.ts";
import { testServer } from "./_test_server.ts";

const REDIS: RealServerKind = {
  name: "redis",
  program: "redis-server",
  versionArgument: "--version",
  // The second one does not exist: it ends there, or at the first.
  lacks: (program) =>
    printedBy(program, "--tls-port", "0", "--sonde", "1").includes("tls-port") ? "TLS" : undefined,
  settings: [],
  configure: ({ port, tlsPort, certificate, key }) =>
    Promise.resolve([
      ...["--bind", "127.0.0.1", "--port", `${port}`, "--save", ""],
      ...["--tls-port", `${tlsPort}`, "--tls-auth-clients", "no", "--tls-ca-cert-file", certificate],
      ...["--tls-cert-file", certificate, "--tls-key-file", key],
    ]),
};

testServer(REDIS, "sonde raw speaks RESP, over TLS too, typed and in turns", async (test) => {
  await using server = await startRealServer(REDIS);
  const [plain, tls] = [`127.0.0.1:${server.port}`, `127.0.0.1:${server.tlsPort}`];
  const typed = new Blob(["SET a 1\nGET a\nQUIT\n"]).stream();
  const set = "*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nb\\r\\n$1\\r\\n\\x00\\r\\n";
  const turns = ["--send", set, "--after", "", "--send", "GET b\\r\\n", "--after", "+OK\\r\\n"];
  const rows: [args: string[], stdout: string, end: RegExp][] = [
    [["--send", "PING\\r\\n", "--until", "\\n", plain], "+PONG\n", /closed by sonde at the text/],
    [["--send", "PING\\r\\n", "--wait", "200ms", plain], "+PONG\n", /closed by sonde after a silence/],
    [
      ["--tls", "-k", "--send", "PING\\r\\nQUIT\\r\\n", tls],
      "+PONG\n+OK\n",
      /by the peer with close_notify, FIN seen/,
    ],
    [
      ["--crlf", plain],
      "+OK\n$1\n1\n+OK\n",
      /sent 22 octets, received 17 octets; closed by the peer \(FIN\)/,
    ],
    [[...turns, "--until", "\\x00\\r\\n", plain], "+OK\n$1\n\\x00\n", /closed by sonde at the text/],
  ];
  await stepRows(test, rows, async ([args, stdout, end]) => {
    const outcome = await run(["raw", ...args], { stdin: typed });
    assertEquals([outcome.code, outcome.stdout], [0, stdout], `${args.join(" ")}: ${outcome.stderr}`);
    assertMatch(outcome.stderr.replace(/\s+/g, " "), end);
  });
});

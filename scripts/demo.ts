/**
 * Starts good and faulty servers on loopback, and probes each of them once. This needs no internet.
 *
 *     deno run --allow-net=127.0.0.1 scripts/demo.ts
 *
 * @module
 */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { probe, type ProbeResult } from "../lib/probe.ts";
import { formatResult, formatTextRow, formatTextRowHeader, type Paint, type Style } from "../lib/report.ts";

/** A server that treats every connection the same way. */
interface Fault {
  readonly name: string;
  /** Octets to send after the request. */
  readonly answer: string;
  /** Action after the answer. @default "close" */
  readonly then?: "close" | "stay" | "reset";
}

const OK = "HTTP/1.1 200 OK\r\n";

const FAULTS: readonly Fault[] = [
  { name: "well-behaved", answer: `${OK}Content-Length: 3\r\n\r\nhi\n`, then: "stay" },
  {
    name: "chunked, with a trailer",
    answer: `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nhi\n\r\n0\r\nDigest: x\r\n\r\n`,
    then: "stay",
  },
  { name: "says close and closes", answer: `${OK}Connection: close\r\nContent-Length: 3\r\n\r\nhi\n` },
  { name: "closes unannounced", answer: `${OK}Keep-Alive: timeout=60\r\nContent-Length: 3\r\n\r\nhi\n` },
  {
    name: "says close, stays open",
    answer: `${OK}Connection: close\r\nContent-Length: 3\r\n\r\nhi\n`,
    then: "stay",
  },
  {
    name: "length and chunked",
    answer: `${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhi\n\r\n0\r\n\r\n`,
  },
  { name: "two different lengths", answer: `${OK}Content-Length: 3\r\nContent-Length: 4\r\n\r\nhi\n` },
  {
    name: "two answers for one",
    answer: `${OK}Content-Length: 3\r\n\r\nhi\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`,
    then: "stay",
  },
  { name: "a body cut short", answer: `${OK}Content-Length: 5000\r\n\r\nhi\n` },
  { name: "reset in the body", answer: `${OK}Content-Length: 5000\r\n\r\nhi\n`, then: "reset" },
  {
    name: "folds and bare LF",
    answer: `HTTP/1.1 200 OK\nX-Folded: one\n two\nContent-Length : 3\n\nhi\n`,
    then: "stay",
  },
  {
    name: "escape sequences",
    answer: `${OK}Server: \x1b[31mred\x07\r\nContent-Length: 0\r\n\r\n`,
    then: "stay",
  },
  { name: "SSH on this port", answer: "SSH-2.0-OpenSSH_9.6\r\n", then: "stay" },
  { name: "closes without an answer", answer: "" },
  { name: "never answers", answer: "", then: "stay" },
];

/** Serves one fault on a port of its own until it is disposed. */
async function serve(
  { answer, then = "close" }: Fault,
): Promise<AsyncDisposable & { readonly port: number }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", () =>
      socket.write(answer, "latin1", () => {
        if (then === "close") socket.end();
        if (then === "reset") socket.resetAndDestroy();
      }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** SGR codes of the styles that matter here; the library leaves the choice of colours to its caller. */
const CODES: Partial<Record<Style, number>> = {
  heading: 1,
  dim: 2,
  good: 32,
  warning: 33,
  bad: 31,
  name: 36,
};
const colour = !Deno.noColor && Deno.stdout.isTerminal();
const paint: Paint = (style, text) => colour && style in CODES ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text;
const options = { paint, width: 27, columns: ["status", "connection"] } as const;
const row = (name: string, line: string, findings: string): void =>
  console.log(`${name.padEnd(25)} ${line.padEnd(22)} ${findings}`);

row("server", formatTextRowHeader({ ...options, paint: undefined }), "deviations");
let shown: ProbeResult | undefined;
for (const fault of FAULTS) {
  await using server = await serve(fault);
  const result = await probe(`http://127.0.0.1:${server.port}/`, { maxTime: 1500 });
  const codes = new Set(result.deviations.map(({ code }) => code));
  // The first line of a row has its columns; the cause of a failure follows on others.
  const [plain = ""] = formatTextRow(result, { ...options, paint: undefined }).split("\n");
  const [painted = ""] = formatTextRow(result, options).split("\n");
  row(
    fault.name,
    painted + " ".repeat(Math.max(0, 22 - plain.length)),
    [...codes].join(", ") || "-",
  );
  if (codes.has("te-and-cl")) shown = result;
}

console.log("\nOne of them as sonde URL prints it:\n");
if (shown) console.log(formatResult(shown, { paint }));

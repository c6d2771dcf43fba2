import { assertEquals, assertMatch } from "@std/assert";
import { hostAndPort } from "../../lib/net/permission.ts";
import { startPeer } from "../peer/peer.ts";
import { stepRows } from "../_test_rows.ts";

/** Dials what stands in its arguments and prints the outcome. */
const DIAL = `
import { Deadline } from "${new URL("../../lib/net/deadline.ts", import.meta.url)}";
import { dial } from "${new URL("../../lib/net/dial/dial.ts", import.meta.url)}";
using deadline = new Deadline({ maxTime: 10_000 });
const { connection, error, tries, timings } = await dial(JSON.parse(Deno.args[0]), deadline);
connection?.close();
console.log(JSON.stringify({ error, tried: tries.map(({ address }) => address), phases: Object.keys(timings) }));
`;

interface Printed {
  readonly error?: { readonly kind: string; readonly by: string; readonly message: string };
  readonly tried: readonly string[];
  readonly phases: readonly string[];
}

/** Runs the program with these permissions. Without `--no-prompt`: no question may be asked. */
async function dialWith(flags: readonly string[], request: Record<string, unknown>): Promise<Printed> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, DIAL);
    const args = ["run", "--quiet", "--no-config", "--no-lock", ...flags, file, JSON.stringify(request)];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
    assertEquals(new TextDecoder().decode(stderr), "");
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("dial() connects by name, without a lookup phase, if only the name is permitted", async (test) => {
  await using peer = await startPeer([{ stall: true }]);
  await stepRows(test, ["--allow-net=localhost", `--allow-net=localhost:${peer.port}`], async (flag) => {
    const { error, tried, phases } = await dialWith([flag], { host: "localhost", port: peer.port });
    assertEquals([error, tried, phases], [undefined, ["localhost"], ["connect"]]);
  });
});

Deno.test("dial() connects to the address if name and address are permitted", async () => {
  await using peer = await startPeer([{ stall: true }]);
  const request = { host: "localhost", port: peer.port, family: 4 };
  const { tried, phases } = await dialWith(["--allow-net=localhost,127.0.0.1"], request);
  assertEquals([tried, phases], [["127.0.0.1"], ["dns", "connect"]]);
});

Deno.test("dial() does not use the other family if Deno chooses the address", async () => {
  await using peer = await startPeer([{ stall: true }]);
  const flag = `--allow-net=localhost:${peer.port}`;
  const { error } = await dialWith([flag], { host: "localhost", port: peer.port, family: 6 });
  assertEquals([error?.kind, error?.by], ["permission", "local"]);
});

const MISSING: readonly (readonly [title: string, request: Record<string, unknown>, message: string])[] = [
  [
    "a name",
    { host: "localhost", port: 81 },
    "Cannot connect to localhost:81: this needs --allow-net=localhost:81",
  ],
  [
    "an IPv4 address",
    { host: "127.0.0.1", port: 81 },
    "Cannot connect to 127.0.0.1:81: this needs --allow-net=127.0.0.1:81",
  ],
  [
    "an IPv6 address",
    { host: "::1", port: 81 },
    "Cannot connect to [::1]:81: this needs --allow-net=[::1]:81",
  ],
  [
    "a given address",
    { host: "x", port: 81, addresses: ["127.0.0.1"] },
    "Cannot connect to 127.0.0.1:81: this needs --allow-net=127.0.0.1:81",
  ],
  [
    "a Unix socket",
    { host: "x", port: 81, unixSocket: "/none" },
    "Cannot connect to /none: this needs --allow-read=/none --allow-write=/none --allow-net",
  ],
];

for (const [title, request, message] of MISSING) {
  Deno.test(`dial() names the flag that permits ${title}`, async () => {
    const { error } = await dialWith(["--allow-net=elsewhere.test"], request);
    assertEquals([error?.kind, error?.by, error?.message], ["permission", "local", message]);
  });
}

Deno.test("dial() never prompts for a permission on a terminal", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, DIAL);
    const run =
      `"${Deno.execPath()}" run --quiet --no-config --no-lock ${file} '{"host":"127.0.0.1","port":81}'`;
    // script(1) runs a command on a terminal of its own.
    const args = ["--quiet", "--return", "--command", run, "/dev/null"];
    const { stdout } = await new Deno.Command("script", { args, stdin: "null" }).output();
    assertMatch(new TextDecoder().decode(stdout), /^\{"error":\{"kind":"permission"/);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("hostAndPort() puts IPv6 addresses in brackets", () => {
  assertEquals(hostAndPort("::1", 80), "[::1]:80");
  assertEquals(hostAndPort("example.com"), "example.com");
});

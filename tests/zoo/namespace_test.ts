import { assertEquals } from "@std/assert";

/** A network of its own: one interface that swallows everything, one route that refuses, and public addresses on it. */
const NETWORK = [
  "ip link set lo up",
  "ip addr add 8.8.8.8/32 dev lo",
  "{ ip link add hole type dummy 2>/dev/null || ip link add hole type ifb; }",
  "ip addr add 192.0.2.254/24 dev hole",
  "ip link set hole up",
  "ip route add unreachable 198.51.100.0/24",
].join(" && ");

async function runInNamespace(script: string): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const command = new Deno.Command("unshare", { args: ["--net", "sh", "-c", `${NETWORK} && ${script}`] });
  try {
    const { success, stdout, stderr } = await command.output();
    return { success, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { success: false, stdout: "", stderr: "there is no unshare" };
    }
    throw error;
  }
}

const possible = Deno.build.os === "linux"
  ? await runInNamespace("true")
  : { success: false, stderr: "no Linux" };
const reason = possible.success ? "" : ` (needs root and network namespaces: ${possible.stderr.trim()})`;

Deno.test({
  name:
    `probe(), probeAll() and profileConnection() of addresses that cannot be reached, and of a redirect from the internet to here${reason}`,
  ignore: !possible.success,
  fn: async () => {
    const child = new URL("./_namespace_child.ts", import.meta.url).pathname;
    const { stdout, stderr } = await runInNamespace(
      `exec "${Deno.execPath()}" run --no-check --allow-all "${child}"`,
    );
    assertEquals(stderr, "");
    const told = (error: string) => ({ error, connected: false, inTime: true, batch: [error], conn: error });
    assertEquals(JSON.parse(stdout), {
      // Every SYN is dropped.
      "http://192.0.2.1/": told("timeout connect network"),
      // EHOSTUNREACH.
      "http://198.51.100.1/": told("unreachable connect network"),
      // ENETUNREACH.
      "http://203.0.113.1/": told("unreachable connect network"),
      "redirect": { error: "permission connect local", hops: [302], asked: 1, reached: 0 },
    });
  },
});

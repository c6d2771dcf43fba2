/**
 * Network namespaces for tests of behaviour that no loopback interface shows.
 *
 * @module
 */

/** A network of its own: one interface that swallows everything, one route that refuses, and public addresses on it. */
const NETWORK = [
  "ip link set lo up",
  "ip addr add 8.8.8.8/32 dev lo",
  "{ ip link add hole type dummy 2>/dev/null || ip link add hole type ifb; }",
  "ip addr add 192.0.2.254/24 dev hole",
  "ip link set hole up",
  "ip route add unreachable 198.51.100.0/24",
  "ip route add blackhole 203.0.113.1",
  "ip route add prohibit 203.0.113.2",
  // A name with two addresses, of which nobody listens at the first, and names that IDNA or the URL parser refuses.
  "hosts=$(mktemp)",
  "printf '127.0.0.9 two.test\\n127.0.0.1 two.test\\n127.0.0.1 xn--a.test xn-- -a_b.test 1.2.3.4.5\\n' > $hosts",
  "mount --bind $hosts /etc/hosts",
  "rm $hosts",
].join(" && ");

/** The outcome of a run. */
export interface NamespaceRun {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the shell in a network namespace of its own, after {@linkcode NETWORK}. */
export async function runInNamespace(script: string): Promise<NamespaceRun> {
  const command = new Deno.Command("unshare", {
    args: ["--net", "--mount", "sh", "-c", `${NETWORK} && ${script}`],
  });
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
/** True if this machine allows namespaces. */
export const isPossible = possible.success;

/** The reason why it does not, as a part of the name of a test. */
export const reason = possible.success
  ? ""
  : ` (needs root and network namespaces: ${possible.stderr.trim()})`;

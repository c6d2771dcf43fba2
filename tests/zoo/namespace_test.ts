import { assertEquals } from "@std/assert";
import { isPossible, reason, runInNamespace } from "./_namespace.ts";

Deno.test({
  name:
    `probe(), probeAll() and profileConnection() of addresses that cannot be reached, and of a redirect from the internet to here${reason}`,
  ignore: !isPossible,
  fn: async () => {
    const child = new URL("./_namespace_child.ts", import.meta.url).pathname;
    const { stdout, stderr } = await runInNamespace(
      `exec "${Deno.execPath()}" run --no-check --allow-all "${child}"`,
    );
    assertEquals(stderr, "");
    const told = (error: string, limit: string) => ({
      error,
      connected: false,
      limit,
      batch: [error],
      conn: error,
    });
    assertEquals(JSON.parse(stdout), {
      // Every SYN is dropped, so the limit for connecting ends it, long before that of the whole.
      "http://192.0.2.1/": told("timeout connect network", "500 ms"),
      // EHOSTUNREACH.
      "http://198.51.100.1/": told("unreachable connect network", ""),
      // ENETUNREACH.
      "http://203.0.113.9/": told("unreachable connect network", ""),
      "odd names": [
        ...[200, 200, 200, 200, 200],
        ...["resolve dns network", "resolve dns target", "permission connect local"],
      ],
      "without IPv6": ["unreachable connect local", "refused connect target"],
      "redirect": { error: "permission connect local", hops: [302], asked: 1, reached: 0 },
    });
  },
});

Deno.test({
  name: `dial() reports the system's error for each address, and continues with the next${reason}`,
  ignore: !isPossible,
  fn: async () => {
    const child = new URL("./_routes_child.ts", import.meta.url).pathname;
    const run = `"${Deno.execPath()}" run --no-check --no-prompt`;
    const { stdout, stderr } = await runInNamespace(
      `${run} --allow-all "${child}" && exec ${run} --allow-net=two.test,127.0.0.1:0 "${child}" two.test`,
    );
    assertEquals(stderr, "");
    const [all, byName] = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(all, {
      "203.0.113.1": "unreachable network: the system has no route to it; perhaps a blackhole route (EINVAL)",
      "203.0.113.2": "unreachable network: a firewall or a route prohibits it (EACCES)",
      "fe80::1": "usage local: a link-local address needs its zone, as in fe80::1%eth0 (EINVAL)",
      "fe80::1%none":
        "usage local: the zone none is no interface of this machine, or the address is none that has a zone",
      "::1%lo":
        "usage local: the zone lo is no interface of this machine, or the address is none that has a zone",
      "203.0.113.1,203.0.113.2,127.0.0.1": "127.0.0.1",
      "192.0.2.1,192.0.2.2,192.0.2.3":
        "timeout network: the whole exchange took longer than 300 ms; 2 of 3 addresses tried",
      "two.test": "127.0.0.1",
    });
    // The addresses may not be dialled, so that Deno chooses, and has to find the one that works.
    assertEquals(byName, { "two.test": "127.0.0.1" });
  },
});

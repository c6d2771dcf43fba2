/**
 * Checks permissions before connecting, so that no prompt interrupts a run.
 *
 * @module
 */

/**
 * Tells whether this process may connect to a host.
 *
 * @param host A name or an IP address without brackets.
 * @param port Omit it to ask for all ports of the host.
 */
export function mayConnect(host: string, port?: number): boolean {
  if (mayConnectAnywhere()) return true;
  try {
    return Deno.permissions.querySync({ name: "net", host: hostAndPort(host, port) }).state === "granted";
  } catch {
    // Deno does not accept it as a host, so no flag can have named it.
    return false;
  }
}

let whole: Deno.PermissionStatus | undefined;

/** Caches permission statuses: Deno keeps a status up to date after later requests and revocations. */
function mayConnectAnywhere(): boolean {
  whole ??= Deno.permissions.querySync({ name: "net" });
  return whole.state === "granted";
}

/** Lists the missing flags that a Unix socket needs; empty if all are granted. */
export function missingForUnixSocket(path: string): string[] {
  const missing: string[] = [];
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") {
    missing.push(`--allow-read=${path}`);
  }
  if (Deno.permissions.querySync({ name: "write", path }).state !== "granted") {
    missing.push(`--allow-write=${path}`);
  }
  // The net descriptor knows no paths, so only the whole permission can be queried.
  if (!mayConnectAnywhere()) missing.push("--allow-net");
  return missing;
}

/** Formats a host and a port as in a URL and in `--allow-net`: `example.com:80`, `[::1]:80`. */
export function hostAndPort(host: string, port?: number): string {
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return port === undefined ? bracketed : `${bracketed}:${port}`;
}

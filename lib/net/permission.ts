/**
 * Asks for permissions before connecting, so that no prompt interrupts a run.
 *
 * @module
 */

/**
 * Tells whether this process may connect to a host.
 *
 * @param host A name or an IP address, no brackets.
 * @param port Left out to ask for all ports of the host.
 */
export function mayConnect(host: string, port?: number): boolean {
  if (mayConnectAnywhere()) return true;
  try {
    return Deno.permissions.querySync({ name: "net", host: hostAndPort(host, port) }).state === "granted";
  } catch {
    // Deno takes it for no host, so that no flag can have named it.
    return false;
  }
}

let whole: Deno.PermissionStatus | undefined;

/** Deno keeps a status up to date, whatever is requested or revoked later: it is asked for once. */
function mayConnectAnywhere(): boolean {
  whole ??= Deno.permissions.querySync({ name: "net" });
  return whole.state === "granted";
}

/**
 * The flags that a Unix socket needs and that were not given, as they are written on the command line; empty if
 * none is missing.
 */
export function missingForUnixSocket(path: string): string {
  const missing: string[] = [];
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") {
    missing.push(`--allow-read=${path}`);
  }
  if (Deno.permissions.querySync({ name: "write", path }).state !== "granted") {
    missing.push(`--allow-write=${path}`);
  }
  // The descriptor of net knows no paths, so that only the whole of it can be asked for.
  if (!mayConnectAnywhere()) missing.push("--allow-net");
  return missing.join(" ");
}

/** A host and a port as in a URL and in `--allow-net`: `example.com:80`, `[::1]:80`. */
export function hostAndPort(host: string, port?: number): string {
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return port === undefined ? bracketed : `${bracketed}:${port}`;
}

/**
 * Asks the resolver of the system for the addresses of a name.
 *
 * @module
 */

/** The part of Node's internal binding that `node:dns` uses. */
interface ResolverBinding {
  readonly GetAddrInfoReqWrap: new () => {
    family?: number;
    hostname?: string;
    oncomplete?: (error: number | null, addresses: string[]) => void;
  };
  readonly getaddrinfo: (
    request: unknown,
    host: string,
    family: number,
    hints: number,
    order: number,
  ) => number;
}

/** Loads the resolver, so that the time of the first lookup does not include loading. */
export async function loadResolver(host: string): Promise<void> {
  await import("node:dns");
  if (!isSpoiltByNode(host)) return;
  resolverBinding();
  await import("node:util");
}

/**
 * Gives addresses in the order of the resolver.
 *
 * @param host A name in ASCII; the resolver receives it unchanged
 * @throws {Error} With the code of `getaddrinfo`
 */
export async function askResolver(host: string, family: 0 | 4 | 6): Promise<string[]> {
  return isSpoiltByNode(host) ? await askBinding(host, family) : await askNode(host, family);
}

/** For a name that IDNA rejects, such as `xn--a.test`, `node:dns` asks for an empty name instead. */
function isSpoiltByNode(host: string): boolean {
  return /(?:^|\.)xn--/i.test(host) && !URL.canParse(`http://${host}/`);
}

async function askNode(host: string, family: 0 | 4 | 6): Promise<string[]> {
  const { lookup } = await import("node:dns");
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  lookup(host, { all: true, family, order: "verbatim" }, (error, found) => {
    if (error) reject(error);
    else resolve(found.map(({ address }) => address));
  });
  return await promise;
}

async function askBinding(host: string, family: 0 | 4 | 6): Promise<string[]> {
  const binding = resolverBinding();
  // Deno can still connect by name, as it does if only the name is permitted.
  if (!binding) throw failureOf("EPERM", host);
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const { getSystemErrorName } = await import("node:util");
  const request = new binding.GetAddrInfoReqWrap();
  request.family = family;
  request.hostname = host;
  request.oncomplete = (error, addresses) => {
    if (error) reject(failureOf(getSystemErrorName(error) ?? `${error}`, host));
    else resolve(addresses);
  };
  binding.getaddrinfo(request, host, family, 0, 0);
  return await promise;
}

function resolverBinding(): ResolverBinding | undefined {
  const { process } = globalThis as { process?: { binding?: (name: string) => unknown } };
  try {
    return process?.binding?.("cares_wrap") as ResolverBinding | undefined;
  } catch {
    // The binding is an old part of Node, which a later Deno may drop.
    return undefined;
  }
}

function failureOf(code: string, host: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code });
}

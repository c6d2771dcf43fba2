/**
 * Starts real web servers on loopback, each in a folder of its own, and ends them by their own process.
 *
 * @module
 */

/** A server that runs. */
export interface RealServer extends AsyncDisposable {
  /** Over plain HTTP. */
  readonly url: string;
  /** Port that speaks plain HTTP. */
  readonly port: number;
  /** Port that speaks TLS, with the certificate `good` of `tests/fixtures/`. */
  readonly tlsPort: number;
  readonly folder: string;
}

/** Changed settings of a server; all others keep their defaults. */
export interface ServerSettings {
  /** Idle timeout in seconds. */
  readonly idle?: number;
  /** Requests for each connection. */
  readonly maxRequests?: number;
  readonly noKeepAlive?: boolean;
  /** Seconds for a request to arrive, head and body. */
  readonly requestTime?: number;
}

/** The description of a server program. */
export interface RealServerKind {
  readonly name: string;
  /** Its file name. */
  readonly program: string;
  /** Arguments that make the program print its version. */
  readonly versionArgument: string;
  /** Settings that it knows. */
  readonly settings: readonly (keyof ServerSettings)[];
  /** Names a module that the configuration loads and the program was installed without. */
  readonly lacks?: (program: string) => string | undefined;
  /** Writes its configuration and gives the arguments of the program. It must stay in the foreground. */
  readonly configure: (place: Place, settings: ServerSettings) => Promise<readonly string[]>;
}

/** The files and ports that a configuration may use. */
export interface Place {
  readonly folder: string;
  /** Static content: `index.html` with the 20 octets `<h1>It works!</h1>\n\n`. */
  readonly root: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificate: string;
  readonly key: string;
  /** Certificate and key in one file. */
  readonly bundle: string;
  write(name: string, text: string): Promise<string>;
}

/** The static page of every server. */
export const PAGE = "<h1>It works!</h1>\n\n";

const FIXTURES = new URL("../fixtures/", import.meta.url).pathname;

/** The program of a server, if it is installed. Debian has servers where not everybody looks for programs. */
export function findProgram({ program }: RealServerKind): string | undefined {
  const folders = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/local/sbin", "/usr/sbin"];
  return folders.map((folder) => `${folder}/${program}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** The version that the program tells, if it is installed. */
export async function readVersion(kind: RealServerKind): Promise<string | undefined> {
  const program = findProgram(kind);
  if (program === undefined) return undefined;
  const { stdout, stderr } = await new Deno.Command(program, { args: [kind.versionArgument] }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? "";
}

/** Number of tries to start a server, because another program may have taken a free port in the meantime. */
const STARTS = 3;

/** Starts a server and waits until both ports take connections. */
export async function startRealServer(
  kind: RealServerKind,
  settings: ServerSettings = {},
): Promise<RealServer> {
  const program = findProgram(kind);
  if (program === undefined) throw new Error(`Cannot start ${kind.name}: it is not installed`);
  for (let start = 1; start < STARTS; start++) {
    try {
      return await startOnce(kind, program, settings);
    } catch (error) {
      if (!/in use|bind/i.test(String(error))) throw error;
    }
  }
  return await startOnce(kind, program, settings);
}

async function startOnce(
  kind: RealServerKind,
  program: string,
  settings: ServerSettings,
): Promise<RealServer> {
  const folder = await Deno.makeTempDir({ prefix: `sonde-${kind.name}-` });
  // Some servers give up root, and must be able to read what stands here.
  await Deno.chmod(folder, 0o755);
  const place = await makePlace(folder);
  const args = await kind.configure(place, settings);
  const log = await Deno.open(`${folder}/log`, { write: true, create: true });
  const child = new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { HOME: folder },
  }).spawn();
  const logged = Promise.all([
    child.stdout.pipeTo(new WritableStream({ write: (bytes) => void log.writeSync(bytes) })),
    child.stderr.pipeTo(new WritableStream({ write: (bytes) => void log.writeSync(bytes) })),
  ]);
  const stop = async (): Promise<void> => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await child.status;
    clearTimeout(late);
    await logged;
    log.close();
    await Deno.remove(folder, { recursive: true });
  };
  const over = new AbortController();
  const waiting = [place.port, place.tlsPort].map((port) => waitFor(port, over.signal));
  try {
    const ended = child.status.then(({ code }) => Promise.reject(new Error(`it ended with code ${code}`)));
    await Promise.race([ended, Promise.all(waiting)]);
    ended.catch(() => {}); // From here on it ends when it is stopped.
  } catch (error) {
    over.abort();
    await Promise.allSettled(waiting);
    const text = await Deno.readTextFile(`${folder}/log`);
    await stop();
    throw new Error(`${kind.name} did not start: ${text}`, { cause: error });
  }
  const { port, tlsPort } = place;
  return { url: `http://127.0.0.1:${port}/`, port, tlsPort, folder, [Symbol.asyncDispose]: stop };
}

async function makePlace(folder: string): Promise<Place> {
  const write = async (name: string, text: string): Promise<string> => {
    const path = `${folder}/${name}`;
    await Deno.writeTextFile(path, text);
    return path;
  };
  const root = `${folder}/www`;
  await Deno.mkdir(root);
  await write("www/index.html", PAGE);
  await write("www/large.txt", "0123456789abcdef".repeat(8192));
  const [certificate, key] = await Promise.all(
    ["good.pem", "good.key"].map((name) => Deno.readTextFile(FIXTURES + name)),
  );
  return {
    folder,
    root,
    port: freePort(),
    tlsPort: freePort(),
    certificate: await write("cert.pem", certificate!),
    key: await write("key.pem", key!),
    bundle: await write("bundle.pem", certificate! + key!),
    write,
  };
}

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Tries to connect until somebody listens. A program that cannot start ends before that; a minute is for one that hangs. */
async function waitFor(port: number, over: AbortSignal): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end && !over.aborted;) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error(`nobody listens at 127.0.0.1:${port}`);
}

/**
 * Starts real web servers on loopback, with default or changed settings, for tests and for the documentation.
 *
 * @module
 */

/** What is changed of a server's settings. */
export interface ServerSettings {
  /** Idle timeout in seconds. */
  readonly idle?: number;
  /** Requests for each connection. */
  readonly maxRequests?: number;
  /** Keep-alive off. */
  readonly noKeepAlive?: boolean;
}

/** A server that is running. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** As the program says it. */
  readonly version: string;
}

/** A server that can be started, if its program is installed. */
export interface ServerKind {
  readonly name: string;
  readonly program: string;
  /** Arguments that make the program tell its version. */
  readonly versionArguments: readonly string[];
  /** Settings that it knows. */
  readonly settings: readonly (keyof ServerSettings)[];
  /** Writes its files, and gives the arguments for the foreground. */
  prepare(directory: string, port: number, settings: ServerSettings): Promise<string[]>;
}

/** Content of the page that every server has. */
const PAGE = "<!doctype html>\n<title>sonde</title>\n<p>A small page for experiments.\n";

async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await Deno.mkdir(`${directory}/www`, { recursive: true });
  // Servers that change their user have to be able to read it.
  await Deno.chmod(directory, 0o755);
  await Deno.writeTextFile(`${directory}/www/index.html`, PAGE);
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${directory}/${name}`, text);
}

const NODE_SERVER = `
import http from "node:http";
const [port, idle, max, page] = process.argv.slice(2);
const server = http.createServer((request, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end(page);
});
if (idle !== "") server.keepAliveTimeout = Number(idle) * 1000;
if (max !== "") server.maxRequestsPerSocket = Number(max);
server.listen(Number(port), "127.0.0.1");
`;

/** Every server that is known here. */
export const SERVERS: readonly ServerKind[] = [
  {
    name: "nginx",
    program: "nginx",
    versionArguments: ["-v"],
    settings: ["idle", "maxRequests", "noKeepAlive"],
    prepare: async (directory, port, { idle, maxRequests, noKeepAlive }) => {
      const lines = [
        noKeepAlive ? "keepalive_timeout 0;" : idle === undefined ? "" : `keepalive_timeout ${idle}s;`,
        maxRequests === undefined ? "" : `keepalive_requests ${maxRequests};`,
      ].join("\n    ");
      await writeFiles(directory, {
        "nginx.conf": `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  types { text/html html; }
  client_body_temp_path ${directory}/b; proxy_temp_path ${directory}/p; fastcgi_temp_path ${directory}/f;
  uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
  server {
    listen 127.0.0.1:${port};
    root ${directory}/www;
    ${lines}
  }
}
`,
      });
      return ["-p", directory, "-c", `${directory}/nginx.conf`];
    },
  },
  {
    name: "Apache",
    program: "apache2",
    versionArguments: ["-v"],
    settings: ["idle", "maxRequests", "noKeepAlive"],
    prepare: async (directory, port, { idle, maxRequests, noKeepAlive }) => {
      const lines = [
        noKeepAlive ? "KeepAlive Off" : "",
        idle === undefined ? "" : `KeepAliveTimeout ${idle}`,
        maxRequests === undefined ? "" : `MaxKeepAliveRequests ${maxRequests}`,
      ].join("\n");
      const modules = "/usr/lib/apache2/modules";
      await writeFiles(directory, {
        "apache.conf": `
ServerRoot ${directory}
PidFile ${directory}/apache.pid
ServerName localhost
Listen 127.0.0.1:${port}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule dir_module ${modules}/mod_dir.so
LoadModule mime_module ${modules}/mod_mime.so
LoadModule reqtimeout_module ${modules}/mod_reqtimeout.so
User www-data
Group www-data
TypesConfig /dev/null
AddType text/html .html
ErrorLog ${directory}/error.log
DocumentRoot ${directory}/www
DirectoryIndex index.html
<Directory ${directory}/www>
  Require all granted
</Directory>
${lines}
`,
      });
      return ["-f", `${directory}/apache.conf`, "-DFOREGROUND"];
    },
  },
  {
    name: "lighttpd",
    program: "lighttpd",
    versionArguments: ["-v"],
    settings: ["idle", "maxRequests", "noKeepAlive"],
    prepare: async (directory, port, { idle, maxRequests, noKeepAlive }) => {
      const lines = [
        noKeepAlive ? "server.max-keep-alive-requests = 0" : "",
        idle === undefined ? "" : `server.max-keep-alive-idle = ${idle}`,
        maxRequests === undefined ? "" : `server.max-keep-alive-requests = ${maxRequests}`,
      ].join("\n");
      await writeFiles(directory, {
        "lighttpd.conf": `
server.document-root = "${directory}/www"
server.bind = "127.0.0.1"
server.port = ${port}
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html" )
server.errorlog = "${directory}/error.log"
${lines}
`,
      });
      return ["-D", "-f", `${directory}/lighttpd.conf`];
    },
  },
  {
    name: "Caddy",
    program: "caddy",
    versionArguments: ["version"],
    settings: ["idle"],
    prepare: async (directory, port, { idle }) => {
      const timeouts = idle === undefined ? "" : `servers { \n timeouts { \n idle ${idle}s \n } \n }`;
      await writeFiles(directory, {
        "Caddyfile": `{
  admin off
  auto_https off
  ${timeouts}
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  root * ${directory}/www
  file_server
}
`,
      });
      return ["run", "--config", `${directory}/Caddyfile`, "--adapter", "caddyfile"];
    },
  },
  {
    name: "Node",
    program: "node",
    versionArguments: ["--version"],
    settings: ["idle", "maxRequests"],
    prepare: async (directory, port, { idle, maxRequests }) => {
      await writeFiles(directory, { "server.mjs": NODE_SERVER });
      return [`${directory}/server.mjs`, String(port), String(idle ?? ""), String(maxRequests ?? ""), PAGE];
    },
  },
];

/** HAProxy in front of a server: it answers for itself, and has no page. */
export function haproxyBefore(backend: string): ServerKind {
  return {
    name: "HAProxy",
    program: "haproxy",
    versionArguments: ["-v"],
    settings: ["idle", "noKeepAlive"],
    prepare: async (directory, port, { idle, noKeepAlive }) => {
      const lines = [
        idle === undefined ? "" : `timeout http-keep-alive ${idle}s`,
        noKeepAlive ? "option httpclose" : "",
      ].join("\n  ");
      await writeFiles(directory, {
        "haproxy.cfg": `
defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
  ${lines}
frontend front
  bind 127.0.0.1:${port}
  default_backend back
backend back
  server one ${backend}
`,
      });
      return ["-db", "-f", `${directory}/haproxy.cfg`];
    },
  };
}

/** What the program says of its version, or `undefined` if it is not installed. */
export function versionOf({ program, versionArguments }: ServerKind): string | undefined {
  try {
    const { stdout, stderr } = new Deno.Command(program, {
      args: [...versionArguments],
      stdout: "piped",
      stderr: "piped",
    })
      .outputSync();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    return /v?\d+\.\d+(?:\.\d+)?/.exec(text)?.[0]?.replace(/^v/, "");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Starts a server and waits until it takes connections.
 *
 * @throws {Error} If it does not within 10 s
 */
export async function startServer(kind: ServerKind, settings: ServerSettings = {}): Promise<RunningServer> {
  const directory = await Deno.makeTempDir({ prefix: "sonde-server-" });
  const port = freePort();
  const args = await kind.prepare(directory, port, settings);
  const process = new Deno.Command(kind.program, {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    cwd: directory,
  }).spawn();
  const stop = async (): Promise<void> => {
    try {
      process.kill("SIGTERM");
    } catch {
      // It has ended by itself.
    }
    const forced = setTimeout(() => process.kill("SIGKILL"), 3_000);
    await process.status;
    clearTimeout(forced);
    await Deno.remove(directory, { recursive: true });
  };
  for (let tries = 0; tries < 100; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      const version = versionOf(kind) ?? "";
      return { url: `http://127.0.0.1:${port}/`, version, [Symbol.asyncDispose]: stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await stop();
  throw new Error(`${kind.name} did not take a connection within 10 s`);
}

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

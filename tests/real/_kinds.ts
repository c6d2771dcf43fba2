/**
 * The servers that are probed, each with a small configuration: static files, defaults otherwise.
 *
 * @module
 */

import { lacksBuilt, lacksLighttpdModule, printedBy } from "./_missing_part.ts";
import type { RealServerKind } from "./_server.ts";

/** A line of a configuration for a setting that is given. */
function line<T>(value: T | undefined, write: (value: T) => string): string {
  return value === undefined ? "" : write(value);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** nginx from Debian. */
export const NGINX: RealServerKind = {
  name: "nginx",
  program: "nginx",
  versionArgument: "-v",
  lacks: lacksBuilt("--with-http_ssl_module", "-V", "http_ssl_module"),
  settings: ["idle", "maxRequests", "noKeepAlive", "requestTime"],
  configure: async ({ folder, root, port, tlsPort, certificate, key, write }, settings) => {
    const idle = settings.noKeepAlive ? 0 : settings.idle;
    const config = await write(
      "nginx.conf",
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events { worker_connections 256; }
http {
  access_log off; types { text/html html; text/plain txt; } default_type application/octet-stream;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  ${line(idle, (seconds) => `keepalive_timeout ${seconds}s;`)}
  ${line(settings.maxRequests, (most) => `keepalive_requests ${most};`)}
  ${
        line(settings.requestTime, (seconds) =>
          `client_header_timeout ${seconds}s; client_body_timeout ${seconds}s;`)
      }
  server {
    listen 127.0.0.1:${port}; listen 127.0.0.1:${tlsPort} ssl;
    ssl_certificate ${certificate}; ssl_certificate_key ${key};
    root ${root};
    location /moved { return 301 /index.html; }
  }
}`,
    );
    return ["-c", config, "-e", "stderr"];
  },
};

const APACHE_FOLDER = "/usr/lib/apache2/modules";
const APACHE_MODULES = ["mpm_event", "authz_core", "dir", "mime", "ssl", "alias", "reqtimeout"];

/** Apache httpd from Debian. */
export const APACHE: RealServerKind = {
  name: "Apache",
  program: "apache2",
  versionArgument: "-v",
  lacks: () =>
    APACHE_MODULES.map((name) => `mod_${name}`).find((name) => !isFile(`${APACHE_FOLDER}/${name}.so`)),
  settings: ["idle", "maxRequests", "noKeepAlive", "requestTime"],
  configure: async ({ folder, root, port, tlsPort, certificate, key, write }, settings) => {
    const modules = APACHE_MODULES.map((name) => `LoadModule ${name}_module ${APACHE_FOLDER}/mod_${name}.so`);
    const config = await write(
      "apache.conf",
      `${modules.join("\n")}
ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/pid
ErrorLog /dev/stderr
User www-data
Group www-data
TypesConfig /etc/mime.types
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${tlsPort}
DocumentRoot ${root}
<Directory />
  Require all granted
</Directory>
Redirect 301 /moved /index.html
${settings.noKeepAlive ? "KeepAlive Off" : ""}
${line(settings.idle, (seconds) => `KeepAliveTimeout ${seconds}`)}
${line(settings.maxRequests, (most) => `MaxKeepAliveRequests ${most}`)}
${line(settings.requestTime, (seconds) => `RequestReadTimeout header=${seconds} body=${seconds}`)}
<VirtualHost 127.0.0.1:${tlsPort}>
  SSLEngine on
  SSLCertificateFile ${certificate}
  SSLCertificateKeyFile ${key}
</VirtualHost>
`,
    );
    return ["-f", config, "-DFOREGROUND"];
  },
};

const LIGHTTPD_MODULES = ["mod_openssl", "mod_redirect"];

/** lighttpd from Debian. */
export const LIGHTTPD: RealServerKind = {
  name: "lighttpd",
  program: "lighttpd",
  versionArgument: "-v",
  lacks: lacksLighttpdModule(LIGHTTPD_MODULES),
  settings: ["idle", "maxRequests", "noKeepAlive", "requestTime"],
  configure: async ({ root, port, tlsPort, certificate, key, write }, settings) => {
    const most = settings.noKeepAlive ? 0 : settings.maxRequests;
    const config = await write(
      "lighttpd.conf",
      `server.modules = (${LIGHTTPD_MODULES.map((name) => `"${name}"`).join(", ")})
server.document-root = "${root}"
server.bind = "127.0.0.1"
server.port = ${port}
index-file.names = ("index.html")
mimetype.assign = (".html" => "text/html", ".txt" => "text/plain")
url.redirect = ("^/moved" => "/index.html")
${line(settings.idle, (seconds) => `server.max-keep-alive-idle = ${seconds}`)}
${line(most, (requests) => `server.max-keep-alive-requests = ${requests}`)}
${line(settings.requestTime, (seconds) => `server.max-read-idle = ${seconds}`)}
$SERVER["socket"] == "127.0.0.1:${tlsPort}" {
  ssl.engine = "enable"
  ssl.pemfile = "${certificate}"
  ssl.privkey = "${key}"
}
`,
    );
    return ["-D", "-f", config];
  },
};

/** Caddy from Debian. */
export const CADDY: RealServerKind = {
  name: "Caddy",
  program: "caddy",
  versionArgument: "version",
  settings: ["idle", "requestTime"],
  configure: async ({ folder, root, port, tlsPort, certificate, key, write }, { idle, requestTime }) => {
    const timeouts = [
      line(idle, (seconds) => `idle ${seconds}s\n`),
      line(requestTime, (seconds) => `read_header ${seconds}s\nread_body ${seconds}s\n`),
    ].join("");
    const site = `bind 127.0.0.1
  root * ${root}
  redir /moved /index.html 301
  file_server`;
    const config = await write(
      "Caddyfile",
      `{
  admin off
  auto_https off
  storage file_system ${folder}/data
  ${timeouts === "" ? "" : `servers {\n timeouts {\n ${timeouts} }\n }`}
}
http://:${port} {
  ${site}
}
https://:${tlsPort} {
  ${site}
  tls ${certificate} ${key}
}
`,
    );
    return ["run", "--config", config, "--adapter", "caddyfile"];
  },
};

/** Node, which every machine with npm has. */
export const NODE: RealServerKind = {
  name: "Node",
  program: "node",
  versionArgument: "--version",
  lacks: (program) =>
    printedBy(program, "-p", "process.versions.openssl").startsWith("undefined") ? "TLS" : undefined,
  settings: ["idle", "maxRequests", "requestTime"],
  configure: async ({ root, port, tlsPort, certificate, key, write }, settings) => {
    const program = await write(
      "server.mjs",
      `import http from "node:http"; import https from "node:https"; import fs from "node:fs";
const answer = (request, response) => {
  if (request.url === "/moved") return response.writeHead(301, { location: "/index.html" }).end();
  const name = request.url === "/" ? "/index.html" : request.url;
  fs.readFile(${JSON.stringify(root)} + name, (error, data) => {
    if (error) response.writeHead(404).end("not found");
    else response.writeHead(200, { "content-type": "text/html" }).end(data);
  });
};
const limits = ${line(settings.requestTime, () => "{ connectionsCheckingInterval: 100 }") || "{}"};
const [cert, key] = ${JSON.stringify([certificate, key])}.map((path) => fs.readFileSync(path));
const servers = [
  [http.createServer(limits, answer), ${port}],
  [https.createServer({ ...limits, cert, key }, answer), ${tlsPort}],
];
for (const [server, port] of servers) {
  ${line(settings.idle, (seconds) => `server.keepAliveTimeout = ${seconds * 1000};`)}
  ${line(settings.maxRequests, (most) => `server.maxRequestsPerSocket = ${most};`)}
  ${
        line(
          settings.requestTime,
          (seconds) => `server.headersTimeout = server.requestTimeout = ${seconds * 1000};`,
        )
      }
  server.listen(port, "127.0.0.1");
}
`,
    );
    return [program];
  },
};

/** Every server that has files. */
export const SERVERS: readonly RealServerKind[] = [NGINX, APACHE, LIGHTTPD, CADDY, NODE];

/** HAProxy from Debian, in front of a server that runs already. */
export function haproxy(backendPort: number): RealServerKind {
  return {
    name: "HAProxy",
    program: "haproxy",
    versionArgument: "-v",
    lacks: lacksBuilt("Built with OpenSSL", "-vv", "OpenSSL"),
    settings: ["idle", "noKeepAlive", "requestTime"],
    configure: async ({ port, tlsPort, bundle, write }, { idle, noKeepAlive, requestTime }) => {
      const config = await write(
        "haproxy.cfg",
        `global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
  ${line(idle, (seconds) => `timeout http-keep-alive ${seconds}s`)}
  ${noKeepAlive ? "option httpclose" : ""}
  ${line(requestTime, (seconds) => `timeout http-request ${seconds}s\n  option http-buffer-request`)}
frontend front
  bind 127.0.0.1:${port}
  bind 127.0.0.1:${tlsPort} ssl crt ${bundle}
  default_backend back
backend back
  server one 127.0.0.1:${backendPort}
`,
      );
      return ["-f", config, "-db"];
    },
  };
}

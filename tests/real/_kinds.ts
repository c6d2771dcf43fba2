/**
 * The servers that are probed, each with a small configuration: static files, defaults otherwise.
 *
 * @module
 */

import type { Place, RealServerKind } from "./_server.ts";

/** Configuration text that a test adds. */
export interface Extra {
  /** For the place where nginx, Apache and others take settings of a server. */
  readonly settings?: string;
}

/** nginx from Debian. */
export function nginx({ settings = "" }: Extra = {}): RealServerKind {
  return {
    name: "nginx",
    programs: ["/usr/sbin/nginx", "/usr/local/sbin/nginx"],
    configure: async (place) => {
      const config = await place.write(
        "nginx.conf",
        `daemon off; master_process off; pid ${place.folder}/pid; error_log stderr;
events { worker_connections 256; }
http {
  access_log off; types { text/html html; text/plain txt; } default_type application/octet-stream;
  client_body_temp_path ${place.folder}/t1; proxy_temp_path ${place.folder}/t2; fastcgi_temp_path ${place.folder}/t3;
  uwsgi_temp_path ${place.folder}/t4; scgi_temp_path ${place.folder}/t5;
  ${settings}
  server {
    listen 127.0.0.1:${place.port}; listen 127.0.0.1:${place.tlsPort} ssl;
    ssl_certificate ${place.certificate}; ssl_certificate_key ${place.key};
    root ${place.root};
    location /moved { return 301 /index.html; }
  }
}`,
      );
      return ["-c", config, "-e", "stderr"];
    },
  };
}

/** Apache httpd from Debian. */
export function apache({ settings = "" }: Extra = {}): RealServerKind {
  const modules = ["mpm_event", "authz_core", "dir", "mime", "ssl", "alias", "reqtimeout"];
  return {
    name: "apache",
    programs: ["/usr/sbin/apache2", "/usr/sbin/httpd"],
    configure: async (place) => {
      const config = await place.write(
        "apache.conf",
        `${
          modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join(
            "\n",
          )
        }
ServerName localhost
ServerRoot ${place.folder}
PidFile ${place.folder}/pid
ErrorLog /dev/stderr
User www-data
Group www-data
TypesConfig /etc/mime.types
Listen 127.0.0.1:${place.port}
Listen 127.0.0.1:${place.tlsPort}
DocumentRoot ${place.root}
<Directory />
  Require all granted
</Directory>
Redirect 301 /moved /index.html
${settings}
<VirtualHost 127.0.0.1:${place.tlsPort}>
  SSLEngine on
  SSLCertificateFile ${place.certificate}
  SSLCertificateKeyFile ${place.key}
</VirtualHost>
`,
      );
      return ["-f", config, "-DFOREGROUND"];
    },
  };
}

/** lighttpd from Debian. */
export function lighttpd({ settings = "" }: Extra = {}): RealServerKind {
  return {
    name: "lighttpd",
    programs: ["/usr/sbin/lighttpd"],
    configure: async (place) => {
      const config = await place.write(
        "lighttpd.conf",
        `server.modules = ("mod_openssl", "mod_redirect")
server.document-root = "${place.root}"
server.bind = "127.0.0.1"
server.port = ${place.port}
index-file.names = ("index.html")
mimetype.assign = (".html" => "text/html", ".txt" => "text/plain")
url.redirect = ("^/moved" => "/index.html")
${settings}
$SERVER["socket"] == "127.0.0.1:${place.tlsPort}" {
  ssl.engine = "enable"
  ssl.pemfile = "${place.certificate}"
  ssl.privkey = "${place.key}"
}
`,
      );
      return ["-D", "-f", config];
    },
  };
}

/** Caddy from Debian. */
export function caddy(): RealServerKind {
  return {
    name: "caddy",
    programs: ["/usr/bin/caddy", "/usr/local/bin/caddy"],
    configure: async (place) => {
      const site = `bind 127.0.0.1
  root * ${place.root}
  redir /moved /index.html 301
  file_server`;
      const config = await place.write(
        "Caddyfile",
        `{
  admin off
  auto_https off
  storage file_system ${place.folder}/data
}
http://:${place.port} {
  ${site}
}
https://:${place.tlsPort} {
  ${site}
  tls ${place.certificate} ${place.key}
}
`,
      );
      return ["run", "--config", config, "--adapter", "caddyfile"];
    },
  };
}

/** Node, which every machine with npm has. */
export function node(): RealServerKind {
  return {
    name: "node",
    programs: ["/usr/bin/node", "/usr/local/bin/node", ...nodeOnPath()],
    configure: async (place) => {
      const program = await place.write(
        "server.mjs",
        `import http from "node:http"; import https from "node:https"; import fs from "node:fs";
const answer = (request, response) => {
  if (request.url === "/moved") return response.writeHead(301, { location: "/index.html" }).end();
  const name = request.url === "/" ? "/index.html" : request.url;
  fs.readFile(${JSON.stringify(place.root)} + name, (error, data) => {
    if (error) response.writeHead(404).end("not found");
    else response.writeHead(200, { "content-type": "text/html" }).end(data);
  });
};
http.createServer(answer).listen(${place.port}, "127.0.0.1");
https.createServer({ cert: fs.readFileSync(${JSON.stringify(place.certificate)}), key: fs.readFileSync(${
          JSON.stringify(place.key)
        }) }, answer).listen(${place.tlsPort}, "127.0.0.1");
`,
      );
      return [program];
    },
  };
}

function nodeOnPath(): string[] {
  return (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/node`);
}

/** HAProxy from Debian, in front of a server that runs already. */
export function haproxy(backendPort: number, { settings = "" }: Extra = {}): RealServerKind {
  return {
    name: "haproxy",
    programs: ["/usr/sbin/haproxy"],
    configure: async (place: Place) => {
      const config = await place.write(
        "haproxy.cfg",
        `global
  maxconn 256
defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
  ${settings}
frontend front
  bind 127.0.0.1:${place.port}
  bind 127.0.0.1:${place.tlsPort} ssl crt ${place.bundle}
  default_backend back
backend back
  server one 127.0.0.1:${backendPort}
`,
      );
      return ["-f", config, "-db"];
    },
  };
}

/**
 * Starts the nginx that the comparisons send requests to: two workers, a page of 1 KiB and a file of 256 MiB.
 *
 * @module
 */

import { ADDRESS } from "./_namespace.ts";
import { NGINX } from "../tests/real/_kinds.ts";
import { findProgram, type RealServer, type RealServerKind, startRealServer } from "../tests/real/_server.ts";

const PAGE_SIZE = 1024;
/** Octets of `big.bin`. */
export const BIG = 256 * 1024 * 1024;

const KIND: RealServerKind = {
  ...NGINX,
  configure: async ({ folder, port, tlsPort, root, write }) => {
    await Deno.writeTextFile(`${root}/index.html`, "x".repeat(PAGE_SIZE));
    await Deno.writeFile(`${root}/big.bin`, new Uint8Array(BIG));
    const config = `daemon off; worker_processes 2; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; types { text/html html; } client_body_temp_path ${folder}/t1;
  proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3; uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  server { listen ${ADDRESS}:${port} backlog=4096; listen 127.0.0.1:${tlsPort}; root ${root}; }
}`;
    return ["-c", await write("nginx.conf", config), "-e", "stderr"];
  },
};

/** Tells whether nginx is installed. */
export function hasNginx(): boolean {
  return findProgram(KIND) !== undefined;
}

/** Starts nginx. */
export async function startNginx(): Promise<RealServer> {
  return await startRealServer(KIND);
}

/**
 * Finds the files of a task module.
 *
 * @module
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import { decodeText } from "../../text/decode/text_reader.ts";

/** The specifier of an import or export by path. A false match costs nothing but a look at one more file. */
const BY_PATH = /(?:\bfrom|\bimport)\s*\(?\s*(["'])((?:\.{0,2}\/|file:\/\/\/)[^"'\n]+)\1/g;

/** The specifier of a module from the network. */
const REMOTE = /(?:\bfrom|\bimport)\s*\(?\s*(["'])(https?:\/\/[^"'\n]+)\1/g;

/** Hosts from which Deno imports without a flag. */
const TRUSTED_HOSTS: readonly string[] = [
  "deno.land:443",
  "jsr.io:443",
  "esm.sh:443",
  "raw.esm.sh:443",
  "cdn.jsdelivr.net:443",
  "raw.githubusercontent.com:443",
  "gist.githubusercontent.com:443",
];

/** Tells if a task file is loaded over the network. */
export function isRemote(path: string): boolean {
  return /^https?:/.test(path);
}

/** Matches the names of modules. */
export const MODULE = /\.[cm]?[jt]sx?$/;

/**
 * Finds the files of a module: the module itself and its relative imports, direct and indirect. Missing files are
 * included, as they may appear later.
 *
 * @param path Path of the module; a file of another kind has no imports
 */
export function localImports(path: string): string[] {
  const files = new Set([path]);
  // The loop also visits the files that it adds.
  for (const file of files) {
    if (!MODULE.test(file)) continue;
    for (const [, , specifier] of readModule(file).matchAll(BY_PATH)) {
      files.add(fileURLToPath(new URL(specifier!, pathToFileURL(file))));
    }
  }
  return [...files];
}

/**
 * Lists the hosts with ports from which a task file and its modules import, if Deno needs a flag for one of them: the flag
 * then has to name all.
 *
 * @param modules Paths of the modules
 */
export function remoteImports(modules: readonly string[], file: string): string[] {
  const urls = [
    ...isRemote(file) ? [file] : [],
    ...modules.flatMap((path) => [...readModule(path).matchAll(REMOTE)].map(([, , url]) => url!)),
  ];
  const hosts = new Set(urls.flatMap((url) => {
    const { protocol, hostname, port } = URL.parse(url) ?? {};
    return hostname === undefined ? [] : [`${hostname}:${port || (protocol === "http:" ? 80 : 443)}`];
  }));
  return [...hosts].every((host) => TRUSTED_HOSTS.includes(host)) ? [] : [...hosts];
}

/** Reads the text of a module; empty if it cannot be read, without the permission too. */
export function readModule(path: string): string {
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return "";
  try {
    return decodeText(Deno.readFileSync(path));
  } catch {
    return ""; // Loading the module will report why it cannot be read.
  }
}

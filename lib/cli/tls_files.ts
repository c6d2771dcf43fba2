/**
 * The files of `--cacert`, `--cert` and `--key`.
 *
 * @module
 */

import { decodePem } from "../net/certificate/decode_pem.ts";
import { readInputFile } from "./input_file.ts";
import type { CommandIo } from "./io.ts";
import { parseUsage, UsageError } from "./usage_error.ts";

/** Paths as the user wrote them, `-` for stdin. */
interface TlsFlags {
  readonly cacert?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** The texts of the files, as options of the library. */
export interface TlsTexts {
  caCerts?: readonly string[] | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}

/**
 * Reads the files and checks that TLS can use them, so that no target gets the blame for a broken file.
 *
 * @throws {UsageError} If a certificate or the key is unusable, or if they do not belong together.
 * @throws {LocalFault} If a file cannot be read.
 */
export async function readTlsFiles({ cacert, cert, key }: TlsFlags, io: CommandIo): Promise<TlsTexts> {
  if (cacert === undefined && cert === undefined) return {};
  const { secureContextOf } = await import("../net/tls/secure_context.ts");
  const authorities = cacert === undefined ? {} : { caCerts: [await readPem(cacert, "--cacert", io)] };
  parseUsage(() => secureContextOf(authorities), `--cacert ${cacert}`);
  if (cert === undefined) return authorities;
  const client = {
    cert: await readPem(cert, "--cert", io),
    key: key === undefined ? undefined : await readPem(key, "--key", io),
  };
  if (key === undefined && /BEGIN CERTIFICATE/.test(client.cert) && !/PRIVATE KEY-----/.test(client.cert)) {
    throw new UsageError(
      `--cert ${cert}: Cannot use the client's certificate: its key is missing; add --key FILE`,
    );
  }
  const files = `--cert ${cert}` + (key === undefined ? "" : ` --key ${key}`);
  parseUsage(() => secureContextOf(client), files);
  return { ...authorities, ...client };
}

async function readPem(path: string, flag: string, io: CommandIo): Promise<string> {
  const octets = await readInputFile(path, io.stdin);
  return parseUsage(() => decodePem(octets, path), flag);
}

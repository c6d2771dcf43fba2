/**
 * Turns a plain connection into a TLS connection, within a limit, and judges the certificate.
 *
 * @module
 */

import { connect, type ConnectionOptions, type SecureContext, type TLSSocket } from "node:tls";
import type { ProbeError, TlsFacts } from "../../result.ts";
import { certificateFacts } from "../certificate/certificate.ts";
import { followIssuers, readSent } from "../certificate/certificate_chain.ts";
import { explainVerdict } from "../certificate/certificate_verdict.ts";
import { findIssuers } from "../certificate/issuers.ts";
import { CipherStream } from "./cipher_stream.ts";
import type { Connection } from "../connection.ts";
import type { Deadline } from "../deadline.ts";
import { explainFailure, judgePort } from "./failed_handshake.ts";
import { hostAndPort } from "../permission.ts";
import { sniOf } from "./server_name.ts";
import { TlsConnection } from "./tls_connection.ts";
import type { TlsRequest } from "./tls_request.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** A TLS connection, or the error; the facts are present even if only the certificate was refused. */
export type TlsOutcome =
  & ({ readonly connection: Connection; readonly tls: TlsFacts } | {
    readonly error: ProbeError;
    readonly tls?: TlsFacts;
  })
  /** Milliseconds of the handshake, without the time to judge the certificate. */
  & { readonly took: number };

/**
 * Makes the handshake. The plain connection then belongs to the TLS connection; if the handshake fails, it is closed.
 *
 * @param request The protocols to offer and the name to verify.
 * @param context The keys and authorities of the request.
 * @param limit Milliseconds for the handshake.
 */
export async function openTls(
  plain: Connection,
  request: TlsRequest,
  { context, deadline, limit }: {
    readonly context: SecureContext;
    readonly deadline: Deadline;
    readonly limit?: number | undefined;
  },
): Promise<TlsOutcome> {
  const { serverName, alpn = [], verify } = request;
  const peer = showPeer(plain);
  const doing = `make the TLS handshake with ${serverName} at ${peer}`;
  const sni = sniOf(serverName);
  const cipher = new CipherStream(plain);
  const options: ConnectionOptions & { allowHalfOpen: true } = {
    socket: cipher,
    secureContext: context,
    servername: sni,
    ALPNProtocols: alpn.length > 0 ? [...alpn] : undefined,
    // Any certificate is accepted here and judged afterwards, so that its facts are always known.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // After the peer's close_notify we can still send; the types of node:tls lack this option.
    allowHalfOpen: true,
  };
  const start = performance.now();
  const socket = connect(options);
  const connection = new TlsConnection({ plain, cipher, socket });
  let late: ProbeError | undefined;
  deadline.enter("tls", doing, limit, (error) => {
    late = error;
    connection.close();
  });
  const failure = await connection.secure();
  deadline.leave();
  const took = performance.now() - start;
  if (late !== undefined) return { error: judgePort(late, cipher.beginning), took };
  if (failure !== undefined) {
    connection.close();
    return { error: explainFailure(failure, cipher, doing), took };
  }
  const tls = factsOf(socket, request, sni);
  connection.tls = tls;
  if (tls.verified || !verify) return { connection, tls, took };
  connection.close();
  const message = `Cannot trust the server at ${peer}: ${tls.verifyError}`;
  return { error: { kind: "certificate", phase: "tls", by: "target", message }, tls, took };
}

/** Gives the endpoint; a Unix socket has a path but no port. */
function showPeer({ peer: { address, port, family } }: Connection): string {
  return family === undefined ? address : hostAndPort(address, port);
}

function factsOf(socket: TLSSocket, { serverName, caCerts }: TlsRequest, sni: string): TlsFacts {
  const version = socket.getProtocol();
  const cipher = socket.getCipher()?.standardName;
  const facts: TlsFacts = withoutUndefined({
    version: version ?? undefined,
    cipher,
    alpn: socket.alpnProtocol || null,
    sni,
    verified: false,
  });
  const certificate = socket.getPeerCertificate(true);
  if (certificate?.raw === undefined) return { ...facts, verifyError: "the server sent no certificate" };
  const now = Date.now();
  const sent = readSent(certificate);
  const chain = followIssuers(sent, now);
  const trusted = socket.authorized;
  const issuers = findIssuers(sent, { trusted, caCerts, now });
  const verifyError = explainVerdict({ chain, serverName, trusted, caCerts, now });
  return withoutUndefined({
    ...facts,
    verified: verifyError === undefined,
    verifyError,
    certificate: certificateFacts({ chain, issuers, now }),
  });
}

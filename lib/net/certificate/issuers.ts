/**
 * Finds the certificates above that of a server on which the trust in it rests.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";
import { type ChainLink, isSelfIssued } from "./certificate_chain.ts";
import { isSignedBy } from "./signed_by.ts";
import { findTrustedRoots, type TrustedRoot } from "./trusted_roots.ts";

/** One certificate of a path. */
export interface PathLink {
  /** Distinguished name. */
  readonly subject: string;
  /** DER. */
  readonly raw: Uint8Array;
  /** End of the validity in milliseconds since 1970. */
  readonly to: number;
}

/** The facts that decide which paths exist. */
export interface PathOptions {
  /** The TLS library accepted the chain, whatever name the certificate has. */
  readonly trusted: boolean;
  /** PEM texts of the trusted authorities; `undefined` stands for the built-in ones, which sonde cannot read. */
  readonly caCerts?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Chains on the internet have four certificates at most; the TLS library follows seven. */
const LONGEST_PATH = 8;
/** Steps of the search. Certificates that issue each other in circles would make it endless. */
const MOST_STEPS = 200;

/**
 * Finds the issuers of a server's certificate, in order. A server may send certificates that exist in several versions:
 * renewed, cross-signed by an old root, expired, or unrelated. Of all paths to a trusted root, this chooses the one whose
 * earliest end is the latest, because clients accept the server until then.
 *
 * If the chain is trusted, an expired certificate is on no path, except for a root in `caCerts`: the TLS library accepts
 * that one, while others do not. If the chain is not trusted, a path is a sequence of sent certificates that name each
 * other as issuers.
 *
 * @param sent The server's own certificate, and then the others that it sent
 */
export function findIssuers(
  sent: readonly [ChainLink, ...ChainLink[]],
  options: PathOptions,
): readonly PathLink[] {
  const [first] = sent;
  const paths = new PathSearch(sent, options).find();
  const signed = paths.length === 1 ? paths : paths.filter((path) => isSigned([first, ...path]));
  let best: readonly PathLink[] | undefined;
  for (const path of signed.length > 0 ? signed : paths) {
    if (best === undefined || earliestEnd(path) > earliestEnd(best)) best = path;
  }
  return best ?? [];
}

function earliestEnd(path: readonly PathLink[]): number {
  return Math.min(...path.map(({ to }) => to).filter((to) => !Number.isNaN(to)));
}

function isSigned(path: readonly PathLink[]): boolean {
  return path.every(({ raw }, index) => {
    const issuer = path[index + 1];
    return issuer === undefined || isSignedBy(raw, issuer.raw);
  });
}

/** Searches the paths from a server's certificate upwards. */
class PathSearch {
  readonly #sent: readonly [ChainLink, ...ChainLink[]];
  readonly #options: PathOptions;
  #steps = 0;

  constructor(sent: readonly [ChainLink, ...ChainLink[]], options: PathOptions) {
    this.#sent = sent;
    this.#options = options;
  }

  /** Gives the paths without the server's own certificate. */
  find(): (readonly PathLink[])[] {
    const { trusted, caCerts } = this.#options;
    const complete: PathLink[][] = [];
    const longest: PathLink[][] = [];
    const extend = (path: readonly [ChainLink, ...ChainLink[]]): void => {
      if (++this.#steps > MOST_STEPS) return;
      const last = path.at(-1) ?? path[0];
      const above = path.slice(1);
      if (trusted && caCerts !== undefined) {
        for (const root of findTrustedRoots(caCerts, last.issuer)) complete.push(withRoot(above, last, root));
      }
      const next = path.length < LONGEST_PATH ? this.#issuersOf(last, path) : [];
      if (next.length === 0) longest.push(above);
      for (const issuer of next) extend([...path, issuer]);
    };
    extend([this.#sent[0]]);
    return complete.length > 0 ? complete : longest;
  }

  #issuersOf(last: ChainLink, path: readonly ChainLink[]): ChainLink[] {
    if (isSelfIssued(last)) return [];
    const { trusted, now } = this.#options;
    return this.#sent.filter((other) =>
      other.subject === last.issuer && !path.includes(other) &&
      (!trusted || other.authority && other.from <= now && now <= other.to)
    );
  }
}

/** Ends a path with a root, unless its last certificate is that root. */
function withRoot(path: readonly ChainLink[], last: ChainLink, root: TrustedRoot): PathLink[] {
  const { subject, raw } = root;
  const same = raw.length === last.raw.length && raw.every((octet, index) => octet === last.raw[index]);
  return same ? [...path] : [...path, { subject, raw, to: endOf(root) }];
}

/** Caches the ends of roots: every connection of a list would read them again. */
const ends = new WeakMap<TrustedRoot, number>();

function endOf(root: TrustedRoot): number {
  let end = ends.get(root);
  if (end === undefined) ends.set(root, end = Date.parse(new X509Certificate(root.raw).validTo));
  return end;
}

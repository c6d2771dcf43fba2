/**
 * Experiment `tls`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { sniOf } from "../../net/tls/server_name.ts";
import type { TlsFacts } from "../../result.ts";
import type { EndFacts } from "../answer.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { OLD_TLS, SEVERAL_CERTIFICATES } from "../findings/tls_findings.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { endFacts, howFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow } from "../lab/format_end.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { type OldTlsVersion, parseHelloAnswer, serializeClientHello } from "./client_hello.ts";
import { END_LIMIT } from "./late_end.ts";

type Outcome = "close-notify" | "no-close-notify" | "left-open";

/** Milliseconds to wait for the answer to a ClientHello. */
const HELLO_TIME = 3_000;

const OLD: readonly OldTlsVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2"];

/** ALPN offers, with their names in the facts. */
const OFFERS: readonly (readonly [name: string, alpn: readonly string[]])[] = [
  ["http/1.1", ["http/1.1"]],
  ["h2,http/1.1", ["h2", "http/1.1"]],
  ["h2", ["h2"]],
  ["none", []],
];

const CLOSE = [["Connection", "close"]] as const;

/** Examines TLS versions, ALPN, certificates and the end of TLS. */
export const TLS: Experiment<Outcome> = {
  name: "tls",
  question:
    "Which TLS versions and ALPN protocols does the server accept, does it send close_notify, and is the certificate always the same?",
  sends:
    "four handshakes with different ALPN offers, three bare ClientHellos, one GET with Connection: close",
  choice: "https",
  quick: true,
  outcomes: {
    "close-notify": "the server ends TLS with close_notify, so a client notices truncation",
    "no-close-notify": {
      means:
        "the server closes TCP without close_notify: a client cannot trust an answer that ends with the connection",
      finding: {
        code: "no-close-notify",
        severity: "warning",
        advice:
          "send close_notify before closing (RFC 8446 §6.1): otherwise a client cannot distinguish truncation from the end of an answer",
      },
    },
    "left-open": "the server did not close, so its way of ending TLS is unknown",
  },
  findings: [OLD_TLS, SEVERAL_CERTIFICATES],
  connections: () => 1,
  answers: () => 2 * OFFERS.length,
  atMost: () => END_LIMIT + OLD.length * HELLO_TIME,
  plan: (subject) => [
    ...OLD.map((version) => ({
      note: `instead of a handshake, with ${version} as the highest version (random octets change)`,
      bytes: serializeClientHello(version, sniOf(subject.target.host)),
    })),
    { note: "over TLS, once", bytes: subject.request({ headers: CLOSE }).bytes },
  ],
  run: runTls,
};

async function runTls(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const { end, tls } = await watchEnd(lab);
  const versions: Record<string, boolean | null> = {};
  for (const version of OLD) versions[version] = await askVersion(lab, version);
  const alpn: Record<string, string | null> = {};
  const fingerprints = new Set<string>();
  let handshakes = 0;
  for (const [name, offer] of OFFERS) {
    const { connection, tls: facts, error } = await lab.dial({ tls: { alpn: offer } });
    connection?.close();
    const given = connection?.tls ?? facts;
    alpn[name] = given ? given.alpn : error?.kind === "tls" ? "refused" : null;
    if (given?.version !== undefined) versions[given.version] = true;
    if (!given?.certificate) continue;
    handshakes++;
    fingerprints.add(given.certificate.fingerprint256);
  }
  versions["TLSv1.3"] ??= tls?.version === "TLSv1.3";
  const accepted = Object.entries(versions).filter(([, yes]) => yes).map(([name]) => name).sort();
  const facts = {
    versions,
    alpn,
    closeNotify: end === null ? null : end.how === "close-notify",
    ...howFacts(end ?? undefined),
    certificates: fingerprints.size,
    daysLeft: tls?.certificate?.daysLeft ?? null,
    cipher: tls?.cipher ?? null,
  };
  // Chance decides which machine behind an address answers, so one certificate holds only for these handshakes.
  const same = `; ${
    fingerprints.size > 1 ? `${fingerprints.size} different certificates` : "one certificate"
  } in ${formatQuantity(handshakes, "handshake")}`;
  const chosen = alpn["h2,http/1.1"] ?? "no protocol";
  const outcome = end === null
    ? "left-open"
    : end.how === "close-notify"
    ? "close-notify"
    : "no-close-notify";
  const words = {
    "close-notify": end?.fin
      ? `${formatHow("close-notify", end)} sent`
      : `close_notify sent, without FIN within ${formatDuration(END_LIMIT)}`,
    "no-close-notify": `no close_notify (${end?.how === "rst" ? "RST" : "a bare FIN"})`,
    "left-open": "not closed",
  };
  return {
    outcome,
    summary: `${accepted.join(", ")}; ${chosen} chosen by ALPN; ${words[outcome]}${same}`,
    facts,
  };
}

async function watchEnd(lab: Lab): Promise<{ end: EndFacts | null; tls: TlsFacts | undefined }> {
  await using connection = await lab.open();
  const answer = await connection.ask(lab.subject.request({ headers: CLOSE }), lab.settings.answerTime);
  if (!answer.response || answer.type === "malformed") throw new CannotTell(formatMissingAnswer(answer));
  await connection.wait(END_LIMIT);
  return { end: endFacts(connection) ?? null, tls: connection.tls };
}

/** Tells whether the server accepts a version; `null` if neither a ServerHello nor an alert came. */
async function askVersion(lab: Lab, version: OldTlsVersion): Promise<boolean | null> {
  const { connection } = await lab.dial({ plain: true });
  if (!connection) return null;
  const timer = setTimeout(() => connection.close(), HELLO_TIME);
  try {
    await connection.write(serializeClientHello(version, sniOf(lab.site.dialRequest.tls?.serverName ?? "")));
    let received = new Uint8Array(0);
    for (;;) {
      const outcome = await connection.read();
      // A server that accepts none of the offers may also just close.
      if (outcome.type === "fin" || outcome.type === "rst") return received.length === 0 ? false : null;
      if (outcome.type !== "data") return null;
      const joined = new Uint8Array(received.length + outcome.bytes.length);
      joined.set(received);
      joined.set(outcome.bytes, received.length);
      received = joined;
      const answer = parseHelloAnswer(received);
      if (answer.type === "accepted") return answer.version === version;
      if (answer.type === "refused") return false;
      if (answer.type === "foreign") return null;
    }
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

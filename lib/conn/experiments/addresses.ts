/**
 * Experiment `addresses`.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import { escapeOctets } from "../../text/escape/text.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { endFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { settleAll } from "../lab/settle_all.ts";

type Outcome = "same" | "differ";

/** Maximum addresses to examine. */
const MOST = 16;
/**
 * Milliseconds of silence after the second answer, to distinguish a connection that closes soon from one that stays
 * open.
 */
const WATCH = 1_200;

const CLOSE = [["Connection", "close"]] as const;

/** Compares the addresses behind the name. */
export const ADDRESSES: Experiment<Outcome> = {
  name: "addresses",
  question: "Do all addresses of the name answer in the same way?",
  sends: "two GETs on one connection to each address, and one with Connection: close on another",
  choice: "addresses",
  outcomes: {
    same: "every address answers in the same way",
    differ: {
      means: "the addresses differ: what a client sees depends on which one it gets",
      finding: {
        code: "addresses-differ",
        severity: "problem",
        advice:
          "give the servers behind the name the same configuration: what a client sees depends on the address it gets",
      },
    },
  },
  connections: () => 2,
  answers: () => 12,
  atMost: () => 3 * MOST * WATCH,
  plan: (subject) => [
    { note: "twice on one connection to each address", bytes: subject.request().bytes },
    { note: "once on another connection to each", bytes: subject.request({ headers: CLOSE }).bytes },
  ],
  run: runAddresses,
};

/** The traits to compare, by name. */
type Traits = Record<string, string>;

async function runAddresses(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const addresses = lab.site.addresses.slice(0, MOST);
  const seen = new Map<string, Traits>();
  for (let at = 0; at < addresses.length; at += 2) {
    await settleAll(
      addresses.slice(at, at + 2).map(async (address) => seen.set(address, await examine(lab, address))),
    );
  }
  let differing = traitsThatDiffer(seen);
  // A trait that differs by chance from request to request also differs on one address.
  if (differing.length > 0) {
    for (const address of addresses) {
      const again = await examine(lab, address);
      differing = differing.filter((name) => again[name] === seen.get(address)?.[name]);
    }
  }
  const facts = {
    addresses,
    differing,
    traits: Object.fromEntries(addresses.map((address) => [address, seen.get(address)])),
  };
  if (differing.length === 0) {
    return { outcome: "same", summary: `${addresses.length} addresses, no difference`, facts };
  }
  const words = differing.map((name) => {
    const values = addresses.map((address) => `${address}: ${seen.get(address)?.[name] ?? "–"}`);
    return `${name} (${values.join(", ")})`;
  });
  return { outcome: "differ", summary: `${addresses.length} addresses differ in ${words.join("; ")}`, facts };
}

function traitsThatDiffer(seen: ReadonlyMap<string, Traits>): string[] {
  const all = [...seen.values()];
  const names = [...new Set(all.flatMap((traits) => Object.keys(traits)))];
  const answered = all.filter(({ reachable }) => reachable === "yes");
  if (answered.length < all.length) return ["reachable"];
  return names.filter((name) => new Set(answered.map((traits) => traits[name])).size > 1);
}

async function examine(lab: Lab, address: string): Promise<Traits> {
  const opened = await lab.tryOpen({ address });
  if ("error" in opened) return { reachable: opened.error.kind };
  await using connection = opened.connection;
  const request = lab.subject.request();
  const first = await connection.ask(request, lab.settings.answerTime);
  const { response } = first;
  if (first.type !== "answered" || !response) return { reachable: formatMissingAnswer(first) };
  const traits: Traits = {
    reachable: "yes",
    status: String(response.status),
    version: response.version,
    framing: response.body.framing,
    announced: response.announced.persistent
      ? `stays open${response.announced.timeout === undefined ? "" : ` for ${response.announced.timeout} s`}`
      : "closes",
    server: fieldValues(response.headers, "server").map(escapeOctets).join(", "),
    fields: [...new Set(response.headers.map(([name]) => name.toLowerCase()))].sort().join(" "),
    certificate: connection.tls?.certificate?.fingerprint256.slice(0, 16) ?? "none",
  };
  const then = await watchConnection(connection, request, lab.settings.answerTime);
  return { ...traits, connection: then, close: await watchClose(lab, address) };
}

async function watchConnection(
  connection: LabConnection,
  request: Parameters<LabConnection["ask"]>[0],
  ms: number,
): Promise<string> {
  if (await connection.ready()) {
    const second = await connection.ask(request, ms);
    if (second.type !== "answered") return `second request: ${formatMissingAnswer(second)}`;
  }
  await connection.wait(WATCH);
  const end = endFacts(connection);
  return end ? `${end.how} within ${WATCH / 1000} s` : "kept open";
}

async function watchClose(lab: Lab, address: string): Promise<string> {
  await using connection = await lab.open({ address });
  const answer = await connection.ask(lab.subject.request({ headers: CLOSE }), lab.settings.answerTime);
  if (!answer.response) return formatMissingAnswer(answer);
  await connection.wait(WATCH);
  return endFacts(connection)?.how ?? "left open";
}

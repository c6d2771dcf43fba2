/**
 * Experiment `limits`.
 *
 * @module
 */

import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Experiment, Verdict } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import { sayMiss } from "../lab/say.ts";
import type { Subject } from "../subject.ts";

type Outcome = "found" | "none-found";

/** What is made larger, from the first size to the last one, and how a request of a size is made. */
interface Dimension {
  readonly name: string;
  readonly unit: string;
  readonly first: number;
  readonly last: number;
  /** The search ends when accepted and refused are this near to each other. */
  readonly step: number;
  readonly make: (subject: Subject, size: number) => ComposedRequest;
}

const DIMENSIONS: readonly Dimension[] = [
  {
    name: "request-line",
    unit: "octets",
    first: 2_048,
    last: 131_072,
    step: 128,
    make: (subject, size) => {
      const plain = subject.request({ requestTarget: subject.targetWith("sonde=") });
      const line = plain.bytes.indexOf(0x0a) + 1;
      return subject.request({
        requestTarget: subject.targetWith(`sonde=${"x".repeat(Math.max(0, size - line))}`),
      });
    },
  },
  {
    name: "field-line",
    unit: "octets",
    first: 2_048,
    last: 131_072,
    step: 128,
    // Name, colon, blank and line end take 12 octets.
    make: (subject, size) => subject.request({ headers: [["X-Sonde", "x".repeat(Math.max(1, size - 11))]] }),
  },
  {
    name: "head",
    unit: "octets",
    first: 4_096,
    last: 262_144,
    step: 512,
    make: (subject, size) => {
      const left = Math.max(0, size - subject.request().bytes.length);
      // Lines of 512 octets: none of them is refused for itself.
      const lines = Array.from(
        { length: Math.floor(left / 512) },
        (_, index): [string, string] => [`X-Sonde-${String(index).padStart(4, "0")}`, "x".repeat(512 - 16)],
      );
      return subject.request({ headers: lines });
    },
  },
  {
    name: "field-lines",
    unit: "lines",
    first: 64,
    last: 4_096,
    step: 1,
    make: (subject, size) => {
      const left = Math.max(0, size - 3);
      return subject.request({
        headers: Array.from({ length: left }, (_, index): [string, string] => [`X-${index}`, "1"]),
      });
    },
  },
];

/** Requests for one dimension: those that double the size, and those that halve the gap. */
const REQUESTS = 7 + 13;

/** How large a request may be. */
export const LIMITS: Experiment<Outcome> = {
  name: "limits",
  question:
    "How large may request line, field line, head and count of field lines be, and how is the first refused?",
  sends: "GETs of growing size, up to 256 KiB, each on a connection of its own",
  choice: "intrusive",
  outcomes: {
    found: "a limit was found for at least one of them",
    "none-found": "everything was accepted",
  },
  connections: () => 1,
  atMost: () => DIMENSIONS.length * REQUESTS * 500,
  plan: (subject) =>
    DIMENSIONS.map(({ name, first, last, unit, make }) => ({
      note: `${name}: from ${first} to ${last} ${unit}, then between the last accepted and the first refused`,
      bytes: make(subject, first).bytes,
    })),
  run: runLimits,
};

/** What became of one size: accepted, or the status or end that refused it. */
type Reply = { readonly accepted: true } | { readonly accepted: false; readonly by: string };

interface Found {
  readonly unit: string;
  /** The largest that was accepted. */
  readonly accepted: number | null;
  /** The smallest that was refused; `null` if none was. */
  readonly refused: number | null;
  readonly by: string | null;
}

async function runLimits(lab: Lab): Promise<Verdict<Outcome>> {
  const found: Record<string, Found> = {};
  for (const dimension of DIMENSIONS) found[dimension.name] = await search(lab, dimension);
  const any = Object.values(found).some(({ refused }) => refused !== null);
  const summary = Object.entries(found).map(([name, { unit, accepted, refused, by }]) =>
    refused === null
      ? `${name}: ${accepted} ${unit} and more`
      : `${name}: ${accepted ?? 0} ${unit} accepted, ${refused} refused with ${by}`
  ).join("; ");
  return { outcome: any ? "found" : "none-found", summary, facts: { limits: found } };
}

async function search(lab: Lab, { first, last, step, unit, make }: Dimension): Promise<Found> {
  let accepted: number | null = null;
  let refused: number | null = null;
  let by: string | null = null;
  const ask = async (size: number): Promise<void> => {
    const reply = await send(lab, make(lab.subject, size));
    if (reply.accepted) accepted = size;
    else [refused, by] = [size, reply.by];
  };
  for (let size = first; size <= last && refused === null; size *= 2) await ask(size);
  while (refused !== null && refused - (accepted ?? 0) > step) {
    await ask(Math.floor((refused + (accepted ?? 0)) / 2));
  }
  return { unit, accepted, refused, by };
}

async function send(lab: Lab, request: ComposedRequest): Promise<Reply> {
  await using line = await lab.open();
  const answer = await line.ask(request, lab.settings.answerTime);
  const status = answer.response?.status;
  // 400, 413, 414, 431 and 494 (nginx) are said of the size; any other status is about the resource.
  if (status === undefined) return { accepted: false, by: sayMiss(answer) };
  return [400, 413, 414, 431, 494].includes(status)
    ? { accepted: false, by: String(status) }
    : { accepted: true };
}

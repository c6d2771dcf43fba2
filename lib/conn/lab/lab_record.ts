/**
 * Summarises the exchanges of an experiment with the server.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";
import { answeredBy } from "./answered_by.ts";
import type { LabConnection } from "./lab_connection.ts";
import { Transcript } from "./transcript.ts";

/** Maximum lines of evidence that an experiment keeps. */
const EVIDENCE = 60;

/** A response and its request. */
export interface LabAnswer {
  readonly response: ParsedResponse;
  /** The octets of the request, if they are known. */
  readonly request: Uint8Array | undefined;
}

/** The connections of one experiment, in the order in which they were opened. */
export class LabRecord {
  readonly #connections: LabConnection[] = [];
  readonly #transcripts: Transcript[] = [];

  /** Begins the transcript of a newly opened connection. */
  startTranscript(): Transcript {
    const transcript = new Transcript(this.#transcripts.length + 1);
    this.#transcripts.push(transcript);
    return transcript;
  }

  /** Adds a connection. */
  add(connection: LabConnection): void {
    this.#connections.push(connection);
  }

  /** Closes all connections at once. */
  closeAll(): void {
    for (const connection of this.#connections) connection.close();
  }

  /** Gives `Server` and `Via` of everything that answered: a proxy answers some requests itself. */
  get answeredBy(): string[] {
    const responses = this.#connections.flatMap(({ reader }) => reader.responses);
    return [...new Set(responses.flatMap(({ headers }) => answeredBy(headers)))];
  }

  /** Lists each final response with the octets of its request. */
  get answers(): LabAnswer[] {
    return this.#connections.flatMap((connection) =>
      connection.reader.responses.map((response, index) => ({
        response,
        request: connection.requestOf(index),
      }))
    );
  }

  /** Lists the codes of deviations from the protocol. */
  get deviations(): string[] {
    const seen = this.#connections.flatMap(({ reader }) =>
      reader.deviations.filter((deviation) => deviation.class !== "info")
    );
    return [...new Set(seen.map(({ code }) => code))];
  }

  /** Gives excerpts of the wire, one line each. */
  get evidence(): string[] {
    const lines = this.#transcripts.flatMap((transcript) => transcript.lines);
    if (lines.length <= EVIDENCE) return lines;
    return [...lines.slice(0, EVIDENCE), `… ${lines.length - EVIDENCE} lines more`];
  }
}

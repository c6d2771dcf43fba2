/**
 * Finds the size at which a server refuses a request, and the limit that causes the refusal.
 *
 * @module
 */

import type { ComposedRequest } from "../../probe/compose_request.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { type Dimension, type LimitName, spreadHead } from "./limit_shapes.ts";

/** The limits found in one dimension. */
export interface Found {
  readonly unit: string;
  /** The largest accepted size. */
  readonly accepted: number | null;
  /** The smallest refused size; `null` if no size was refused. */
  readonly refused: number | null;
  /** The status or end with which the server refused it. */
  readonly by: string | null;
  /** The limit that the refused size met; it may belong to another dimension. */
  readonly limit: LimitName | null;
}

/** The result for one size: accepted, or the status or end of the refusal. */
type Reply = { readonly accepted: true } | { readonly accepted: false; readonly by: string };

/** 400, 413, 414, 431 and 494 (nginx) refer to the size; any other status below 500 refers to the resource. */
const OF_THE_SIZE: ReadonlySet<number> = new Set([400, 413, 414, 431, 494]);

/** Repetitions of the sizes on both sides of a limit. */
export const REPETITIONS = 2;

/** Extra share and octets of a control's head: servers do not count every octet. */
const CONTROL_SHARE = 1.05;
const CONTROL_MORE = 512;

/** Tries request sizes, each on its own connection. */
export class LimitSearch {
  readonly #lab: Lab;
  readonly #plain: number;

  private constructor(lab: Lab, plain: number) {
    this.#lab = lab;
    this.#plain = plain;
  }

  /**
   * Begins with an ordinary request: its status does not count as a refusal.
   *
   * @throws {CannotTell} If the request is not answered, or gets the answer of a refused size
   */
  static async begin(lab: Lab): Promise<LimitSearch> {
    await using connection = await lab.open();
    const { response: { status } } = await lab.mustAsk(connection);
    if (!OF_THE_SIZE.has(status)) return new LimitSearch(lab, status);
    throw new CannotTell(
      `an ordinary request is answered with ${status} too, so a refusal would not show; name another URL`,
    );
  }

  /**
   * Searches one dimension. A control then identifies the limit that caused the refusal: the same octets, spread over
   * several field lines.
   *
   * @param lines Number of field lines over which a control spreads its octets
   * @throws {CannotTell} If the same size is refused once and accepted another time, as by two servers that take turns
   */
  async find(dimension: Dimension, lines: number): Promise<Found> {
    const { unit, name } = dimension;
    const { accepted, refused, by } = await this.#bisect(dimension);
    if (refused === null) return { unit, accepted, refused, by, limit: null };
    await this.#repeat(dimension, refused, "refused");
    if (accepted !== null) await this.#repeat(dimension, accepted, "accepted");
    const request = dimension.make(this.#lab.subject, refused);
    return { unit, accepted, refused, by, limit: await this.#limitOf(name, request, lines) };
  }

  /** Repeats a size twice in direct succession: if two servers take turns, both receive it. */
  async #repeat(
    { unit, name, make }: Dimension,
    size: number,
    before: "refused" | "accepted",
  ): Promise<void> {
    for (let again = 0; again < REPETITIONS; again++) {
      const { accepted } = await this.#send(make(this.#lab.subject, size));
      if (accepted === (before === "accepted")) continue;
      const then = before === "accepted" ? "refused" : "accepted";
      throw new CannotTell(`${name}: ${size} ${unit} were ${before} once and ${then} another time`);
    }
  }

  async #limitOf(name: LimitName, refused: ComposedRequest, lines: number): Promise<LimitName> {
    if (name === "head") return name;
    const octets = Math.ceil(refused.bytes.length * CONTROL_SHARE) + CONTROL_MORE;
    const control = await this.#send(spreadHead(this.#lab.subject, octets, lines));
    return control.accepted ? name : "head";
  }

  async #bisect({ first, last, step, make }: Dimension): Promise<Pick<Found, "accepted" | "refused" | "by">> {
    let accepted: number | null = null;
    let refused: number | null = null;
    let by: string | null = null;
    const ask = async (size: number): Promise<void> => {
      const reply = await this.#send(make(this.#lab.subject, size));
      if (reply.accepted) accepted = size;
      else [refused, by] = [size, reply.by];
    };
    for (let size = first; size < last && refused === null; size *= 2) await ask(size);
    if (refused === null) await ask(last);
    while (refused !== null && refused - (accepted ?? 0) > step) {
      await ask(Math.floor((refused + (accepted ?? 0)) / 2));
    }
    return { accepted, refused, by };
  }

  async #send(request: ComposedRequest): Promise<Reply> {
    await using connection = await this.#lab.open();
    const answer = await connection.ask(request, this.#lab.settings.answerTime);
    if (answer.type === "interrupted") throw new CannotTell(formatMissingAnswer(answer));
    const status = answer.response?.status;
    if (status === undefined) return { accepted: false, by: formatMissingAnswer(answer) };
    const refused = status !== this.#plain && (OF_THE_SIZE.has(status) || status >= 500);
    return refused ? { accepted: false, by: String(status) } : { accepted: true };
  }
}

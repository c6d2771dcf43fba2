import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo } from "../_honest.ts";
import { type Conduct, reply, targetOf } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

const HALF_CLOSE = { only: ["half-close"] };
/** Milliseconds for the answer of a slow resource. */
const SLOW = 400;

/** Answers after `ms` milliseconds with `usual`, or, once the client has ended its side, with `cut` at once. */
function givesUp(ms: number, cut: string, usual: string = reply("0123456789")): Conduct {
  return async (connection) => {
    if (await connection.request() === undefined) return;
    const ended = connection.request().then((next) => next === undefined);
    const over = connection.pause(ms).then(() => false);
    connection.send(await Promise.race([ended, over]) ? cut : usual);
    await ended;
  };
}

/** Answers after `ms` milliseconds, whatever happens. */
function carriesOn(ms: number, content: (connection: number) => string): Conduct {
  return async (connection) => {
    if (await connection.request() === undefined) return;
    await connection.pause(ms);
    connection.send(reply(content(connection.number)));
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that drops the answer when the client ends its side",
    conduct: async (connection) => {
      const head = await connection.request();
      const next = connection.request();
      const ended = await Promise.race([
        next.then((request) => request === undefined),
        connection.pause(60).then(() => false),
      ]);
      if (!ended) {
        connection.send(answerTo(head ?? ""));
        await next;
      }
    },
    options: { only: ["half-close"] },
    says: { "half-close": ["dropped", ""] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "two in turns, one of which drops the answer after a FIN",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      const ended = connection.request().then((next) => next === undefined);
      const drops = connection.number % 2 === 0;
      if (drops && await Promise.race([ended, connection.pause(60).then(() => false)])) return;
      connection.send(answerTo(head));
    },
    options: { only: ["half-close"] },
    says: { "half-close": ["unknown", "after one FIN and not after another"] },
    findings: [],
  },
  {
    server: "a proxy whose quick answer is there before the FIN now and then",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      const ended = connection.request().then((next) => next === undefined);
      const over = connection.pause(targetOf(head) === "/slow" ? SLOW : 60).then(() => false);
      const quick = targetOf(head) !== "/slow" && connection.number % 2 === 0;
      connection.send(await Promise.race([ended, over]) && !quick ? reply("") : reply("0123456789"));
      await ended;
    },
    options: { ...HALF_CLOSE, slowTarget: "/slow" },
    says: { "half-close": ["changed", "slow one: another answer"] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "a proxy that answers 200 without content at once after a FIN",
    conduct: givesUp(SLOW, reply("")),
    options: HALF_CLOSE,
    says: { "half-close": ["changed", "0 octets in place of 10"] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "a proxy that answers 502 after a FIN",
    conduct: givesUp(60, reply("0123456789").replace("200 OK", "502 Bad Gateway")),
    options: HALF_CLOSE,
    says: { "half-close": ["changed", "502 in place of 200"] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "a proxy that sends part of the content as if it were all of it",
    conduct: givesUp(60, reply("01234")),
    options: HALF_CLOSE,
    says: { "half-close": ["changed", "5 octets in place of 10"] },
  },
  {
    server: "a proxy that sends other content of the same length after a FIN",
    conduct: givesUp(60, reply("cancelled!")),
    options: HALF_CLOSE,
    says: { "half-close": ["changed", "other content of 10 octets"] },
  },
  {
    server: "one whose answer has no content anyway and comes far earlier after a FIN",
    conduct: givesUp(SLOW, reply(""), reply("")),
    options: HALF_CLOSE,
    says: { "half-close": ["changed", "or more otherwise"] },
  },
  {
    server: "one whose slow resource is answered without content after a FIN",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      if (targetOf(head) !== "/slow") return connection.send(reply("quick"));
      const ended = connection.request().then((next) => next === undefined);
      const over = connection.pause(SLOW).then(() => false);
      connection.send(reply(await Promise.race([ended, over]) ? "" : "slow"));
    },
    options: { ...HALF_CLOSE, slowTarget: "/slow" },
    says: { "half-close": ["changed", "slow one: another answer"] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "one that breaks off after a FIN",
    conduct: givesUp(60, reply("0123456789").slice(0, -4)),
    options: HALF_CLOSE,
    says: { "half-close": ["partial", "the 200 broke off"] },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "a slow one that goes on after a FIN",
    conduct: carriesOn(SLOW, () => "0123456789"),
    options: HALF_CLOSE,
    says: { "half-close": ["answered", "200 in full"] },
    findings: [],
  },
  {
    server: "one whose content has another length each time",
    conduct: carriesOn(0, (number) => "x".repeat(1000 - 7 * number)),
    options: HALF_CLOSE,
    says: { "half-close": ["answered", "200 in full"] },
    findings: [],
  },
  {
    server: "two in turns with contents of their own",
    conduct: carriesOn(0, (number) => number % 2 === 0 ? "one" : "the other"),
    options: HALF_CLOSE,
    says: { "half-close": ["answered", "200 in full"] },
    findings: [],
  },
  {
    server: "two in turns, one of which is slow",
    conduct: (connection) => carriesOn(connection.number % 2 === 0 ? 0 : SLOW, () => "hello")(connection),
    options: HALF_CLOSE,
    says: { "half-close": ["answered", "200 in full"] },
    findings: [],
  },
  {
    server: "one that is slow once without a FIN",
    conduct: (connection) => carriesOn(connection.number === 4 ? SLOW : 0, () => "hello")(connection),
    options: HALF_CLOSE,
    says: { "half-close": ["answered", "200 in full"] },
    findings: [],
  },
];

testSideBySide(
  "half-close compares the answer after a FIN with the answer without one",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);

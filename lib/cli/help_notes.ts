/**
 * What the help of a command says of exit codes and permissions.
 *
 * @module
 */

/** A term and its explanation. */
export type HelpRow = readonly [term: string, explanation: string];

/** Exit codes and permissions of one command. */
export interface HelpNotes {
  readonly exitCodes: readonly HelpRow[];
  readonly permissions: readonly HelpRow[];
}

const USAGE: HelpRow = ["2", "the command line is wrong"];
const UNMEASURED: HelpRow = [
  "3",
  "could not measure: a local fault or a missing permission left at least one target without a verdict, and none failed",
];
const INTERRUPTED: HelpRow = ["130", "interrupted; what was printed until then is whole"];

const NET: HelpRow = ["--allow-net", "to probe"];
const READ: HelpRow = ["--allow-read=FILE", "to read a file that a flag or an operand names"];
const WRITE: HelpRow = ["--allow-write=FILE", "to write one"];

/** Of the commands that give results. */
const PROBING: HelpNotes = {
  exitCodes: [
    ["0", "every target is ok"],
    ["1", "at least one target failed, or an expectation was false"],
    ["2", "the command line is wrong, nothing was probed"],
    UNMEASURED,
    INTERRUPTED,
  ],
  permissions: [NET, READ, WRITE],
};

const NOTES: Readonly<Record<string, HelpNotes>> = {
  diff: {
    exitCodes: [
      ["0", "the behaviour is the same"],
      ["1", "there is a difference"],
      ["2", "the command line is wrong, or a file holds no results"],
      ["3", "a file could not be read or written"],
    ],
    permissions: [READ, WRITE],
  },
  get: {
    exitCodes: [
      ["0", "the whole content came, with the digest of --sha256 if one was given"],
      ["1", "it did not; a part is left where a file was asked for and something came"],
      USAGE,
      ["3", "a local fault, as a file that cannot be written, or a missing permission"],
      ["130", "interrupted; a part is left as with 1"],
    ],
    permissions: [
      ["--allow-net", "to download"],
      ["--allow-read=FOLDER", "to keep a part in the folder of the file, and go on with it"],
      ["--allow-write=FOLDER", "to write the part and the file"],
    ],
  },
  raw: {
    exitCodes: [
      ["0", "everything was sent, and the peer closed or what ends the exchange came"],
      ["1", "no connection, a reset, a timeout, or not everything could be sent"],
      USAGE,
      ["3", "a local fault or a missing permission"],
      INTERRUPTED,
    ],
    permissions: [["--allow-net", "to connect"], READ, WRITE],
  },
  parse: {
    exitCodes: [
      ["0", "every message is complete"],
      ["1", "a message is not complete, or there is none"],
      USAGE,
      ["3", "the file could not be read"],
    ],
    permissions: [["--allow-read=FILE", "to read FILE; stdin needs none"]],
  },
  watch: {
    exitCodes: [
      ["0", "with --once, every check is ok; with --check, the file is in order"],
      ["1", "with --once, at least one check failed"],
      ["2", "the command line or the task file is wrong"],
      ["3", "could not measure, open the history or write, and no check is known to have failed"],
      ["130", "ended by SIGINT or SIGTERM, as a service is; what was printed until then is whole"],
    ],
    permissions: [
      ["--allow-net", "to probe, and for webhooks"],
      ["--allow-read", "to read the task file and the history"],
      ["--allow-write", "to write the history and what -o names"],
      ["--allow-env=NAME", "for each ${env:NAME} of the task file"],
      ["--allow-run=PROGRAM", "for each command of the task file"],
    ],
  },
  report: {
    exitCodes: [
      ["0", "the report was made, whatever it says"],
      USAGE,
      ["3", "the history could not be read, or the report not be written"],
    ],
    permissions: [
      ["--allow-read=FOLDER", "to read the history, DB-wal and DB-shm beside it"],
      ["--allow-write=FOLDER", "to write what -o names"],
    ],
  },
};

/** What holds for a command; without notes of its own it probes. */
export function helpNotesOf(command: string): HelpNotes {
  return NOTES[command] ?? PROBING;
}

/**
 * The flags of `sonde raw`.
 *
 * @module
 */

import { parseEscapedText } from "../../../raw/escaped_text.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { parseSizeLimit, parseText, parseTimeLimit } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { REACHING_FLAGS } from "../../flags/request_flags.ts";

const {
  ipv4,
  ipv6,
  "unix-socket": unixSocket,
  "deny-private": denyPrivate,
  sni,
  alpn,
  insecure,
  cacert,
  cert,
  key,
} = REACHING_FLAGS;

const RAW_REACHING_FLAGS = {
  tls: { help: "use TLS" },
  ipv4,
  ipv6,
  "unix-socket": unixSocket,
  "deny-private": { ...denyPrivate, help: "refuse addresses outside the public internet" },
  sni: { ...sni, needs: "tls" },
  alpn: { ...alpn, needs: "tls", help: "protocols to offer by ALPN in the TLS handshake, such as smtp,imap" },
  insecure: { ...insecure, needs: "tls" },
  cacert: { ...cacert, needs: "tls" },
  cert,
  key,
} as const satisfies FlagTable;

const SENDING_FLAGS = {
  send: {
    letter: "s",
    value: "TEXT",
    parse: parseEscapedText,
    many: true,
    help:
      "octets to send, with escapes as in 'PING\\r\\n', '\\x00', '\\u00e9'; several are sent one after the other",
  },
  after: {
    value: "TEXT",
    parse: parseEscapedText,
    many: true,
    needs: "send",
    help:
      "wait for these octets before the first --send; a second --after belongs to the second --send, and so on: for servers that speak first or refuse early input",
  },
  "send-file": {
    value: "FILE",
    parse: parseText,
    excludes: ["send"],
    help: "send the octets of FILE; without --send and --send-file, sonde sends stdin",
  },
  crlf: { excludes: ["send"], help: "send each LF of stdin or FILE as CRLF" },
  "half-close": { help: "close our side once everything is sent" },
} as const satisfies FlagTable;

const STOP_FLAGS = {
  wait: {
    letter: "w",
    value: "TIME",
    parse: parseTimeLimit,
    help: "end after this much silence once everything is sent (default 2s, and 10s for the first octet)",
  },
  "max-received": { value: "SIZE", parse: parseSizeLimit, help: "end after this many octets" },
  until: {
    value: "TEXT",
    parse: parseEscapedText,
    help: "end when these octets arrive, written as for --send",
  },
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    help: "time limit for everything (default 60s; none while a person types)",
  },
  "connect-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "5s",
    help: "time limit for connecting to one address, and for the TLS handshake",
  },
} as const satisfies FlagTable;

const RAW_OUTPUT_FLAGS = {
  hex: { excludes: ["json", "output"], help: "show a hex dump instead of text with escaped control octets" },
  output: {
    letter: "o",
    value: "FILE",
    parse: parseText,
    excludes: ["json"],
    help: "write the received octets to FILE, unchanged; - is stdout",
  },
  json: { help: 'print one line of JSON; "data" has one code unit for each received octet' },
  quiet: { letter: "q", help: "print no summary on stderr" },
  wire: OUTPUT_FLAGS.wire,
} as const satisfies FlagTable;

/** The flags of `sonde raw`. */
export const RAW_FLAGS = {
  "Sending": SENDING_FLAGS,
  "Ending": STOP_FLAGS,
  "Reaching the server": RAW_REACHING_FLAGS,
  "Output": RAW_OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde raw` as parsed. */
export type RawFlags = FlagValues<typeof RAW_FLAGS>;

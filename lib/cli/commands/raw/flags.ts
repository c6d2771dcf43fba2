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
  tls: { help: "TLS over the connection" },
  ipv4,
  ipv6,
  "unix-socket": unixSocket,
  "deny-private": { ...denyPrivate, help: "refuse addresses that are not of the public internet" },
  sni: { ...sni, needs: "tls" },
  alpn: { ...alpn, needs: "tls", help: "protocols to offer in the TLS handshake: smtp,imap" },
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
      "send the first --send only once these octets have come, the second --after for the second --send and so on: " +
      "for servers that speak first, or refuse what comes before its turn",
  },
  "send-file": {
    value: "FILE",
    parse: parseText,
    excludes: ["send"],
    help: "send the octets of FILE; without --send and --send-file those of stdin are sent",
  },
  crlf: { excludes: ["send"], help: "send a LF of stdin or FILE as CRLF" },
  "half-close": { help: "end our side once everything is sent" },
} as const satisfies FlagTable;

const STOP_FLAGS = {
  wait: {
    letter: "w",
    value: "TIME",
    parse: parseTimeLimit,
    help: "end after so much silence, once everything is sent (default 2s, and 10s for the first octet)",
  },
  "max-received": { value: "SIZE", parse: parseSizeLimit, help: "end after so many octets" },
  until: {
    value: "TEXT",
    parse: parseEscapedText,
    help: "end when these octets have come, written as for --send",
  },
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    help: "for the whole (default 60s; none where a person types)",
  },
  "connect-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "5s",
    help: "for connecting to one address, and for the TLS handshake",
  },
} as const satisfies FlagTable;

const RAW_OUTPUT_FLAGS = {
  hex: { excludes: ["json", "output"], help: "show a hex dump; otherwise text, control octets escaped" },
  output: {
    letter: "o",
    value: "FILE",
    parse: parseText,
    excludes: ["json"],
    help: "write what comes to FILE as it is, - for stdout",
  },
  json: { help: 'one line of JSON with everything, what came as "data" with one code unit per octet' },
  quiet: { letter: "q", help: "no summary on stderr" },
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

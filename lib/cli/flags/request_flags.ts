/**
 * The flags of every command that probes: what is sent, how the server is reached, and the limits. Letters and names are
 * curl's where curl has the flag.
 *
 * @module
 */

import { parseServerName } from "../../net/tls/server_name.ts";
import { parseConnectTo, parseResolve } from "./address_values.ts";
import type { FlagTable } from "./flag.ts";
import {
  parseAlpn,
  parseAnyText,
  parseHeader,
  parseInterval,
  parseNumber,
  parseSizeLimit,
  parseText,
  parseTimeLimit,
} from "./flag_values.ts";

/** What is sent. */
export const REQUEST_FLAGS = {
  request: { letter: "X", value: "METHOD", parse: parseText, help: "method to send instead of GET" },
  header: {
    letter: "H",
    value: "LINE",
    parse: parseHeader,
    many: true,
    help:
      "field 'Name: value' to add or replace, order and case kept; 'Name:' removes it, 'Name;' sends it empty",
  },
  data: {
    letter: "d",
    value: "DATA",
    parse: parseAnyText,
    many: true,
    help:
      "content to send, by POST unless -X says otherwise; @FILE reads it from a file, @- from stdin, and sends it " +
      "as it is; several are joined with &",
  },
  head: { letter: "I", excludes: ["data", "request"], help: "send HEAD instead of GET" },
  "user-agent": {
    letter: "A",
    value: "AGENT",
    parse: parseAnyText,
    help: "User-Agent to send; an empty one leaves the field out",
  },
  user: {
    letter: "u",
    value: "NAME:PASSWORD",
    parse: parseText,
    help: "credentials for Basic authentication; a password that is left out is asked for",
  },
  "http1.0": { letter: "0", help: "send the request as HTTP/1.0" },
  "request-target": {
    value: "TEXT",
    parse: parseText,
    help: "request target to send instead of the URL's path and query",
  },
  "raw-request": {
    value: "FILE",
    parse: parseText,
    excludes: ["request", "header", "data", "head", "user-agent", "user", "http1.0", "request-target"],
    help: "send exactly the octets of FILE as the request, - for stdin",
  },
} as const satisfies FlagTable;

/** How the server is reached. */
export const REACHING_FLAGS = {
  ipv4: { letter: "4", excludes: ["ipv6"], help: "use IPv4 addresses only" },
  ipv6: { letter: "6", help: "use IPv6 addresses only" },
  resolve: {
    value: "HOST:PORT:ADDR",
    parse: parseResolve,
    many: true,
    help:
      "connect to this address (several with commas between them) instead of looking up HOST; * is every host",
  },
  "connect-to": {
    value: "H1:P1:H2:P2",
    parse: parseConnectTo,
    many: true,
    help:
      "connect to H2:P2 instead of H1:P1, the request unchanged; an empty H1 or P1 is any, an empty H2 or P2 the same",
  },
  "unix-socket": { value: "PATH", parse: parseText, help: "connect through this Unix socket" },
  "deny-private": {
    excludes: ["unix-socket"],
    help: "refuse addresses that are not of the public internet, at every hop of a redirect",
  },
  sni: {
    value: "NAME",
    parse: parseServerName,
    help: "name to send in the TLS handshake and to verify the certificate against",
  },
  alpn: {
    value: "LIST",
    parse: parseAlpn,
    help: "protocols to offer in the TLS handshake: http/1.1,http/1.0",
  },
  insecure: { letter: "k", help: "go on with a certificate that cannot be verified" },
  cacert: { value: "FILE", parse: parseText, help: "trust the certificate authorities in this PEM file" },
  cert: {
    letter: "E",
    value: "FILE",
    parse: parseText,
    help: "client certificate, PEM; its private key too, without --key",
  },
  key: { value: "FILE", parse: parseText, needs: "cert", help: "private key of the client certificate, PEM" },
} as const satisfies FlagTable;

/** How long and how much. */
export const LIMIT_FLAGS = {
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    default: "10s",
    help: "for one whole exchange",
  },
  "connect-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "5s",
    help: "for connecting to one address",
  },
  "listen-first": {
    value: "TIME",
    parse: parseInterval,
    help: "listen this long before sending the request, and report what the server sends unasked",
  },
  "first-byte-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    help: "from the last octet sent to the first received",
  },
  "max-head": { value: "SIZE", parse: parseSizeLimit, default: "64KiB", help: "for the head of a response" },
  "max-body": {
    value: "SIZE",
    parse: parseSizeLimit,
    default: "10MiB",
    help: "for the content of a response, and for what it becomes when it is decoded",
  },
  location: { letter: "L", help: "follow redirects; otherwise they are shown only" },
  "max-redirs": {
    value: "N",
    parse: parseNumber,
    default: "10",
    help: "redirects to follow with -L; one more is an error, with 0 they are shown only",
  },
} as const satisfies FlagTable;

/**
 * The flags of every command that probes: request, connection and limits. Letters and names are curl's if curl has the
 * flag.
 *
 * @module
 */

import { parseServerName } from "../../net/tls/server_name.ts";
import { parseConnectTo, parseResolve } from "../../probe/address_rules.ts";
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

const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

const COMPOSING_FLAGS = {
  request: {
    letter: "X",
    value: "METHOD",
    parse: parseText,
    loadWords: () => Promise.resolve(METHODS),
    help: "method to send instead of GET",
  },
  header: {
    letter: "H",
    value: "LINE",
    parse: parseHeader,
    many: true,
    help:
      "field 'Name: value' to add or replace; order and case are kept; 'Name:' removes it, 'Name;' sends it empty",
  },
  data: {
    letter: "d",
    value: "DATA",
    parse: parseAnyText,
    many: true,
    help:
      "content to send, by POST unless -X names another method; @FILE reads a file and @- stdin, both unchanged; several are joined with &",
  },
  head: { letter: "I", excludes: ["data", "request"], help: "send HEAD instead of GET" },
  "user-agent": {
    letter: "A",
    value: "AGENT",
    parse: parseAnyText,
    help: "User-Agent to send; an empty value removes the field",
  },
  user: {
    letter: "u",
    value: "NAME:PASSWORD",
    parse: parseText,
    help: "credentials for Basic authentication; without :PASSWORD, sonde asks for the password",
  },
  "http1.0": { letter: "0", help: "send the request as HTTP/1.0" },
  "request-target": {
    value: "TEXT",
    parse: parseText,
    help: "request target to send instead of the URL's path and query",
  },
} as const satisfies FlagTable;

/** The flags that make the request. */
export const REQUEST_FLAGS = {
  ...COMPOSING_FLAGS,
  "raw-request": {
    value: "FILE",
    parse: parseText,
    excludes: Object.keys(COMPOSING_FLAGS),
    help: "send the octets of FILE as the request, unchanged; - is stdin",
  },
} as const satisfies FlagTable;

/** The flags that choose the way to the server. */
export const REACHING_FLAGS = {
  ipv4: { letter: "4", excludes: ["ipv6"], help: "use IPv4 addresses only" },
  ipv6: { letter: "6", help: "use IPv6 addresses only" },
  resolve: {
    value: "HOST:PORT:ADDR",
    parse: parseResolve,
    many: true,
    help:
      "connect to this address (or several, with commas between them) instead of looking up HOST; * stands for every host",
  },
  "connect-to": {
    value: "H1:P1:H2:P2",
    parse: parseConnectTo,
    many: true,
    help:
      "connect to H2:P2 instead of H1:P1 and leave the request unchanged; an empty H1 or P1 matches any, an empty H2 or P2 changes nothing",
  },
  "unix-socket": { value: "PATH", parse: parseText, help: "connect through this Unix socket" },
  "deny-private": {
    excludes: ["unix-socket"],
    help: "refuse addresses outside the public internet, after redirects too",
  },
  sni: {
    value: "NAME",
    parse: parseServerName,
    help: "name to send in the TLS handshake and to verify the certificate against",
  },
  alpn: {
    value: "LIST",
    parse: parseAlpn,
    help: "protocols to offer in the TLS handshake, such as http/1.1,http/1.0",
  },
  insecure: { letter: "k", help: "accept a certificate that cannot be verified" },
  cacert: { value: "FILE", parse: parseText, help: "trust the certificate authorities in this PEM file" },
  cert: {
    letter: "E",
    value: "FILE",
    parse: parseText,
    help: "client certificate in PEM; without --key, FILE holds its private key too",
  },
  key: {
    value: "FILE",
    parse: parseText,
    needs: "cert",
    help: "private key of the client certificate, in PEM",
  },
} as const satisfies FlagTable;

/** The flags that limit time and size. */
export const LIMIT_FLAGS = {
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    default: "10s",
    help: "time limit for the whole exchange",
  },
  "connect-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "5s",
    help: "time limit for connecting to one address",
  },
  "listen-first": {
    value: "TIME",
    parse: parseInterval,
    help: "listen this long before sending the request, and report what the server sends unasked",
  },
  "first-byte-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    help: "time limit from the last octet sent to the first octet received",
  },
  "max-head": {
    value: "SIZE",
    parse: parseSizeLimit,
    default: "64KiB",
    help: "size limit for the head of a response",
  },
  "max-body": {
    value: "SIZE",
    parse: parseSizeLimit,
    default: "10MiB",
    help: "size limit for the content of a response, before and after decoding",
  },
  location: { letter: "L", help: "follow redirects instead of only showing them" },
  "max-redirs": {
    value: "N",
    parse: parseNumber,
    default: "10",
    help: "redirects to follow with -L; one more is an error; 0 shows redirects without following them",
  },
} as const satisfies FlagTable;

import type { Vector } from "../_run_vector.ts";

const END = "Content-Length: 0\r\n\r\n";
const refused = { headers: [] };

/** Status-lines: RFC 9112 §2.2, §2.3, §4. */
export const statusLineVectors: readonly Vector[] = [
  { name: "a plain status-line", wire: "HTTP/1.1 200 OK\r\n" + END },
  {
    name: "a reason of several words and marks",
    wire: "HTTP/1.1 404 Not Found: (sorry)\r\n" + END,
    responses: [{ status: 404, reason: "Not Found: (sorry)" }],
  },
  { name: "HTAB inside the reason", wire: "HTTP/1.1 200 O\tK\r\n" + END, responses: [{ reason: "O\tK" }] },
  { name: "an empty reason after its SP", wire: "HTTP/1.1 200 \r\n" + END, responses: [{ reason: "" }] },
  {
    name: "no SP after the status code",
    wire: "HTTP/1.1 200\r\n" + END,
    responses: [{ reason: "" }],
    deviations: [["missing-reason-space", "200|\r\n"]],
  },
  {
    name: "two SP between version and status code",
    wire: "HTTP/1.1  200 OK\r\n" + END,
    deviations: [["status-line-whitespace", "1.1|  200"]],
  },
  {
    name: "HTAB between version and status code",
    wire: "HTTP/1.1\t200 OK\r\n" + END,
    deviations: [["status-line-whitespace", "1.1|\t200"]],
  },
  {
    name: "VT between version and status code",
    wire: "HTTP/1.1\v200 OK\r\n" + END,
    deviations: [["status-line-whitespace", "1.1|\v200"]],
  },
  {
    name: "HTAB between status code and reason",
    wire: "HTTP/1.1 200\tOK\r\n" + END,
    deviations: [["status-line-whitespace", "200|\tOK"]],
  },
  {
    name: "a blank before the status-line",
    wire: " HTTP/1.1 200 OK\r\n" + END,
    deviations: [["status-line-whitespace", 0]],
  },
  ...["\t", "\v", "\f", " \v\t\f", "\v".repeat(9)].map((blanks): Vector => ({
    name: `${JSON.stringify(blanks)} before the status-line`,
    wire: `${blanks}HTTP/1.1 200 OK\r\n` + END,
    deviations: [["status-line-whitespace", 0]],
  })),
  {
    name: "VT before the status-line and after an empty line",
    wire: "\r\n\vHTTP/1.1 200 OK\r\n" + END,
    responses: [{ headers: [["Content-Length", "0"]] }],
    deviations: [["leading-crlf", 0], ["status-line-whitespace", 2]],
  },
  {
    name: "FF between version, status code and reason",
    wire: "HTTP/1.1\f200\fOK\r\n" + END,
    deviations: [["status-line-whitespace", "1.1|\f200"], ["status-line-whitespace", "200|\fOK"]],
  },
  {
    name: "a second SP before the reason is part of it",
    wire: "HTTP/1.1 200  OK\r\n" + END,
    responses: [{ reason: " OK" }],
    deviations: [["reason-padding", "200 | OK"]],
  },
  {
    name: "SP after the reason is part of it",
    wire: "HTTP/1.1 200 OK \r\n" + END,
    responses: [{ reason: "OK " }],
    deviations: [["reason-padding", "OK| \r"]],
  },
  {
    name: "octets outside ASCII in the reason",
    wire: "HTTP/1.1 200 D\xe9j\xe0\r\n" + END,
    responses: [{ reason: "D\xe9j\xe0" }],
    deviations: [["reason-obs-text", "D|\xe9"]],
  },
  {
    name: "0xA0 and 0x85 at the edge of the reason are no blanks",
    wire: "HTTP/1.1 200 \xa0OK\x85\r\n" + END,
    responses: [{ reason: "\xa0OK\x85" }],
    deviations: [["reason-obs-text", "200 |\xa0"]],
  },
  {
    name: "VT and FF before the reason are blanks",
    wire: "HTTP/1.1 200 \v\fOK\r\n" + END,
    responses: [{ reason: "OK" }],
    deviations: [["status-line-whitespace", "200 |\v"]],
  },
  {
    name: "VT and FF after the reason are blanks, with SP between them",
    wire: "HTTP/1.1 200 OK \v \f\r\n" + END,
    responses: [{ reason: "OK" }],
    deviations: [["status-line-whitespace", "OK| \v"]],
  },
  {
    name: "SP before the reason and FF after it",
    wire: "HTTP/1.1 200  OK\f\r\n" + END,
    responses: [{ reason: " OK" }],
    deviations: [["reason-padding", "200 | OK"], ["status-line-whitespace", "OK|\f"]],
  },
  {
    name: "VT where a reason belongs",
    wire: "HTTP/1.1 200 \v\r\n" + END,
    responses: [{ reason: "" }],
    deviations: [["status-line-whitespace", "200 |\v"]],
  },
  {
    name: "VT around a reason with a control octet in it",
    wire: "HTTP/1.1 200 \vO\vK\v\r\n" + END,
    partial: { version: "1.1", status: 200, headers: [] },
    deviations: [["status-line-whitespace", "200 |\v"]],
    fatal: ["reason-control-char", "O|\v", "head"],
  },
  ...["\0", "\x01", "\x1b", "\x7f", "\v"].map((octet): Vector => ({
    name: `control octet ${JSON.stringify(octet)} in the reason`,
    wire: `HTTP/1.1 200 O${octet}K\r\n` + END,
    partial: { version: "1.1", status: 200, headers: [] },
    fatal: ["reason-control-char", `O|${octet}`, "head"],
  })),
  {
    name: "a bare CR in the status-line",
    wire: "HTTP/1.1 200 O\rK\r\n" + END,
    partial: refused,
    fatal: ["bare-cr", "O|\rK", "head"],
  },
  ...([
    ["before the status-line", "|\rHTTP/1.1 200 OK\r\n"],
    ["twice before the status-line", "|\r\rHTTP/1.1 200 OK\r\n"],
    ["after an empty line", "\r\n|\rHTTP/1.1 200 OK\r\n"],
    ["after blanks", " \t|\rHTTP/1.1 200 OK\r\n"],
    ["before a blank", "|\r HTTP/1.1 200 OK\r\n"],
    ["within the name of the protocol", "HT|\rTP/1.1 200 OK\r\n"],
    ["after the name of the protocol", "HTTP|\r/1.1 200 OK\r\n"],
    ["before other text", "|\r<html>\r\n"],
  ] as const).map(([name, place]): Vector => ({
    name: `a bare CR ${name}`,
    wire: place.replace("|", "") + END,
    partial: { headers: [] },
    deviations: place.startsWith("\r\n") ? [["leading-crlf", 0]] : [],
    fatal: ["bare-cr", place, "head"],
  })),
  {
    name: "CR CR after the status-line",
    wire: "HTTP/1.1 200 OK\r\r" + END,
    partial: refused,
    fatal: ["bare-cr", "OK|\r\r", "head"],
  },
  {
    name: "CR CR LF after the status-line",
    wire: "HTTP/1.1 200 OK\r\r\n" + END,
    partial: refused,
    fatal: ["bare-cr", "OK|\r\r", "head"],
  },
  {
    name: "LF without CR after the status-line",
    wire: "HTTP/1.1 200 OK\n" + END,
    responses: [{ headers: [["Content-Length", "0"]] }],
    deviations: [["bare-lf", "OK|\n"]],
  },
  {
    name: "empty lines before the status-line",
    wire: "\r\n\r\nHTTP/1.1 200 OK\r\n" + END,
    responses: [{ headers: [["Content-Length", "0"]] }],
    deviations: [["leading-crlf", 0], ["leading-crlf", 2]],
  },
  {
    name: "an empty line that is only LF before the status-line",
    wire: "\nHTTP/1.1 200 OK\r\n" + END,
    deviations: [["leading-crlf", 0], ["bare-lf", 0]],
  },
  {
    name: "version 1.0",
    wire: "HTTP/1.0 200 OK\r\n" + END,
    responses: [{ version: "1.0", persistent: false }],
  },
  ...["1.2", "1.9"].map((version): Vector => ({
    name: `version ${version} reads as 1.1`,
    wire: `HTTP/${version} 200 OK\r\n` + END,
    responses: [{ version }],
    deviations: [["unsupported-version", 0]],
  })),
  ...["0.9", "2.0", "3.0"].map((version): Vector => ({
    name: `version ${version} reads as 1.1, and the connection is not used again`,
    wire: `HTTP/${version} 200 OK\r\n` + END,
    responses: [{ version, persistent: false }],
    deviations: [["unsupported-version", 0]],
  })),
  ...[
    "http/1.1",
    "HTTP/11",
    "HTTP/1.",
    "HTTP/1",
    "HTTP/2",
    "HTTP/1.10",
    "HTTP/01.1",
    "HTTP/+1.1",
    "HTTP",
    "HTTPS/1.1",
    "HtTP/1.1",
  ]
    .map((word): Vector => ({
      name: `"${word}" where the version belongs`,
      wire: `${word} 200 OK\r\n` + END,
      partial: refused,
      fatal: ["malformed-version", 0, "head"],
    })),
  {
    name: "HTTP alone on the line",
    wire: "HTTP\r\n\r\n",
    partial: refused,
    fatal: ["malformed-version", 0, "head"],
  },
  ...["20", "2000", "2x0", "+20", "-20", "2e1", "0x1", "\xb2\xb2\xb2", "200OK"].map((word): Vector => ({
    name: `"${word}" where the status code belongs`,
    wire: `HTTP/1.1 ${word} OK\r\n` + END,
    partial: { version: "1.1", headers: [] },
    fatal: ["invalid-status-code", `1.1 |${word}`, "head"],
  })),
  {
    name: "no status code",
    wire: "HTTP/1.1\r\n" + END,
    partial: { version: "1.1", headers: [] },
    fatal: ["invalid-status-code", "1.1|\r\n", "head"],
  },
  ...["099", "000", "600", "999"].map((word): Vector => ({
    name: `status code ${word} is kept`,
    wire: `HTTP/1.1 ${word} OK\r\n` + END,
    responses: [{ status: Number(word) }],
    deviations: [["status-out-of-range", `1.1 |${word}`]],
  })),
  { name: "status code 599", wire: "HTTP/1.1 599 OK\r\n" + END, responses: [{ status: 599 }] },
  ...[100 + 99, 599].map((status): Vector => ({
    name: `status code ${status} without a reason is in range`,
    wire: status < 200
      ? `HTTP/1.1 ${status}\r\n\r\nHTTP/1.1 200 OK\r\n` + END
      : `HTTP/1.1 ${status}\r\n` + END,
    responses: [
      status < 200 ? { interim: [status], headers: [["Content-Length", "0"]] } : { status, reason: "" },
    ],
    deviations: [["missing-reason-space", `1.1 ${status}|\r\n`]],
  })),
];

/** Streams that are no HTTP/1.x at all: the verdict falls at the fifth octet, the first LF or the end. */
export const foreignVectors: readonly Vector[] = [
  ["a TLS alert", "\x15\x03\x01\x00\x02\x02\x46"],
  ["a TLS handshake", "\x16\x03\x03\x00\x31\x02"],
  ["SSH", "SSH-2.0-OpenSSH_9.9\r\n"],
  ["SSH cut short", "SSH-"],
  ["a beginning whose fifth octet is CR", "SSH-\r\n"],
  ["SMTP", "220 mail.example.org ESMTP\r\n"],
  ["an SMTP refusal", "554 no\r\n"],
  ["HTTP/2", "\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64"],
  ["HTTP/0.9", "<html><p>hello\r\n"],
  ["RTSP", "RTSP/1.0 200 OK\r\n\r\n"],
  ["SHOUTcast", "ICY 200 OK\r\n\r\n"],
  ["a request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["a word that fits into four octets", "+OK!\r\n"],
  ["four octets before LF", "abcd\nHTTP/1.1 200 OK\r\n\r\n"],
  ["HTT and a line end", "HTT\r\n"],
  ["a bare CR among the first octets", "SS\rH-2.0\r\n"],
  ["a field line first", "Host: a\r\n\r\n"],
  ["text", "hello"],
].map(([name, wire]): Vector => ({
  name: `not HTTP: ${name}`,
  wire: wire!,
  partial: { headers: [] },
  fatal: ["not-http", 0, "head"],
}));

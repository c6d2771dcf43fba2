/**
 * Flags of curl and of other probers that sonde has not, each with what to write instead.
 *
 * @module
 */

const HEAD_IS_SHOWN = "the head is always shown, and --json has it in headers";
const NO_PROXY =
  "proxies are not used, those of the environment neither; --connect-to leads to another server";
const AS_IT_IS = "write -d: @FILE is sent as it is, line ends too";
const BASIC_ONLY = "-u sends Basic credentials; others are written with -H 'Authorization: …'";
const ONE_ONLY = "requests are HTTP/1.1, or HTTP/1.0 with --http1.0";
const QUIET = "there is no progress to silence; -q prints no results either, and the exit code tells";
const TLS_VERSIONS = "sonde conn --only tls tells which versions are accepted";
const BATCH = "a list of targets is for sonde batch FILE";

/** Long names with two dashes, letters with one. */
export const FOREIGN_FLAGS: ReadonlyMap<string, string> = new Map([
  ["-b", "write -H 'Cookie: NAME=VALUE'"],
  ["--cookie", "write -H 'Cookie: NAME=VALUE'"],
  ["-c", "cookies are not kept; how many targets are probed at once is -c of sonde batch"],
  ["--cookie-jar", "cookies are not kept; write -H 'Cookie: NAME=VALUE'"],
  ["--compressed", "write -H 'Accept-Encoding: gzip, br'; --body and expectations decode what comes"],
  ["--data-ascii", AS_IT_IS],
  ["--data-binary", AS_IT_IS],
  ["--data-raw", "write -d; text that begins with @ is put into a file, and -d @FILE sends it"],
  ["--data-urlencode", "write -d with text that is percent-encoded already"],
  ["-D", HEAD_IS_SHOWN],
  ["--dump-header", HEAD_IS_SHOWN],
  ["--anyauth", BASIC_ONLY],
  ["--basic", BASIC_ONLY],
  ["--digest", BASIC_ONLY],
  ["--negotiate", BASIC_ONLY],
  ["--ntlm", BASIC_ONLY],
  ["--oauth2-bearer", "write -H 'Authorization: Bearer TOKEN'"],
  ["--dns-servers", "write --resolve HOST:PORT:ADDR"],
  ["-f", "write -e 'status < 400', and the exit code is 1 otherwise"],
  ["--fail", "write -e 'status < 400', and the exit code is 1 otherwise"],
  ["--fail-with-body", "write -e 'status < 400', and the exit code is 1 otherwise"],
  ["-F", "forms are not put together; send one with -d @FILE and -H 'Content-Type: multipart/form-data; …'"],
  [
    "--form",
    "forms are not put together; send one with -d @FILE and -H 'Content-Type: multipart/form-data; …'",
  ],
  ["-G", "write the data into the query of the URL"],
  ["--get", "write the data into the query of the URL"],
  ["--http0.9", ONE_ONLY],
  ["--http1.1", ONE_ONLY],
  ["--http2", ONE_ONLY],
  ["--http2-prior-knowledge", ONE_ONLY],
  ["--http3", ONE_ONLY],
  ["--include", HEAD_IS_SHOWN],
  ["-J", "sonde get -O takes the name from Content-Disposition by itself"],
  ["--remote-header-name", "sonde get -O takes the name from Content-Disposition by itself"],
  ["-K", "there is no file of settings"],
  ["--config", "there is no file of settings"],
  ["-l", BATCH],
  ["--list", BATCH],
  ["--max-filesize", "write --max-body SIZE"],
  ["-N", "nothing is held back: --wire shows octets as they come"],
  ["--no-buffer", "nothing is held back: --wire shows octets as they come"],
  ["--netrc", "write -u NAME:PASSWORD"],
  ["--no-keepalive", "write -H 'Connection: close'"],
  ["--path-as-is", "paths are sent as they are written"],
  ["-r", "write -H 'Range: bytes=0-99'"],
  ["--range", "write -H 'Range: bytes=0-99'"],
  ["--referer", "write -H 'Referer: URL'"],
  ["-s", QUIET],
  ["--silent", QUIET],
  ["-S", QUIET],
  ["--show-error", QUIET],
  ["-T", "write -X PUT -d @FILE"],
  ["--upload-file", "write -X PUT -d @FILE"],
  ["--tls-max", TLS_VERSIONS],
  ["--tlsv1.0", TLS_VERSIONS],
  ["--tlsv1.1", TLS_VERSIONS],
  ["--tlsv1.2", TLS_VERSIONS],
  ["--tlsv1.3", TLS_VERSIONS],
  ["--trace", "write --wire, or --wire=FILE"],
  ["--trace-ascii", "write --wire, or --wire=FILE"],
  ["--url", "write the URL alone"],
  ["-w", "every fact is in --json: sonde --json URL | jq .status"],
  ["--write-out", "every fact is in --json: sonde --json URL | jq .status"],
  ["-x", NO_PROXY],
  ["--noproxy", NO_PROXY],
  ["--proxy", NO_PROXY],
  ["--socks5", NO_PROXY],
  ["-z", "write -H 'If-Modified-Since: DATE'"],
  ["--time-cond", "write -H 'If-Modified-Since: DATE'"],
  ["-Z", BATCH],
  ["--parallel", BATCH],
  ["--follow", "write -L"],
  ["--follow-redirects", "write -L"],
  ["--method", "write -X METHOD"],
  ["--timeout", "write -m TIME, for one whole exchange"],
]);

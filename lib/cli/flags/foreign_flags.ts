/**
 * The flags of curl and of other probers that sonde lacks, each with its equivalent.
 *
 * @module
 */

const HEAD_IS_SHOWN = "sonde always shows the head; --json has it in headers";
const NO_PROXY =
  "sonde uses no proxy, not even that of the environment; --connect-to connects to another server";
const AS_IT_IS = "write -d, which sends @FILE unchanged, line ends too";
const BASIC_ONLY = "-u sends Basic credentials; for other schemes write -H 'Authorization: …'";
const ONE_ONLY = "sonde sends HTTP/1.1, or HTTP/1.0 with --http1.0";
const QUIET = "there is no progress to silence; -q also prints no results and only sets the exit code";
const TLS_VERSIONS = "sonde conn --only tls shows which versions the server accepts";
const BATCH = "for a list of targets write sonde batch FILE";

/** Keyed by the flag as it is typed: two dashes before a long name, one before a letter. */
export const FOREIGN_FLAGS: ReadonlyMap<string, string> = new Map([
  ["-b", "write -H 'Cookie: NAME=VALUE'"],
  ["--cookie", "write -H 'Cookie: NAME=VALUE'"],
  ["-c", "sonde keeps no cookies; in sonde batch, -c is the number of targets at the same time"],
  ["--cookie-jar", "sonde keeps no cookies; write -H 'Cookie: NAME=VALUE'"],
  ["--compressed", "write -H 'Accept-Encoding: gzip, br'; --body and expectations decode the content"],
  ["--data-ascii", AS_IT_IS],
  ["--data-binary", AS_IT_IS],
  ["--data-raw", "write -d; to send text that begins with @, put it into a file and write -d @FILE"],
  ["--data-urlencode", "write -d with percent-encoded text"],
  ["-D", HEAD_IS_SHOWN],
  ["--dump-header", HEAD_IS_SHOWN],
  ["--anyauth", BASIC_ONLY],
  ["--basic", BASIC_ONLY],
  ["--digest", BASIC_ONLY],
  ["--negotiate", BASIC_ONLY],
  ["--ntlm", BASIC_ONLY],
  ["--oauth2-bearer", "write -H 'Authorization: Bearer TOKEN'"],
  ["--dns-servers", "write --resolve HOST:PORT:ADDR"],
  ["-f", "write -e 'status < 400', which gives exit code 1 otherwise"],
  ["--fail", "write -e 'status < 400', which gives exit code 1 otherwise"],
  ["--fail-with-body", "write -e 'status < 400', which gives exit code 1 otherwise"],
  ["-F", "sonde composes no forms; send one with -d @FILE and -H 'Content-Type: multipart/form-data; …'"],
  [
    "--form",
    "sonde composes no forms; send one with -d @FILE and -H 'Content-Type: multipart/form-data; …'",
  ],
  ["-G", "write the data into the query of the URL"],
  ["--get", "write the data into the query of the URL"],
  ["--http0.9", ONE_ONLY],
  ["--http1.1", ONE_ONLY],
  ["--http2", ONE_ONLY],
  ["--http2-prior-knowledge", ONE_ONLY],
  ["--http3", ONE_ONLY],
  ["--include", HEAD_IS_SHOWN],
  ["-J", "sonde get -O takes the name from Content-Disposition anyway"],
  ["--remote-header-name", "sonde get -O takes the name from Content-Disposition anyway"],
  ["-K", "sonde has no settings file"],
  ["--config", "sonde has no settings file"],
  ["-l", BATCH],
  ["--list", BATCH],
  ["--max-filesize", "write --max-body SIZE"],
  ["-N", "sonde does not buffer: --wire shows octets as they arrive"],
  ["--no-buffer", "sonde does not buffer: --wire shows octets as they arrive"],
  ["--netrc", "write -u NAME:PASSWORD"],
  ["--no-keepalive", "write -H 'Connection: close'"],
  ["--path-as-is", "sonde sends paths as you write them"],
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
  ["-w", "--json has every fact: sonde --json URL | jq .status"],
  ["--write-out", "--json has every fact: sonde --json URL | jq .status"],
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
  ["--timeout", "write -m TIME, the limit for the whole exchange"],
]);

/**
 * Recognizes URLs of protocols whose octets `sonde raw` can send.
 *
 * @module
 */

/** The usual port of each protocol; 0 if it has none. */
const PORTS: Readonly<Record<string, number>> = {
  tcp: 0,
  ssl: 0,
  tls: 0,
  telnet: 23,
  ftp: 21,
  ftps: 990,
  sftp: 22,
  ssh: 22,
  redis: 6379,
  rediss: 6379,
  smtp: 25,
  smtps: 465,
  imap: 143,
  imaps: 993,
  pop3: 110,
  pop3s: 995,
  ldap: 389,
  ldaps: 636,
  mysql: 3306,
  postgres: 5432,
  postgresql: 5432,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  mqtt: 1883,
  mqtts: 8883,
};

/** Protocols that begin with a TLS handshake. */
const OVER_TLS = new Set([
  "ssl",
  "tls",
  "ftps",
  "rediss",
  "smtps",
  "imaps",
  "pop3s",
  "ldaps",
  "amqps",
  "mqtts",
]);

/**
 * Words the command line that speaks with the server of a URL that is neither http nor https.
 *
 * @param url The URL as written.
 * @returns `undefined` if the protocol is another one.
 */
export function adviseRaw(url: string): string | undefined {
  const [, scheme = "", server = ""] = /^([a-z][a-z0-9]*):\/\/(?:[^/?#@]*@)?([^/?#@]+)/i.exec(url) ?? [];
  const protocol = scheme.toLowerCase();
  const port = Object.hasOwn(PORTS, protocol) ? PORTS[protocol] : undefined;
  if (port === undefined) return undefined;
  const tls = OVER_TLS.has(protocol) ? "--tls " : "";
  return `sonde raw ${tls}${/:\d+$/.test(server) ? server : `${server}:${port === 0 ? "PORT" : port}`}`;
}

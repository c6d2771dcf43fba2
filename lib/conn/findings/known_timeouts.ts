/**
 * Idle timeouts of known products, each with the place of its publication. Durations are in milliseconds.
 *
 * @module
 */

import type { Front } from "../front.ts";

/** Proxies and balancers that keep idle connections to a server behind them, by the name that `--behind` accepts. */
export const FRONTS: Readonly<Record<string, Front & { readonly source: string }>> = {
  "aws-alb": {
    name: "AWS Application Load Balancer",
    idle: 60_000,
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  },
  "aws-classic": {
    name: "AWS Classic Load Balancer",
    idle: 60_000,
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html",
  },
  "aws-nlb": {
    name: "AWS Network Load Balancer",
    idle: 350_000,
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html",
    passesThrough: true,
  },
  "azure-lb": {
    name: "Azure Load Balancer",
    idle: 240_000,
    source: "https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset",
    passesThrough: true,
  },
  "cloudflare": {
    name: "Cloudflare",
    idle: 900_000,
    source: "https://developers.cloudflare.com/fundamentals/reference/connection-limits/",
  },
  "envoy": {
    name: "Envoy",
    idle: 3_600_000,
    source: "https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts",
  },
  "google-lb": {
    name: "Google Cloud Application Load Balancer",
    idle: 600_000,
    source: "https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries",
  },
  "nginx": {
    name: "nginx as a proxy",
    idle: 60_000,
    source: "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout",
  },
  "oracle-lb": {
    name: "Oracle Cloud Load Balancer",
    idle: 300_000,
    source: "https://docs.oracle.com/iaas/Content/Balance/Reference/connectionreuse.htm",
  },
};

/** The setting of a server's idle timeout. */
export interface ServerSetting {
  /** Matches the `Server` field. */
  readonly server: RegExp;
  /** Formats the setting for a number of seconds. */
  readonly write: (seconds: number) => string;
  readonly source: string;
}

/** For servers that do not name themselves, such as Node. */
export const SILENT_SERVER_SETTING: Pick<ServerSetting, "write" | "source"> = {
  write: (seconds) => `in Node: server.keepAliveTimeout = ${seconds}_000`,
  source: "https://nodejs.org/api/http.html#serverkeepalivetimeout",
};

/** Servers by the text in `Server`. */
export const SERVER_SETTINGS: readonly ServerSetting[] = [
  {
    server: /^(?:nginx|openresty)\b/i,
    write: (seconds) => `keepalive_timeout ${seconds}s;`,
    source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_timeout",
  },
  {
    server: /^Apache(?!-Coyote)\b/i,
    write: (seconds) => `KeepAliveTimeout ${seconds}`,
    source: "https://httpd.apache.org/docs/2.4/mod/core.html#keepalivetimeout",
  },
  {
    server: /^lighttpd\b/i,
    write: (seconds) => `server.max-keep-alive-idle = ${seconds}`,
    source: "https://redmine.lighttpd.net/projects/lighttpd/wiki/Server_max-keep-alive-idleDetails",
  },
  {
    server: /^Caddy\b/i,
    write: (seconds) => `servers { timeouts { idle ${seconds}s } }`,
    source: "https://caddyserver.com/docs/caddyfile/options#timeouts",
  },
  {
    server: /^uvicorn\b/i,
    write: (seconds) => `--timeout-keep-alive ${seconds}`,
    source: "https://www.uvicorn.org/settings/#timeouts",
  },
  {
    server: /^gunicorn\b/i,
    write: (seconds) => `keepalive = ${seconds}`,
    source: "https://docs.gunicorn.org/en/stable/settings.html#keepalive",
  },
];

/**
 * The services that get notices by HTTP, by their names in a task file.
 *
 * @module
 */

import type { HttpReceiver } from "../../tasks/receiver.ts";
import { DISCORD } from "./discord.ts";
import { NTFY } from "./ntfy.ts";
import { PAGERDUTY } from "./pagerduty.ts";
import type { Service } from "./service.ts";
import { SLACK } from "./slack.ts";
import { TEAMS } from "./teams.ts";
import { TELEGRAM } from "./telegram.ts";
import { WEBHOOK } from "./webhook.ts";

/** The services by name. */
export const SERVICES: { readonly [Type in HttpReceiver["type"]]: Service<Type> } = {
  slack: SLACK,
  discord: DISCORD,
  teams: TEAMS,
  telegram: TELEGRAM,
  ntfy: NTFY,
  pagerduty: PAGERDUTY,
  webhook: WEBHOOK,
};

/** Finds the service of a receiver. */
export function serviceOf<Type extends HttpReceiver["type"]>(type: Type): Service<Type> {
  return SERVICES[type];
}

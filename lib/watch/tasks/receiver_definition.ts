/**
 * The receivers of a task file, the same in JSON and in TypeScript.
 *
 * @module
 */

import type { NoticeKind } from "./notice_kinds.ts";

/** The notices that a receiver gets. */
export interface NoticeChoice {
  /** Kinds of notices; `certificate` stands for both kinds about one. @default all */
  readonly on?: readonly (NoticeKind | "certificate")[] | undefined;
  /** Names or tags of checks. @default all checks */
  readonly only?: readonly string[] | undefined;
}

/** A receiver of notices by HTTP: JSON of the notice, or a text of its own. */
export interface WebhookDefinition extends NoticeChoice {
  /** URL of the receiver, with placeholders as `${check.name}`. */
  readonly url: string;
  /** Method of the request. @default {"POST"} */
  readonly method?: string | undefined;
  /** Additional header fields by name; values may have placeholders. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Content of the request, with placeholders as `${check.name}`: a text, or data for JSON. Values are escaped for the
   * format that `Content-Type` names. @default JSON of the notice
   */
  readonly body?: string | Readonly<Record<string, unknown>> | readonly unknown[] | undefined;
}

/** A receiver by the name of its service. */
export type ReceiverDefinition =
  & NoticeChoice
  & (
    | ({ readonly type: "webhook" } & WebhookDefinition)
    | { readonly type: "command"; readonly command: readonly string[] }
    | ServiceDefinition
  );

/** A service that gets messages of its own form. */
export type ServiceDefinition =
  & {
    /** Additional header fields by name; values may have placeholders. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
  }
  & (
    | {
      /** A chat whose webhook is a URL. */
      readonly type: "slack" | "discord" | "teams";
      /** URL of the webhook or workflow. */
      readonly url: string;
    }
    | {
      readonly type: "telegram";
      /** Token of the bot. */
      readonly token: string;
      /** Number of the chat, or name of the channel. */
      readonly chat: string | number;
      /** URL of another server with the Bot API. @default {"https://api.telegram.org"} */
      readonly url?: string | undefined;
    }
    | {
      readonly type: "ntfy";
      /** URL of the topic. */
      readonly url: string;
      /** Access token. */
      readonly token?: string | undefined;
      /** Title with placeholders. @default the title of the notice */
      readonly title?: string | undefined;
      /** Priority of a check that is down, 1 to 5 or its name. @default {4} */
      readonly priority?: number | string | undefined;
      /** Tags beside the sign of the kind. */
      readonly tags?: readonly string[] | undefined;
    }
    | {
      readonly type: "pagerduty";
      /** Key of the integration. */
      readonly key: string;
      /** Severity of a check that is down. @default {"critical"} */
      readonly severity?: "critical" | "error" | "warning" | "info" | undefined;
      /** URL of another service with the Events API v2. @default {"https://events.pagerduty.com/v2/enqueue"} */
      readonly url?: string | undefined;
    }
  );

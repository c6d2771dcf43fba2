/**
 * The receivers of notices, ready to use: types only.
 *
 * @module
 */

import type { NoticeKind } from "./notice_kinds.ts";

/** The format of a template, which decides how values are escaped. */
export type TemplateSyntax = "json" | "form" | "xml" | "text" | "url" | "header";

/** A piece of a template. A placeholder is `bare` if it stands outside of the texts of a JSON document. */
export type TemplatePart =
  | { readonly text: string }
  | { readonly placeholder: string; readonly bare: boolean };

/** A parsed template; plain data. */
export interface Template {
  readonly syntax: TemplateSyntax;
  readonly parts: readonly TemplatePart[];
}

/** The entry of a receiver in the task file, and the notices that it gets. */
export interface ReceiverEntry {
  /** Place in the task file, as in `webhooks[0]`. */
  readonly place: string;
  /** Kinds of notices that it gets; all if undefined. */
  readonly on?: readonly NoticeKind[] | undefined;
  /** Names or tags of the checks whose notices it gets; all checks if undefined. */
  readonly only?: readonly string[] | undefined;
}

/** The address of a receiver by HTTP. */
export interface Destination {
  readonly url: string;
  /** Header fields by name, one code unit for each octet of a value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Header fields with placeholders; `headers` has them with the values of a sample. */
  readonly headerTemplates?: Readonly<Record<string, Template>> | undefined;
}

/** Any receiver by HTTP that gets JSON or the text of a template. */
export interface WebhookReceiver extends Destination {
  readonly type: "webhook";
  /** URL with placeholders; `url` has the values of a sample. */
  readonly urlTemplate?: Template | undefined;
  /** Method of the request; POST if undefined. */
  readonly method?: string | undefined;
  /** Content of the request; JSON of the notice if undefined. */
  readonly body?: Template | undefined;
}

/** A chat service whose URL says everything. */
export interface ChatReceiver<Type extends "slack" | "discord" | "teams"> extends Destination {
  readonly type: Type;
}

/** A chat with a Telegram bot. */
export interface TelegramReceiver extends Destination {
  readonly type: "telegram";
  /** Number of the chat, or the name of a channel. */
  readonly chat: string;
}

/** A topic of ntfy. */
export interface NtfyReceiver extends Destination {
  readonly type: "ntfy";
  /** Token of a user who may write to the topic. */
  readonly token?: string | undefined;
  /** Title of every message; the notice's own title if undefined. */
  readonly title?: Template | undefined;
  /** Priority of a notice that a check is down, 1 to 5. */
  readonly priority: number;
  /** Tags that every message gets beside those of its kind. */
  readonly tags: readonly string[];
}

/** A service with the Events API v2 of PagerDuty. */
export interface PagerDutyReceiver extends Destination {
  readonly type: "pagerduty";
  /** The key of the integration. */
  readonly key: string;
  /** Severity of a check that is down. */
  readonly severity: "critical" | "error" | "warning" | "info";
}

/** A program that runs for every notice. */
export interface CommandReceiver {
  readonly type: "command";
  readonly command: readonly [program: string, ...args: string[]];
}

/** A receiver by HTTP. */
export type HttpReceiver =
  | WebhookReceiver
  | ChatReceiver<"slack">
  | ChatReceiver<"discord">
  | ChatReceiver<"teams">
  | TelegramReceiver
  | NtfyReceiver
  | PagerDutyReceiver;

/** A receiver of notices. */
export type Receiver = ReceiverEntry & (HttpReceiver | CommandReceiver);

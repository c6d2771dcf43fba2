/**
 * The formats of connection profiles besides text and JSON.
 *
 * @module
 */

import type { ConnectionProfile } from "../result.ts";

/** Their names, as `--format` takes them. */
export const PROFILE_FORMATS = ["md", "har", "junit", "prom", "nagios"] as const;

/** One of {@linkcode PROFILE_FORMATS}. */
export type ProfileFormat = typeof PROFILE_FORMATS[number];

/** The texts of `begin`, `add` for each profile and `end`, one after the other, are the document. */
export interface ProfileDocument {
  readonly begin: string;
  add(profile: ConnectionProfile): string;
  end(): string;
  /** The exit code, if the format has exit codes of its own. */
  readonly code?: (() => number) | undefined;
}

/** Begins a document, and loads what it needs. */
export async function openProfileDocument(format: ProfileFormat): Promise<ProfileDocument> {
  const profiles: ConnectionProfile[] = [];
  switch (format) {
    case "md": {
      const { formatProfileMarkdown } = await import("../report/profile/profile_markdown.ts");
      return { begin: "", add: (profile) => `${formatProfileMarkdown(profile)}\n\n`, end: () => "" };
    }
    case "har": {
      const document = new (await import("../report/profile/profile_har.ts")).ProfileHarDocument();
      return {
        begin: document.begin(),
        add: (profile) => document.add(profile),
        end: () => document.end(),
      };
    }
    case "junit": {
      const document = new (await import("../report/junit.ts")).JunitDocument();
      return {
        begin: document.begin(),
        add: (profile) => document.addProfile(profile),
        end: () => document.end(),
      };
    }
    case "prom": {
      const { formatProfileProm } = await import("../report/prom.ts");
      const add = (profile: ConnectionProfile): string => {
        profiles.push(profile);
        return "";
      };
      return { begin: "", add, end: () => formatProfileProm(profiles) };
    }
    case "nagios": {
      const document = new (await import("../report/profile/profile_nagios.ts")).ProfileNagiosDocument();
      return { begin: "", add: (profile) => document.add(profile), end: () => "", code: () => document.code };
    }
  }
}

/** Whether a format is one of profiles besides text and JSON. */
export function isProfileFormat(format: string | undefined): format is ProfileFormat {
  return PROFILE_FORMATS.some((name) => name === format);
}

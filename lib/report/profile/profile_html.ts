/**
 * Connection profiles as one HTML page, which needs no network.
 *
 * @module
 */

import type { ConnectionProfile } from "../../result.ts";
import { formatDocument, type Formatter } from "../formatter.ts";
import { renderProfile } from "../html/profile/profile_card.ts";
import { type ProfilePage, renderProfiles } from "../html/profile/render_profiles.ts";
import { renderText } from "../html/run/safe_text.ts";
import type { Outcome } from "../html/run/outcome.ts";

/** Most profiles of a page. */
const MOST_PROFILES = 200;

/** The page of connection profiles. All of its text comes at the end. */
export class ProfileHtmlFormatter implements Formatter<ConnectionProfile> {
  readonly #outcomes: Record<Outcome, number> = { failed: 0, unmeasured: 0, degraded: 0, ok: 0 };
  readonly #cards: ProfilePage["cards"][number][] = [];

  /** Begins the document; it has no text yet. */
  begin(): string {
    return "";
  }

  /** Adds a profile to the page. */
  row(profile: ConnectionProfile): string {
    const outcome = outcomeOf(profile);
    this.#outcomes[outcome]++;
    const number = this.#cards.length + 1;
    if (number <= MOST_PROFILES) {
      this.#cards.push({ name: renderText(profile.url), outcome, html: renderProfile(profile, number) });
    }
    return "";
  }

  /** Gives the page. */
  end(): string {
    return renderProfiles({ outcomes: this.#outcomes, cards: this.#cards });
  }
}

function outcomeOf({ ok, error, findings }: ConnectionProfile): Outcome {
  if (error?.by === "local") return "unmeasured";
  if (!ok) return "failed";
  return findings.some(({ severity }) => severity !== "info") ? "degraded" : "ok";
}

/**
 * Formats connection profiles as one HTML page: for each server what is wrong, with advice, and every experiment with its
 * evidence.
 *
 * @returns The text of the whole file
 */
export function formatProfileHtml(profiles: Iterable<ConnectionProfile>): string {
  return formatDocument(new ProfileHtmlFormatter(), profiles);
}

/**
 * Renders the page of connection profiles.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { renderPage } from "../page.ts";
import { type Outcome, OUTCOME_NAMES, OUTCOMES, renderSign } from "../run/outcome.ts";
import { RUN_STYLE } from "../run/style.ts";
import { ZONE_SCRIPT } from "../zone_script.ts";

/** The name of each outcome for a profile. */
const NAMES: Readonly<Record<Outcome, string>> = {
  failed: "failed",
  unmeasured: "not measured",
  degraded: "with findings",
  ok: "without findings",
};

/** The profiles of a page. */
export interface ProfilePage {
  /** Number of all profiles by outcome. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Markup of the profiles that the page shows, each with its name as markup. */
  readonly cards: readonly { readonly name: string; readonly outcome: Outcome; readonly html: string }[];
}

/** Renders the page: the counts, links to the profiles, and the profiles. */
export function renderProfiles({ outcomes, cards }: ProfilePage): string {
  const all = OUTCOME_NAMES.reduce((sum, name) => sum + outcomes[name], 0);
  const worst = OUTCOME_NAMES.find((name) => outcomes[name] > 0) ?? "unmeasured";
  const counts = OUTCOME_NAMES.filter((name) => outcomes[name] > 0).map((name) =>
    `<li class="${OUTCOMES[name].look}">${renderSign(name)}${formatCount(outcomes[name])} ${NAMES[name]}</li>`
  );
  const leftOut = all - cards.length;
  const note = leftOut === 0
    ? ""
    : `<p class="left-out">The page has the first ${formatCount(cards.length)} of them, and leaves out ${
      formatCount(leftOut)
    }.</p>`;
  const links = cards.map(({ name, outcome }, index) =>
    `<li>${renderSign(outcome)}<a href="#p${index + 1}">${name}</a></li>`
  );
  const title = formatQuantity(all, "connection profile");
  const body = `<header><h1>Connections</h1>
<p class="soft" id="zone">Times are UTC.</p>
</header>
<main>
<section class="card overview ${OUTCOMES[worst].look}" aria-label="Overview"><h2>${
    renderSign(worst)
  }${title}</h2><ul class="counts">${counts.join("")}</ul>${note}${
    links.length < 2 ? "" : `<ul>${links.join("")}</ul>`
  }</section>
${cards.map(({ html }) => html).join("\n")}
</main>`;
  return renderPage({ title: `${title} – sonde`, style: RUN_STYLE, script: ZONE_SCRIPT, body });
}

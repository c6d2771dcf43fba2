/**
 * Renders the certificates of the run that need somebody: they end soon, or were not accepted.
 *
 * @module
 */

import { earliestCertificate } from "../../../redirect_chain.ts";
import type { ChainCertificate, ProbeResult } from "../../../result.ts";
import { formatCount } from "../../../text/count.ts";
import { escapeText } from "../../../text/escape/text.ts";
import { describeCertificateEnd } from "../../certificate_end.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
import { renderMessage, renderText } from "./safe_text.ts";

/** A certificate with fewer days left has a place on the page. */
const SOON_DAYS = 30;

/** Most targets that the page names for a certificate. */
const MOST_TARGETS = 5;

/** The rows whose chain depends on one certificate. */
class Dependants extends RowList {
  certificate: ChainCertificate | undefined;

  constructor() {
    super(MOST_TARGETS);
  }
}

/** Gathers the certificates of a run. */
export class CertificateTally {
  readonly #soon = new GroupedRows(() => new Dependants());
  readonly #refused = new GroupedRows(() => new RowList(MOST_TARGETS));

  /** Adds the certificates of a row, of all its hops. */
  add(result: ProbeResult, row: RowName): void {
    const { tls } = result;
    if (tls?.verifyError !== undefined) this.#refused.of(tls.verifyError)?.add(row);
    const earliest = earliestCertificate(result);
    if (earliest === undefined || earliest.daysLeft >= SOON_DAYS) return;
    const group = this.#soon.of(earliest.sha256);
    if (group === undefined) return;
    group.certificate ??= earliest;
    group.add(row);
  }

  /** Renders the certificates, at first those that end first; an empty text if none needs somebody. */
  render(links: RowLinks): string {
    const soon = this.#soon.sorted().flatMap(([, rows]) => {
      const { certificate } = rows;
      return certificate === undefined ? [] : [{ certificate, rows }];
    }).sort((one, other) => one.certificate.daysLeft - other.certificate.daysLeft);
    const items = [
      ...soon.map(({ certificate, rows }) =>
        renderItem(renderText(certificate.subject), {
          cause: escapeText(describeCertificateEnd(certificate)),
          rows,
          links,
        })
      ),
      ...this.#refused.sorted().map(([cause, rows]) =>
        renderItem("Not accepted", { cause: escapeText(cause), rows, links })
      ),
    ];
    return items.length === 0
      ? ""
      : `<section class="card" id="certificates"><h2>Certificates</h2><ul class="parts">${
        items.join("")
      }</ul></section>`;
  }
}

function renderItem(
  title: string,
  { cause, rows, links }: { readonly cause: string; readonly rows: RowList; readonly links: RowLinks },
): string {
  return `<li><h3>${title} <b class="pill">${formatCount(rows.count)}</b></h3><p class="degraded">${
    renderMessage(cause)
  }</p><p class="soft">${rows.renderInline(links)}</p></li>`;
}

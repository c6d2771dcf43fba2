/**
 * The script that moves the times of a page to the zone of the reader.
 *
 * @module
 */

import type { PageScript } from "./page.ts";

/**
 * The script for the times of a page. Without it, every time on the page is UTC and says so.
 *
 * It moves the times to the zone of the reader, and says how old the page is.
 */
export const ZONE_SCRIPT: PageScript = {
  text: `"use strict";
{
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const two = (number) => String(number).padStart(2, "0");
  const made = document.getElementById("made");
  if (zone && !/^(Etc\\/)?(UTC|UCT|Zulu|Universal)$/.test(zone)) {
    for (const time of document.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      const utc = time.textContent;
      const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
      const parts = [at.getHours(), at.getMinutes(), at.getSeconds()].slice(0, utc.length > 20 ? 3 : 2);
      const own = day + " " + parts.map(two).join(":");
      if (own + " UTC" === utc) continue;
      time.title = utc;
      time.textContent = own;
      if (time.className !== "both") continue;
      const beside = document.createElement("span");
      beside.className = "utc";
      beside.textContent = "(" + (utc.startsWith(day) ? utc.slice(11) : utc) + ")";
      time.after(" ", beside);
    }
    const note = document.getElementById("zone");
    note.textContent = "Times are in your zone, " + zone + "; point at one to see it in UTC. " +
      (note.dataset.days ?? "");
  }
  const moment = made?.querySelector("time");
  const minutes = moment ? Math.floor((Date.now() - new Date(moment.dateTime)) / 60000) : 0;
  const [amount, unit] = minutes < 120 ? [minutes, "minutes"]
    : minutes < 2880 ? [Math.floor(minutes / 60), "hours"] : [Math.floor(minutes / 1440), "days"];
  if (minutes >= 10) made.append(", " + amount + " " + unit + " ago");
}
`,
  sha256: "5XmSmpKBx1fVrNnLYPjq6HWHpk3bOeuFdBgLb0v/bJI=",
};

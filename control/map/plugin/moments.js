// Named moments of the theatre: small ticks above the histogram, each with its day and headline for the pointer. With keys one
// comes to a moment by the slider, whose text names it.
import * as Days from "./days.js";
import * as Dom from "./dom.js";

// What is said of a moment: `10 June 2014: Alpha falls (Early paper)`.
/** @param {Moment} moment @param {number} start */
export const words = ([day, headline, source], start) => `${Days.words(start + day)}: ${headline} (${source})`;

// The headlines of a day.
/** @param {Moment[] | undefined} moments @param {number} day */
export const on = (moments, day) => (moments ?? []).filter(([at]) => at === day).map(([, headline]) => headline);

// The ticks of all moments; a press goes to the day of one.
/** @param {Model} model @param {(day: number) => void} go */
export function create(model, go) {
  const last = Math.max(1, model.length - 1);
  const ticks = (model.payload.moments ?? []).map((moment) => {
    const tick = Dom.h("div", { class: "cm-moment", title: words(moment, model.start), onclick: () => go(moment[0]) });
    tick.style.setProperty("--at", String(moment[0] / last));
    return tick;
  });
  return Dom.h("div", { class: "cm-moments", "aria-hidden": "true" }, ...ticks);
}

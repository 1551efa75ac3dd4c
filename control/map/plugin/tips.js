// What a place is on the day shown: a small card at its mark, for the pointer and for the selected place.
import * as Days from "./days.js";
import * as Dom from "./dom.js";
import * as Filter from "./filter.js";
import * as Intervals from "./intervals.js";
import * as Presence from "./presence.js";
import * as Row from "./row.js";
import * as Words from "./words.js";

// What is to be said of a place on the day shown, and since when.
/** @param {Model} model @param {number} index @param {{day: number, estimates: boolean}} state */
export function describe(model, index, state) {
  const rows = model.payload.intervals[index];
  const at = Intervals.indexAt(rows, state.day);
  const { told: instead } = model.payload;
  if (instead) {
    const first = Intervals.heldSince(rows, at);
    const standing = rows[at][Row.ACTOR] < 0 || first === 0 ? "" : `${model.actors[rows[at][Row.ACTOR]].name} since ${Days.words(model.start + first)}`;
    return [instead.texts[instead.rows[index][at]], standing];
  }
  const [, , actor, probability, second] = rows[at];
  const status = Filter.statusOf(model, state, rows[at]);
  if (status === "estimated") {
    /** @type {[string | null, number][]} */
    const sources = model.places[index].drivers.map(([other, km]) => [other === index ? null : model.places[other].name, km]);
    return [Words.estimate(actor, probability, sources, model.actors), ""];
  }
  const since = Intervals.heldSince(rows, at);
  const notes = [since === 0 ? "" : `since ${Days.words(model.start + since)}`,
    Words.stale(rows[at][Row.STALENESS] ?? 0, model.payload.stale_after ?? []),
    ...Presence.names(model.payload.presence ?? [], index, state.day, model.actors).map((name) => `fighters of ${name} there`)];
  return [Words.assessment(status, actor, second, probability, model.actors), notes.filter(Boolean).join("; ")];
}

export class Tip {
  /** @param {HTMLElement} container @param {string} className */
  constructor(container, className) {
    this.title = Dom.h("strong");
    this.status = Dom.h("div");
    this.since = Dom.h("div", { class: "cm-tip-faint" });
    this.element = Dom.h("div", { class: `cm-tip ${className}`, hidden: true }, this.title, this.status, this.since);
    container.append(this.element);
    this.container = container;
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {Model} model @param {number} index @param {State} state @param {L.Point} point @param {number} gap */
  show(model, index, state, point, gap) {
    const dates = state.other === null ? [state] : [state, state.other].sort((a, b) => a.day - b.day);
    const texts = dates.map((date) => describe(model, index, date));
    const [status, since] = state.other === null ? texts[0]
      : dates.map((date, n) => `${Days.words(model.start + date.day)}: ${texts[n][0]}`);
    Dom.setText(this.title, model.places[index].name);
    Dom.setText(this.status, status);
    Dom.setText(this.since, since);
    this.since.classList.toggle("cm-tip-faint", state.other === null);
    this.element.hidden = false;
    this.put(point, gap);
  }

  // Above the mark, or below where there is no room; never beyond the map's edge.
  /** @param {L.Point} point @param {number} gap */
  put(point, gap) {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const room = { width: this.container.clientWidth, height: this.container.clientHeight };
    const outside = point.x < 0 || point.y < 0 || point.x > room.width || point.y > room.height;
    this.element.style.visibility = outside ? "hidden" : "visible";
    const left = Math.max(6, Math.min(room.width - width - 6, point.x - width / 2));
    const above = point.y - gap - height;
    const top = above >= 6 ? above : point.y + gap;
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}

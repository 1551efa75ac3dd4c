// What a map shows: its date, who is switched off, which place is chosen, and the date that is compared with.
import * as Days from "./days.js";
import * as Model from "./model.js";

const ESTIMATES = "estimates"; // stands among the ids of hidden actors
export const MODES = ["changes", "swipe"]; // how two dates are compared

/**
 * The state in which a map opens.
 * @param {Model} model
 * @param {string} date ISO date
 * @returns {State}
 */
export function opening(model, date) {
  const wanted = Days.parse(date);
  const day = wanted === null ? 0 : Math.max(0, Math.min(model.length - 1, wanted - model.start));
  return {
    day, rows: Model.rowsAt(model, day), shownDay: day, selected: null, hidden: new Set(), estimates: true, other: null,
    mode: MODES[0],
  };
}

/**
 * Ids of what is switched off.
 * @param {Model} model
 * @param {State} state
 */
export function hiddenIds(model, state) {
  const actors = [...state.hidden].map((index) => model.actors[index].id);
  return state.estimates ? actors : [...actors, ESTIMATES];
}

/**
 * Switch off what has these ids, and everything else on.
 * @param {Model} model
 * @param {State} state
 * @param {string[]} ids
 */
export function hide(model, state, ids) {
  state.hidden = new Set(model.actors.flatMap((actor, index) => (ids.includes(actor.id) ? [index] : [])));
  state.estimates = !ids.includes(ESTIMATES);
}

/**
 * The number of a day in the map's own count; null when it is no day of the map.
 * @param {Model} model
 * @param {unknown} date
 */
export function dayOf(model, date) {
  const day = typeof date === "string" ? Days.parse(date) : null;
  return day !== null && day >= model.start && day < model.start + model.length ? day - model.start : null;
}

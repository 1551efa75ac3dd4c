// Two dates compared: whose each place was on the earlier one, and whose on the later one.
import * as Days from "./days.js";
import * as Row from "./row.js";

export const NOBODY = -1;

// The actor that a row names, or NOBODY. A contested place counts as its last holder's and a divided one as that of
// the largest part, as in the list of changes.
/** @param {string[]} statuses @param {Row} row @param {boolean} estimates */
export function holder(statuses, row, estimates) {
  const status = statuses[row[Row.STATUS]];
  return status === "unknown" || (status === "estimated" && !estimates) ? NOBODY : row[Row.ACTOR];
}

// A change that rests on an estimate on either date is an estimate itself.
/** @param {string[]} statuses @param {Row} before @param {Row} after @param {boolean} estimates */
export function isEstimated(statuses, before, after, estimates) {
  return estimates && (statuses[before[Row.STATUS]] === "estimated" || statuses[after[Row.STATUS]] === "estimated");
}

// Whether the filter of the legend leaves a change to be seen: it goes when nobody who is shown has a part in it.
/** @param {number} from @param {number} to @param {Set<number>} hidden */
export function isShown(from, to, hidden) {
  return from !== to && ((from >= 0 && !hidden.has(from)) || (to >= 0 && !hidden.has(to)));
}

// What every actor gained and lost between two lists of rows, one a place. `places[i]` has `area` (km2).
// -> by reports alone {gained, lost}, which are of places that passed from one actor to another, and {known, faded}: the
// holder is told of on the later date alone, or on the earlier one alone. {estimatedGained, estimatedLost}: what passed
// where one date or both rest on an estimate. All of them {places, area} by actor. {changed}: places with another holder.
/**
 * @param {{area: number}[]} places
 * @param {number} actorCount
 * @param {string[]} statuses
 * @param {Row[]} before
 * @param {Row[]} after
 * @param {boolean} estimates
 */
export function gainsAndLosses(places, actorCount, statuses, before, after, estimates) {
  const sums = () => ({ places: new Array(actorCount).fill(0), area: new Array(actorCount).fill(0) });
  const result = {
    gained: sums(), lost: sums(), known: sums(), faded: sums(), estimatedGained: sums(), estimatedLost: sums(),
    changed: /** @type {number[]} */ ([]),
  };
  /** @type {(sum: Sums, actor: number, place: number) => void} */
  const add = (sum, actor, place) => {
    sum.places[actor] += 1;
    sum.area[actor] += places[place].area;
  };
  for (let place = 0; place < places.length; place += 1) {
    if (before[place] === after[place]) continue;
    const [from, to] = [before, after].map((rows) => holder(statuses, rows[place], false));
    if (from !== to) {
      if (from >= 0) add(to >= 0 ? result.lost : result.faded, from, place);
      if (to >= 0) add(from >= 0 ? result.gained : result.known, to, place);
    }
    const [seenFrom, seenTo] = [before, after].map((rows) => holder(statuses, rows[place], estimates));
    if (seenFrom === seenTo) continue;
    result.changed.push(place);
    if (seenFrom < 0 || seenTo < 0 || !isEstimated(statuses, before[place], after[place], estimates)) continue;
    add(result.estimatedLost, seenFrom, place);
    add(result.estimatedGained, seenTo, place);
  }
  return result;
}

// The second date somebody means who has not said which: a year before, or the far end where there is no such day.
/** @param {number} start @param {number} length @param {number} day */
export function usualDay(start, length, day) {
  const yearBefore = Days.addMonths(start + day, -12) - start;
  if (yearBefore >= 0) return yearBefore;
  return day > 0 ? 0 : length - 1;
}

// Who holds what on a day. A place's rows (see row.js) are sorted, the first at day 0; each holds until the next one
// starts, so a hand-over day belongs to the new holder.
import * as Row from "./row.js";

// Index of the row that holds on `day`: the last one that starts on or before it.
/** @param {Row[]} rows @param {number} day */
export function indexAt(rows, day) {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle][Row.START] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Index of the first element of a sorted list that is greater than `value`.
/** @param {number[]} sorted @param {number} value */
export function upperBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Whether two rows say the same of the ground. A new probability alone is no change, nor is staleness.
/** @param {Row} a @param {Row} b */
function sameHolding(a, b) {
  return a[Row.STATUS] === b[Row.STATUS] && a[Row.ACTOR] === b[Row.ACTOR] && a[Row.SECOND] === b[Row.SECOND];
}

// Day since which the holding of row `at` has lasted without a change.
/** @param {Row[]} rows @param {number} at */
export function heldSince(rows, at) {
  let first = at;
  while (first > 0 && sameHolding(rows[first - 1], rows[at])) first -= 1;
  return rows[first][Row.START];
}

// [day, place] of every change of status or actor, by day. Nobody reported a change to an estimate.
/** @param {Row[][]} intervals @param {string[]} statuses */
export function changes(intervals, statuses) {
  /** @type {[day: number, place: number][]} */
  const found = [];
  intervals.forEach((rows, place) => {
    for (let i = 1; i < rows.length; i += 1) {
      if (!sameHolding(rows[i - 1], rows[i]) && statuses[rows[i][Row.STATUS]] !== "estimated") {
        found.push([rows[i][Row.START], place]);
      };
    }
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

// The places by the days on which a row of theirs starts, day 0 left out: those of day d are place[first[d]] up to
// place[first[d + 1] - 1].
/** @param {Row[][]} intervals @param {number} length */
export function starts(intervals, length) {
  const first = new Int32Array(length + 2);
  /** @type {(visit: (day: number, place: number) => void) => void} */
  const each = (visit) => intervals.forEach((rows, place) => {
    for (let i = 1; i < rows.length; i += 1) if (rows[i][Row.START] < length) visit(rows[i][Row.START], place);
  });
  each((day) => { first[day + 1] += 1; });
  for (let day = 0; day <= length; day += 1) first[day + 1] += first[day];
  const place = new Int32Array(first[length + 1]);
  const next = first.slice();
  each((day, which) => { place[next[day]++] = which; });
  return { first, place };
}

// Bring `rows`, one a place, from one day to another; returns the places whose row is another one now.
/**
 * @param {Row[]} rows
 * @param {Row[][]} intervals
 * @param {{first: Int32Array, place: Int32Array}} index
 * @param {number} from
 * @param {number} to
 */
export function move(rows, intervals, index, from, to) {
  const [low, high] = [index.first[Math.min(from, to) + 1], index.first[Math.max(from, to) + 1]];
  /** @type {number[]} */
  const changed = [];
  const look = (/** @type {number} */ place) => {
    const row = intervals[place][indexAt(intervals[place], to)];
    if (row === rows[place]) return;
    rows[place] = row;
    changed.push(place);
  };
  if (high - low < rows.length) for (let i = low; i < high; i += 1) look(index.place[i]);
  else for (let place = 0; place < rows.length; place += 1) look(place);
  return changed;
}

/** @param {number[][]} changeList */
export function distinctDays(changeList) {
  return [...new Set(changeList.map((change) => change[0]))].sort((a, b) => a - b);
}

// The next day after `day` on which something changed, or null.
/** @param {number[]} days @param {number} day */
export function nextChange(days, day) {
  const index = upperBound(days, day);
  return index < days.length ? days[index] : null;
}

/** @param {number[]} days @param {number} day */
export function previousChange(days, day) {
  const index = upperBound(days, day - 1) - 1;
  return index >= 0 ? days[index] : null;
}

// What each actor has on the day shown, reports and estimates apart. It is kept up to date by what changed, for looking
// at every place at every step would cost more than painting. `places[i]` has `reported` and `area`.
export class Tally {
  /** @param {Counted[]} places @param {number} actorCount @param {string[]} statuses */
  constructor(places, actorCount, statuses) {
    const sums = () => ({ places: new Array(actorCount).fill(0), area: new Array(actorCount).fill(0) });
    this.places = places;
    this.statuses = statuses;
    this.assessed = sums();
    this.estimated = sums();
    this.named = new Array(actorCount).fill(0); // places of which a row names the actor, whoever holds them
    this.reported = new Array(statuses.length).fill(0); // reported places by status
    this.seen = new Array(places.length).fill(null);
    // Which of the two a status counts for.
    this.sums = statuses.map((status) => (status === "controlled" || status === "besieged" ? this.assessed
      : status === "estimated" ? this.estimated : null));
  }

  /** @param {Row} row @param {Counted} place @param {number} sign */
  add(row, place, sign) {
    if (place.reported) this.reported[row[Row.STATUS]] += sign;
    if (row[Row.ACTOR] >= 0) this.named[row[Row.ACTOR]] += sign;
    if (row[Row.SECOND] >= 0) this.named[row[Row.SECOND]] += sign;
    const sum = this.sums[row[Row.STATUS]];
    const actor = row[Row.ACTOR];
    if (sum === null || actor < 0) return;
    sum.places[actor] += sign;
    sum.area[actor] += sign * place.area;
  }

  // `changed` are the places whose row may be another one; null for all.
  /** @param {Row[]} rows @param {number[] | null} changed */
  update(rows, changed) {
    for (const index of changed ?? rows.keys()) {
      if (this.seen[index] !== null) this.add(this.seen[index], this.places[index], -1);
      this.add(rows[index], this.places[index], 1);
      this.seen[index] = rows[index];
    }
  }

  // How many reported places nobody can be counted for. Without `estimates`, nothing is known of what is estimated.
  /** @param {boolean} estimates */
  open(estimates) {
    const count = (/** @type {string} */ name) => this.reported[this.statuses.indexOf(name)] ?? 0;
    return { contested: count("contested"), divided: count("divided"), unknown: count("unknown") + (estimates ? 0 : count("estimated")) };
  }
}

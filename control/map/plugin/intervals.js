// Who holds what on a day. A place's rows are [startDay, status, actor, probability, secondActor, staleness], sorted, the
// first at day 0; each holds until the next one starts, so a hand-over day belongs to the new holder.
const Intervals = (() => {
  // Index of the row that holds on `day`: the last one that starts on or before it.
  function indexAt(rows, day) {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (rows[middle][0] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // Index of the first element of a sorted list that is greater than `value`.
  function upperBound(sorted, value) {
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
  function sameHolding(a, b) {
    return a[1] === b[1] && a[2] === b[2] && a[4] === b[4];
  }

  // Day since which the holding of row `at` has lasted without a change.
  function heldSince(rows, at) {
    let first = at;
    while (first > 0 && sameHolding(rows[first - 1], rows[at])) first -= 1;
    return rows[first][0];
  }

  // [day, place] of every change of status or actor, by day. Nobody reported a change to an estimate.
  function changes(intervals, statuses) {
    const found = [];
    intervals.forEach((rows, place) => {
      for (let i = 1; i < rows.length; i += 1) {
        if (!sameHolding(rows[i - 1], rows[i]) && statuses[rows[i][1]] !== "estimated") found.push([rows[i][0], place]);
      }
    });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  // The places by the days on which a row of theirs starts, day 0 left out: those of day d are place[first[d]] up to
  // place[first[d + 1] - 1].
  function starts(intervals, length) {
    const first = new Int32Array(length + 2);
    const each = (visit) => intervals.forEach((rows, place) => {
      for (let i = 1; i < rows.length; i += 1) if (rows[i][0] < length) visit(rows[i][0], place);
    });
    each((day) => { first[day + 1] += 1; });
    for (let day = 0; day <= length; day += 1) first[day + 1] += first[day];
    const place = new Int32Array(first[length + 1]);
    const next = first.slice();
    each((day, which) => { place[next[day]++] = which; });
    return { first, place };
  }

  // Bring `rows`, one a place, from one day to another; returns the places whose row is another one now.
  function move(rows, intervals, index, from, to) {
    const [low, high] = [index.first[Math.min(from, to) + 1], index.first[Math.max(from, to) + 1]];
    const changed = [];
    const look = (place) => {
      const row = intervals[place][indexAt(intervals[place], to)];
      if (row === rows[place]) return;
      rows[place] = row;
      changed.push(place);
    };
    if (high - low < rows.length) for (let i = low; i < high; i += 1) look(index.place[i]);
    else for (let place = 0; place < rows.length; place += 1) look(place);
    return changed;
  }

  function distinctDays(changeList) {
    return [...new Set(changeList.map((change) => change[0]))].sort((a, b) => a - b);
  }

  // The next day after `day` on which something changed, or null.
  function nextChange(days, day) {
    const index = upperBound(days, day);
    return index < days.length ? days[index] : null;
  }

  function previousChange(days, day) {
    const index = upperBound(days, day - 1) - 1;
    return index >= 0 ? days[index] : null;
  }

  // What each actor has on the day shown, reports and estimates apart. It is kept up to date by what changed, for looking
  // at every place at every step would cost more than painting. `places[i]` has `reported` and `area`.
  class Tally {
    constructor(places, actorCount, statuses) {
      const sums = () => ({ places: new Array(actorCount).fill(0), area: new Array(actorCount).fill(0) });
      this.places = places;
      this.statuses = statuses;
      this.assessed = sums();
      this.estimated = sums();
      this.reported = new Array(statuses.length).fill(0); // reported places by status
      this.seen = new Array(places.length).fill(null);
      // Which of the two a status counts for.
      this.sums = statuses.map((status) => (status === "controlled" || status === "besieged" ? this.assessed
        : status === "estimated" ? this.estimated : null));
    }

    add(row, place, sign) {
      if (place.reported) this.reported[row[1]] += sign;
      const sum = this.sums[row[1]];
      if (sum === null || row[2] < 0) return;
      sum.places[row[2]] += sign;
      sum.area[row[2]] += sign * place.area;
    }

    // `changed` are the places whose row may be another one; null for all.
    update(rows, changed) {
      for (const index of changed ?? rows.keys()) {
        if (this.seen[index] !== null) this.add(this.seen[index], this.places[index], -1);
        this.add(rows[index], this.places[index], 1);
        this.seen[index] = rows[index];
      }
    }

    // How many reported places nobody can be counted for. Without `estimates`, nothing is known of what is estimated.
    open(estimates) {
      const count = (name) => this.reported[this.statuses.indexOf(name)] ?? 0;
      return { contested: count("contested"), unknown: count("unknown") + (estimates ? 0 : count("estimated")) };
    }
  }

  return { indexAt, upperBound, heldSince, changes, starts, move, distinctDays, nextChange, previousChange, Tally };
})();
if (typeof module !== "undefined") module.exports = Intervals;

// Who holds what on a day. A place's rows are [startDay, status, actor, probability, secondActor], sorted, the first
// at day 0; each holds until the next one starts, so a hand-over day belongs to the new holder.
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

  // Whether two rows say the same of the ground. A new probability alone is no change.
  function sameHolding(a, b) {
    return a[1] === b[1] && a[2] === b[2] && a[4] === b[4];
  }

  // Day since which the holding of row `at` has lasted without a change.
  function heldSince(rows, at) {
    let first = at;
    while (first > 0 && sameHolding(rows[first - 1], rows[at])) first -= 1;
    return rows[first][0];
  }

  // [day, place] of every change of status or actor, by day.
  function changes(intervals) {
    const found = [];
    intervals.forEach((rows, place) => {
      for (let i = 1; i < rows.length; i += 1) {
        if (!sameHolding(rows[i - 1], rows[i])) found.push([rows[i][0], place]);
      }
    });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
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

  // Places by actor on the rows shown, and by status for those that no actor can be counted for.
  function tally(rows, actorCount, statuses) {
    const actors = new Array(actorCount).fill(0);
    const byStatus = Object.fromEntries(statuses.map((name) => [name, 0]));
    for (const row of rows) {
      const status = statuses[row[1]];
      byStatus[status] += 1;
      if ((status === "controlled" || status === "besieged") && row[2] >= 0) actors[row[2]] += 1;
    }
    return { actors, byStatus };
  }

  return { indexAt, upperBound, heldSince, changes, distinctDays, nextChange, previousChange, tally };
})();
if (typeof module !== "undefined") module.exports = Intervals;

// Two dates compared: whose each place was on the earlier one, and whose on the later one.
const Compare = (() => {
  const NOBODY = -1;

  // The actor that a row names, or NOBODY. A contested place counts as its last holder's, as in the list of changes.
  function holder(statuses, row, estimates) {
    const status = statuses[row[1]];
    return status === "unknown" || (status === "estimated" && !estimates) ? NOBODY : row[2];
  }

  // A change that rests on an estimate on either date is an estimate itself.
  function isEstimated(statuses, before, after, estimates) {
    return estimates && (statuses[before[1]] === "estimated" || statuses[after[1]] === "estimated");
  }

  // Whether the filter of the legend leaves a change to be seen: it goes when nobody who is shown has a part in it.
  function isShown(from, to, hidden) {
    return from !== to && ((from >= 0 && !hidden.has(from)) || (to >= 0 && !hidden.has(to)));
  }

  // What every actor gained and lost between two lists of rows, one a place. `places[i]` has `reported` and `area` (km2).
  // -> {gained, lost}, each with `assessed` and `estimated` of {places, area} by actor; {changed}, the places that have
  // another holder; {open}, how many of them had none on one of the dates.
  function gainsAndLosses(places, actorCount, statuses, before, after, estimates) {
    const sums = () => ({ places: new Array(actorCount).fill(0), area: new Array(actorCount).fill(0) });
    const both = () => ({ assessed: sums(), estimated: sums() });
    const result = { gained: both(), lost: both(), changed: [], open: 0 };
    for (let place = 0; place < places.length; place += 1) {
      if (before[place] === after[place]) continue;
      const from = holder(statuses, before[place], estimates);
      const to = holder(statuses, after[place], estimates);
      if (from === to) continue;
      result.changed.push(place);
      if (from < 0 || to < 0) result.open += 1;
      const part = isEstimated(statuses, before[place], after[place], estimates) ? "estimated" : "assessed";
      for (const [side, actor] of [[result.lost, from], [result.gained, to]]) {
        if (actor < 0) continue;
        side[part].places[actor] += 1;
        side[part].area[actor] += places[place].area;
      }
    }
    return result;
  }

  // The second date somebody means who has not said which: a year before, or the far end where there is no such day.
  function usualDay(start, length, day) {
    const yearBefore = Days.addMonths(start + day, -12) - start;
    if (yearBefore >= 0) return yearBefore;
    return day > 0 ? 0 : length - 1;
  }

  return { NOBODY, holder, isEstimated, isShown, gainsAndLosses, usualDay };
})();
if (typeof module !== "undefined") module.exports = Compare;

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Intervals from "../../control/map/plugin/intervals.js";

const STATUSES = ["unknown", "controlled", "contested", "besieged", "estimated"];
// Government from day 0; fought over with IS from day 10; IS from day 12, surer from day 20; besieged from day 30.
const TOWN = [[0, 1, 0, 0.9, -1], [10, 2, 0, 0.5, 1], [12, 1, 1, 0.8, -1], [20, 1, 1, 0.95, -1], [30, 3, 1, 0.7, 0]];

test("the row that holds on a day is the last that has started", () => {
  for (const [day, row] of [[0, 0], [9, 0], [10, 1], [11, 1], [12, 2], [29, 3], [30, 4], [5000, 4]]) {
    assert.equal(Intervals.indexAt(TOWN, day), row, `day ${day}`);
  }
});

test("a hand-over day belongs to the new holder", () => {
  assert.equal(TOWN[Intervals.indexAt(TOWN, 12)][2], 1);
});

test("binary search agrees with looking through", () => {
  const rows = Array.from({ length: 101 }, (_, n) => [n * 7, 1, n % 3, 1, -1]);
  for (let day = 0; day < 800; day += 1) {
    const slow = rows.reduce((found, row, n) => (row[0] <= day ? n : found), 0);
    assert.equal(Intervals.indexAt(rows, day), slow);
  }
});

test("changes are changes of status or actor, not of probability", () => {
  const towns = [TOWN, [[0, 0, -1, 0, -1], [10, 1, 1, 1, -1]]];
  assert.deepEqual(Intervals.changes(towns, STATUSES), [[10, 0], [10, 1], [12, 0], [30, 0]]);
});

test("an estimate is no change that anybody reported", () => {
  assert.deepEqual(Intervals.changes([[[0, 0, -1, 0, -1], [4, 4, 1, 0.8, -1], [9, 1, 1, 0.9, -1]]], STATUSES), [[9, 0]]);
});

test("next and previous change leave the day itself out and end in null", () => {
  const days = Intervals.distinctDays([[10, 0], [10, 1], [12, 0], [30, 0]]);
  assert.deepEqual(days, [10, 12, 30]);
  assert.equal(Intervals.nextChange(days, 0), 10);
  assert.equal(Intervals.nextChange(days, 10), 12);
  assert.equal(Intervals.nextChange(days, 30), null);
  assert.equal(Intervals.previousChange(days, 31), 30);
  assert.equal(Intervals.previousChange(days, 12), 10);
  assert.equal(Intervals.previousChange(days, 10), null);
  assert.equal(Intervals.nextChange([], 5), null);
});

test("contested places count for nobody, besieged ones for the side inside, estimates apart", () => {
  const rows = [TOWN[0], TOWN[1], TOWN[4], [0, 0, -1, 0, -1], [0, 4, 1, 0.8, -1], [0, 0, -1, 0, -1], [0, 4, 0, 0.8, -1]];
  const places = [10, 20, 30, 40, 50, 60, 70].map((area, n) => ({ area, reported: n < 4 || n === 6 }));
  const tally = new Intervals.Tally(places, 2, STATUSES);
  tally.update(rows, null);
  assert.deepEqual(tally.assessed, { places: [1, 1], area: [10, 30] });
  assert.deepEqual(tally.estimated, { places: [1, 1], area: [70, 50] });
  // Of a place that nobody reported, that nothing is known is no news; of a reported one that was only estimated it is.
  assert.deepEqual(tally.open(true), { contested: 1, divided: 0, unknown: 1 });
  assert.deepEqual(tally.open(false), { contested: 1, divided: 0, unknown: 2 });
});

test("a tally kept up to date is the tally made anew", () => {
  const intervals = [TOWN, [[0, 0, -1, 0, -1], [11, 4, 1, 0.9, -1], [25, 1, 1, 1, -1]], [[0, 1, 0, 1, -1]]];
  const places = [10, 20, 30].map((area) => ({ area, reported: true }));
  const index = Intervals.starts(intervals, 40);
  const rows = intervals.map((one) => one[0]);
  const kept = new Intervals.Tally(places, 2, STATUSES);
  kept.update(rows, null);
  for (const [from, to] of [[0, 12], [12, 10], [10, 39], [39, 26], [26, 0]]) {
    kept.update(rows, Intervals.move(rows, intervals, index, from, to));
    const anew = new Intervals.Tally(places, 2, STATUSES);
    anew.update(rows, null);
    for (const part of ["assessed", "estimated", "reported"]) assert.deepEqual(kept[part], anew[part], `day ${to}`);
  }
});

test("moving from day to day finds every row, and names just those that changed", () => {
  const intervals = [TOWN, [[0, 0, -1, 0, -1], [10, 1, 1, 1, -1]], [[0, 1, 0, 1, -1]]];
  const index = Intervals.starts(intervals, 40);
  const at = (day) => intervals.map((rows) => rows[Intervals.indexAt(rows, day)]);
  for (let from = 0; from < 40; from += 1) {
    for (let to = 0; to < 40; to += 1) {
      const rows = at(from);
      const changed = Intervals.move(rows, intervals, index, from, to);
      assert.deepEqual(rows, at(to), `${from} to ${to}`);
      assert.deepEqual(changed.sort(), [0, 1, 2].filter((place) => at(from)[place] !== at(to)[place]));
    }
  }
});

test("a holding has lasted since its first row, whatever its probability did", () => {
  // Expected: held by actor 0 since day 5, though the rows of days 9 and 20 follow with other probabilities.
  const rows = [[0, 0, -1, 0, -1], [5, 1, 0, 0.9, -1], [9, 1, 0, 0.8, -1], [20, 1, 0, 0.7, -1]];
  assert.equal(Intervals.heldSince(rows, 3), 5);
  assert.equal(Intervals.heldSince(rows, 0), 0);
});

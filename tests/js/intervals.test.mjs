import assert from "node:assert/strict";
import { test } from "node:test";
import Intervals from "../../control/map/plugin/intervals.js";

const STATUSES = ["unknown", "controlled", "contested", "besieged"];
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
  assert.deepEqual(Intervals.changes([TOWN, [[0, 0, -1, 0, -1], [10, 1, 1, 1, -1]]]), [[10, 0], [10, 1], [12, 0], [30, 0]]);
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

test("contested places count for nobody, besieged ones for the side inside", () => {
  const rows = [TOWN[0], TOWN[1], TOWN[4], [0, 0, -1, 0, -1]];
  assert.deepEqual(Intervals.tally(rows, 2, STATUSES), {
    actors: [1, 1], byStatus: { unknown: 1, controlled: 1, contested: 1, besieged: 1 },
  });
});

test("a holding has lasted since its first row, whatever its probability did", () => {
  // Expected: held by actor 0 since day 5, though the rows of days 9 and 20 follow with other probabilities.
  const rows = [[0, 0, -1, 0, -1], [5, 1, 0, 0.9, -1], [9, 1, 0, 0.8, -1], [20, 1, 0, 0.7, -1]];
  assert.equal(Intervals.heldSince(rows, 3), 5);
  assert.equal(Intervals.heldSince(rows, 0), 0);
});

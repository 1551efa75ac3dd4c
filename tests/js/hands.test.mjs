import assert from "node:assert/strict";
import { test } from "node:test";
import * as Hands from "../../control/map/plugin/hands.js";

const STATUSES = ["unknown", "controlled", "besieged", "estimated"];
// start, status, actor, probability, second
const INTERVALS = [
  [[0, 1, 0, 0.9, -1], [10, 2, 0, 0.9, 1], [30, 1, 1, 0.9, -1]], // besieged, then taken
  [[0, 3, 0, 0.7, -1], [20, 1, 1, 0.9, -1], [40, 1, 0, 0.9, -1], [45, 1, 1, 0.9, -1]], // an estimate is no loss
  [[0, 0, -1, 0, -1], [25, 1, 0, 0.9, -1]], // first known
];

test("a place changed hands where one actor holds it by report after another", () => {
  assert.deepEqual(Hands.changes(INTERVALS, STATUSES), [[30, 0], [40, 1], [45, 1]]);
});

test("a change is late for a fortnight, its own day first; of two in it the last one counts", () => {
  const hands = new Hands.Hands(INTERVALS, STATUSES);
  const lately = (day) => [...hands.lately(day)];
  assert.deepEqual(lately(29), []);
  assert.deepEqual(lately(30), [[0, 30]]);
  assert.deepEqual(lately(43), [[0, 30], [1, 40]]);
  assert.deepEqual(lately(44), [[1, 40]]);
  assert.deepEqual(lately(45), [[1, 45]]);
  assert.deepEqual(lately(59), []);
});

test("where too many places changed hands, none is told", () => {
  const many = Array.from({ length: 151 }, (_, n) => [[0, 1, 0, 0.9, -1], [5, 1, 1, 0.9, -1], [n < 150 ? 900 : 40, 1, 0, 0.9, -1]]);
  const hands = new Hands.Hands(many, STATUSES);
  assert.equal(hands.lately(5).size, 0);
  assert.equal(hands.lately(40).size, 1);
});

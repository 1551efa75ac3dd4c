import assert from "node:assert/strict";
import { test } from "node:test";
import * as State from "../../control/map/plugin/state.js";

// Ten days from 1 January 2017; one place that changes hands on the fifth.
const model = {
  start: 17167, length: 10, actors: [{ id: "red" }, { id: "blue" }],
  payload: { intervals: [[[0, 1, 0, 0.9, -1], [4, 1, 1, 0.9, -1]]] },
};

test("a map opens on its date, or on the nearest day that it has", () => {
  for (const [date, day, actor] of [["2017-01-05", 4, 1], ["2016-12-01", 0, 0], ["2018-01-01", 9, 1], ["no date", 0, 0]]) {
    const state = State.opening(model, date);
    assert.deepEqual([state.day, state.shownDay, state.rows[0][2]], [day, day, actor], date);
    assert.deepEqual([state.selected, state.other, state.estimates], [null, null, true]);
  }
});

test("what is switched off comes back by its ids, and everything else is on", () => {
  const state = State.opening(model, "2017-01-01");
  State.hide(model, state, ["blue", "estimates", "nobody"]);
  assert.deepEqual(State.hiddenIds(model, state), ["blue", "estimates"]);
  State.hide(model, state, []);
  assert.deepEqual(State.hiddenIds(model, state), []);
});

test("a date is a day of the map, or none", () => {
  const days = ["2017-01-01", "2017-01-10", "2017-01-11", "2016-12-31", "x", undefined, null, 3].map((date) => State.dayOf(model, date));
  assert.deepEqual(days, [0, 9, null, null, null, null, null, null]);
});

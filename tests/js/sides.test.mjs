import assert from "node:assert/strict";
import { test } from "node:test";
import * as ChipFigures from "../../control/map/plugin/chipfigures.js";
import * as Sides from "../../control/map/plugin/sides.js";

const SIDES = [0, 2, 5];
const hidden = (state) => [...state.hidden].sort((a, b) => a - b);

test("a side is switched off and on again", () => {
  const state = { hidden: new Set([5]) };
  Sides.toggle(state, 2);
  assert.deepEqual(hidden(state), [2, 5]);
  Sides.toggle(state, 2);
  assert.deepEqual(hidden(state), [5]);
});

test("a side alone hides all others, whatever was hidden; a second time brings them back", () => {
  const state = { hidden: new Set([2, 5]) };
  Sides.only(state, 2, SIDES);
  assert.deepEqual(hidden(state), [0, 5]);
  Sides.only(state, 2, SIDES);
  assert.deepEqual(hidden(state), []);
});

test("all brings back what was hidden", () => {
  const state = { hidden: new Set([0, 5]) };
  Sides.all(state);
  assert.deepEqual(hidden(state), []);
});

const ASSESSED = { places: [2, 0, 1], area: [15_000, 0, 0] };
const ESTIMATED = { places: [1, 3, 0], area: [97_700, 412, 0] };
const held = (index, estimates, inPlaces = false) => ChipFigures.held(ASSESSED, ESTIMATED, index, estimates, inPlaces);

test("a chip has the ground of the day, with estimates only while they are shown", () => {
  assert.deepEqual(held(0, true), { places: 3, text: "110k km²" });
  assert.deepEqual(held(0, false), { places: 2, text: "15k km²" });
  assert.deepEqual(held(1, true), { places: 3, text: "410 km²" });
  assert.deepEqual(held(1, false), { places: 0, text: "" });
});

test("a chip has places where there is no ground, and where places are what is told of", () => {
  assert.deepEqual(held(2, true), { places: 1, text: "1" });
  assert.deepEqual(held(0, false, true), { places: 3, text: "3" });
});

test("a chip has gains and losses of two dates, those by reports first", () => {
  const none = { places: [0], area: [0] };
  const balance = { gained: { places: [3], area: [1234] }, lost: none, known: { places: [1], area: [0] }, faded: none,
    estimatedGained: none, estimatedLost: { places: [2], area: [50] } };
  const { lines, title } = ChipFigures.balanced(balance, 0);
  assert.deepEqual(lines, [["+3 · ~1,200", "", "known 1"], ["", "est. \u22122 · ~50", ""]]);
  assert.match(title, /^gained 3 places, ~1,200 km², lost 0 places/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Filter from "../../control/map/plugin/filter.js";

const model = { statuses: ["unknown", "controlled", "contested", "besieged", "estimated"] };
const HELD = [0, 1, 0, 0.9, -1];
const ESTIMATED = [0, 4, 1, 0.8, -1];
const UNKNOWN = [0, 0, -1, 0, -1];
const state = (more) => ({ rows: [HELD, ESTIMATED, UNKNOWN], hidden: new Set(), estimates: true, ...more });

test("without estimates nothing is known of a place that is estimated", () => {
  assert.equal(Filter.statusOf(model, state(), ESTIMATED), "estimated");
  assert.equal(Filter.statusOf(model, state({ estimates: false }), ESTIMATED), "unknown");
  assert.equal(Filter.statusOf(model, state({ estimates: false }), HELD), "controlled");
});

test("ground is its holder's unless that one is hidden, or nothing is known", () => {
  const holders = (more) => [0, 1, 2].map((place) => Filter.holder(model, state(more), place));
  assert.deepEqual(holders(), [0, 1, -1]);
  assert.deepEqual(holders({ hidden: new Set([0]) }), [-1, 1, -1]);
  assert.deepEqual(holders({ estimates: false }), [0, -1, -1]);
});

test("an estimate is no assessment, whether it is shown or not", () => {
  assert.deepEqual([0, 1, 2].map((place) => Filter.isAssessed(model, state({ estimates: false }), place)), [true, false, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Histogram from "../../control/map/plugin/histogram.js";

test("every day inside falls into exactly one bin", () => {
  const length = 2556;
  const days = Array.from({ length }, (_, n) => n);
  for (const count of [1, 7, 100, 313, 2556]) {
    const bins = Histogram.bins(days, length, count);
    assert.equal(bins.length, count);
    assert.equal(bins.reduce((a, b) => a + b), length);
  }
});

test("first and last day are in the first and last bin; days outside are in none", () => {
  assert.deepEqual(Histogram.bins([0, 99, 100, -1], 100, 10), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("heights are between 0 and 1, and empty time has none", () => {
  assert.deepEqual(Histogram.heights([0, 4, 1]), [0, 1, 0.5]);
  assert.deepEqual(Histogram.heights([0, 0]), [0, 0]);
});

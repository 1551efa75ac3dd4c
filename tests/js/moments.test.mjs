import assert from "node:assert/strict";
import { test } from "node:test";
import * as Days from "../../control/map/plugin/days.js";
import * as Moments from "../../control/map/plugin/moments.js";

const START = Days.parse("2017-01-01");
const MOMENTS = [[9, "Alpha falls", "Early paper"], [9, "Beta too", "Late book"], [40, "Alpha is retaken", "Early paper"]];

test("a moment is told with its day and its source", () => {
  assert.equal(Moments.words(MOMENTS[0], START), "10 January 2017: Alpha falls (Early paper)");
});

test("the slider tells the moments of its day alone", () => {
  assert.deepEqual(Moments.on(MOMENTS, 9), ["Alpha falls", "Beta too"]);
  assert.deepEqual(Moments.on(MOMENTS, 10), []);
  assert.deepEqual(Moments.on(undefined, 9), []);
});

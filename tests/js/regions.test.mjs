import assert from "node:assert/strict";
import { test } from "node:test";
import * as Regions from "../../control/map/plugin/regions.js";

const square = (left, top, side) => [[left, top], [left + side, top], [left + side, top + side], [left, top + side]];
const window = { width: 8, height: 4, k: 1, dx: 0, dy: 0 };
const country = (inside, ...rings) => ({ inside, rings });
const rows = (out) => Array.from({ length: 4 }, (_, y) => [...out.subarray(8 * y, 8 * y + 8)].join(""));

test("each pixel is in the country of the theatre that its middle is in; lakes are nowhere", () => {
  const countries = [country(true, square(0, 0, 4)), country(false, square(0, 0, 9)), country(true, square(4, 1, 3))];
  const lakes = [{ rings: [square(1, 1, 2)], box: [1, 1, 3, 3] }, { rings: [square(90, 90, 2)], box: [90, 90, 92, 92] }];
  assert.deepEqual(rows(Regions.scan({ countries, lakes }, window)), ["11110000", "10012220", "10012220", "11112220"]);
});

test("without countries all is one", () => {
  assert.deepEqual(rows(Regions.scan({ countries: [country(false, square(0, 0, 4))], lakes: [] }, window)), Array(4).fill("11111111"));
});

test("countries grow over what is beyond, and not over each other", () => {
  const scanned = Regions.scan({ countries: [country(true, square(2, 1, 2))], lakes: [] }, window);
  assert.deepEqual(rows(Regions.grown(scanned, 8, 1)).slice(1, 3), ["01111000", "01111000"]);
});

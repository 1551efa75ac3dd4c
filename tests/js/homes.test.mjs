import assert from "node:assert/strict";
import { test } from "node:test";
import * as Homes from "../../control/map/plugin/homes.js";

const square = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]];

test("where no place has ground each may be in any country", () => {
  const model = { arcs: { firstOf: new Int32Array(3) }, places: [{ index: 0, x: 2, y: 2 }, { index: 1, x: 8, y: 8 }],
    countries: [{ inside: true, rings: square }] };
  assert.deepEqual([...Homes.measure(model)], [255, 255]);
});

test("where there is no place there is no home", () => {
  assert.equal(Homes.measure({ arcs: { firstOf: new Int32Array(1) }, places: [], countries: [{ inside: true, rings: square }] }).length, 0);
});

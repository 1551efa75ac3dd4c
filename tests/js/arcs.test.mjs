import assert from "node:assert/strict";
import { test } from "node:test";
import * as Arcs from "../../control/map/plugin/arcs.js";

// Two squares side by side, 0 west and 1 east, and nobody around them. Arcs go up or to the right.
const ARCS = [[0, 0, 0, 2], [2, 0, 0, 1, 0, 1], [4, 0, 0, 2], [0, 0, 2, 0], [2, 0, 2, 0], [0, 2, 2, 0], [2, 2, 2, 0]];
const GROUND = {
  transform: { scale: [0.5, 0.5], translate: [10, 20] },
  start: ARCS.reduce((start, arc) => [...start, start.at(-1) + arc.length / 2], [0]),
  steps: ARCS.flat(),
  left: [-1, 0, 1, 0, 1, -1, -1],
  right: [0, 1, -2, -1, -1, 0, 1],
};
const plain = (x, y) => [x, -y]; // north is up, as on the screen
const arcs = Arcs.decode(GROUND, plain, 3);

test("steps add up, and the transform is applied", () => {
  const shared = [...arcs.xy.slice(2 * arcs.start[1], 2 * arcs.start[2])];
  assert.deepEqual(shared, [11, -20, 11, -20.5, 11, -21]);
});

test("each cell knows its arcs, and the box around them", () => {
  const of = (cell) => [...arcs.arcOf.slice(arcs.firstOf[cell], arcs.firstOf[cell + 1])];
  assert.deepEqual([of(0), of(1), of(2)], [[0, 1, 3, 5], [1, 2, 4, 6], []]);
  assert.deepEqual([...Arcs.cellBox(arcs, 1)], [11, -21, 12, -20]);
  assert.deepEqual([0, 1, 2].map((cell) => Arcs.hasGround(arcs, cell)), [true, true, false]);
});

test("an arc is traced vertex by vertex", () => {
  const said = [];
  Arcs.trace({ moveTo: (...at) => said.push("M", ...at), lineTo: (...at) => said.push("L", ...at) }, arcs, 0);
  assert.deepEqual(said, ["M", 10, -20, "L", 10, -21]);
});

test("no ground is no fault", () => {
  const none = Arcs.decode({ transform: GROUND.transform, start: [0], steps: [], left: [], right: [] }, plain, 2);
  assert.equal(none.count, 0);
  assert.ok(!Arcs.hasGround(none, 1));
});

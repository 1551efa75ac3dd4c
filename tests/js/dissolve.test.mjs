import assert from "node:assert/strict";
import { test } from "node:test";
import * as Dissolve from "../../control/map/plugin/dissolve.js";

// `size` x `size` squares, cell row * size + column; every edge is an arc of its own. North is up and y grows northwards,
// so arcs that go up have their left hand in the west.
function grid(size) {
  const [points, left, right] = [[], [], []];
  const cell = (x, y) => (x >= 0 && y >= 0 && x < size && y < size ? y * size + x : -1);
  for (let y = 0; y <= size; y += 1) {
    for (let x = 0; x <= size; x += 1) {
      if (y < size) { points.push([x, y, x, y + 1]); left.push(cell(x - 1, y)); right.push(cell(x, y)); }
      if (x < size) { points.push([x, y, x + 1, y]); left.push(cell(x, y)); right.push(cell(x, y - 1)); }
    }
  }
  const start = Int32Array.from({ length: points.length + 1 }, (_, n) => 2 * n);
  return { count: points.length, start, xy: Float32Array.from(points.flat()), left, right };
}

class Path {
  rings = [];
  moveTo(x, y) { this.rings.push([[x, y]]); }
  lineTo(x, y) { this.rings.at(-1).push([x, y]); }
  closePath() { assert.deepEqual(this.rings.at(-1)[0], this.rings.at(-1).at(-1)); }
}

function traced(arcs, group) {
  return new Map([...Dissolve.rings(arcs, group)].map(([which, rings]) => {
    const path = new Path();
    for (const ring of rings) Dissolve.trace(path, arcs, ring);
    return [which, path.rings];
  }));
}

const inside = (rings, x, y) => rings.reduce((odd, ring) => {
  let result = odd;
  ring.forEach(([x0, y0], n) => {
    const [x1, y1] = ring[(n + 1) % ring.length];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) result = !result;
  });
  return result;
}, false);

test("one ring goes around a group; borders within it are gone", () => {
  const rings = traced(grid(2), () => 0).get(0);
  assert.equal(rings.length, 1);
  assert.equal(rings[0].length, 9); // eight edges, and back
});

test("rings close and enclose exactly the cells of their group, holes and touching corners included", () => {
  const size = 6;
  const arcs = grid(size);
  for (let trial = 0; trial < 40; trial += 1) {
    const groups = Array.from({ length: size * size }, (_, n) => (((n + 1) * 7919 * (trial + 3)) % 31 % 4) - 1);
    const found = traced(arcs, (cell) => groups[cell]);
    groups.forEach((group, n) => {
      const [x, y] = [(n % size) + 0.5, Math.floor(n / size) + 0.5];
      for (const [which, rings] of found) assert.equal(inside(rings, x, y), which === group);
    });
  }
});

test("where there is no group there is nothing", () => {
  assert.equal(Dissolve.rings(grid(2), () => -1).size, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Touched from "../../control/map/plugin/touched.js";

const holds = (outer, inner) => outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

test("boxes that overlap become one around both; others stay", () => {
  assert.deepEqual(Touched.merged([[0, 0, 10, 10], [5, 5, 20, 8], [40, 0, 50, 10]]), [[0, 0, 20, 10], [40, 0, 50, 10]]);
  assert.deepEqual(Touched.merged([[0, 0, 10, 10], [10, 0, 20, 10]]).length, 2); // they touch
});

test("of any crowd of boxes, no two that are left overlap, and each box is in one of them", () => {
  const boxes = Array.from({ length: 60 }, (_, n) => {
    const [x, y] = [(n * 7919) % 500, (n * 104729) % 300];
    return [x, y, x + 5 + (n % 40), y + 5 + (n % 23)];
  });
  const found = Touched.merged(boxes);
  found.forEach((a, i) => found.slice(i + 1).forEach((b) => (
    assert.ok(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], `${a} and ${b}`))));
  for (const box of boxes) assert.ok(found.some((one) => holds(one, box)));
});

test("what lies far from every box is not touched, and what lies in one is", () => {
  const touched = new Touched.Touched(400, 300, [[100, 100, 140, 140]]);
  assert.ok(touched.any(110, 110, 120, 120));
  assert.ok(touched.any(-50, 90, 500, 110)); // across it
  assert.ok(!touched.any(300, 200, 350, 250));
  assert.ok(!touched.any(0, 0, 20, 20));
});

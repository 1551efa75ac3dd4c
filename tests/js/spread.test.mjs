import assert from "node:assert/strict";
import { test } from "node:test";
import * as Spread from "../../control/map/plugin/spread.js";

test("samples lie around their middle as a normal distribution, cut at 2.2 standard deviations", () => {
  for (const samples of [12, 40, 128]) {
    const pattern = Spread.pattern(samples);
    assert.equal(pattern.length, 2 * samples);
    const far = Array.from({ length: samples }, (_, k) => Math.hypot(pattern[2 * k], pattern[2 * k + 1]));
    assert.ok(Math.max(...far) < 2.2);
    // (1 - exp(-1/2)) / (1 - exp(-2.2^2 / 2)) = 43.2 % lie within one.
    assert.ok(Math.abs(far.filter((r) => r < 1).length / samples - 0.432) < 0.06);
    const west = Array.from({ length: samples }, (_, k) => pattern[2 * k] < 0).filter(Boolean).length;
    assert.ok(Math.abs(west / samples - 0.5) <= 0.1);
  }
});

test("the blur is small at a place with little room and grows away from it, to the most", () => {
  const blur = Spread.field(41, 21, () => 6, [{ x: 20.5, y: 10.5, room: 2 }]);
  const row = blur.subarray(10 * 41, 11 * 41);
  assert.ok(Math.abs(row[20] - 1.44) < 1e-6);
  assert.ok(Math.abs(row[22] - 2.44) < 1e-6);
  assert.ok(Math.abs(row[18] - 2.44) < 1e-6);
  assert.equal(row[0], 6);
  assert.equal(row[40], 6);
});

test("where a place stands more than half of the samples are within its room", () => {
  const spread = Spread.field(3, 3, () => 99, [{ x: 1.5, y: 1.5, room: 10 }])[4];
  const pattern = Spread.pattern(40);
  const near = Array.from({ length: 40 }, (_, k) => Math.hypot(pattern[2 * k], pattern[2 * k + 1]) * spread < 10);
  assert.ok(near.filter(Boolean).length > 22);
});

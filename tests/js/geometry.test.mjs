import assert from "node:assert/strict";
import { test } from "node:test";
import * as Geometry from "../../control/map/plugin/geometry.js";

const near = (a, b, tolerance = 1e-9) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("Web Mercator: the middle of the world and its corners", () => {
  assert.deepEqual(Geometry.mercator(0, 0), [0.5, 0.5]);
  near(Geometry.mercator(-180, 85.05112878)[1], 0, 1e-8);
  near(Geometry.mercator(180, -85.05112878)[1], 1, 1e-8);
});

test("local coordinates are pixels at zoom 8, counted from the theatre's middle", () => {
  const frame = Geometry.frame([[33, 40], [35, 44]]);
  const [west] = frame.local(40, 34);
  const [east] = frame.local(44, 34);
  near(west + east, 0, 1e-6);
  near(east - west, (4 / 360) * 256 * 256, 1e-6);
  assert.ok(frame.local(42, 35)[1] < frame.local(42, 33)[1]); // north is up
});

test("the cut of the base map is not a border", () => {
  const box = [34.5, 28, 49.7, 38.6];
  assert.ok(Geometry.alongBox([34.5, 30], [34.5, 31], box));
  assert.ok(Geometry.alongBox([40, 38.6], [41, 38.6], box));
  assert.ok(!Geometry.alongBox([34.5, 30], [35, 31], box));
  assert.ok(!Geometry.alongBox([34.5, 38], [35, 38.6], box)); // from one side of the box to another
});

test("inside a ring", () => {
  const ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
  assert.ok(Geometry.insideRing(2, 2, ring));
  assert.ok(!Geometry.insideRing(5, 2, ring));
});

test("a river's name stands on a straight stretch, upright", () => {
  const bend = [[0, 0], [10, 30], [20, 0], [30, 30], [40, 0]];
  const straight = Array.from({ length: 12 }, (_, n) => [140 - n * 10, 50]);
  const [spot] = Geometry.stretches([...bend, ...straight.reverse()], 60);
  near(spot.angle, 0);
  assert.equal(spot.y, 50);
  const [leftward] = Geometry.stretches([[100, 0], [0, 10]], 60);
  assert.ok(Math.abs(leftward.angle) <= Math.PI / 2);
});

test("no stretch is long enough for a name that is too long", () => {
  assert.deepEqual(Geometry.stretches([[0, 0], [10, 0]], 60), []);
});

test("lines of every kind of geometry", () => {
  const ring = [[0, 0], [1, 0], [0, 0]];
  assert.deepEqual(Geometry.lines({ type: "MultiPolygon", coordinates: [[ring], [ring]] }), [ring, ring]);
  assert.deepEqual(Geometry.lines({ type: "LineString", coordinates: ring }), [ring]);
  assert.deepEqual(Geometry.lines({ type: "Point", coordinates: [0, 0] }), []);
  assert.deepEqual(Geometry.lines(null), []);
});

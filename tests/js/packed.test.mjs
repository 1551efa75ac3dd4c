import assert from "node:assert/strict";
import { test } from "node:test";
import * as Packed from "../../control/map/plugin/packed.js";

test("columns are numbers as source maps write them", () => {
  // Expected by hand: 2 n, and one more below zero; five bits a digit, the lowest first; 32 says that there is more.
  for (const [text, numbers] of [
    ["", []], ["A", [0]], ["C", [1]], ["D", [-1]], ["e", [15]], ["gB", [16]], ["hB", [-16]], ["AC+/////B", [0, 1, 2 ** 30 - 1]],
    ["//////B", [-(2 ** 30 - 1)]],
  ]) assert.deepEqual([...Packed.numbers(text)], numbers, text);
});

// Two places that stand in the other order on the curve: the first place is the second of the columns.
const PACKED = {
  theatre: { id: "t" },
  places: {
    order: "CA", names: ["West", "East"], ids: [7, "x"], lon: "oBpB", lat: "AC", kinds: ["town"], kind: "AA", rank: "A0kB",
    reported: "CA", area_km2: "eA", drivers: "AC", driver: "D", driver_km: "K",
  },
  intervals: { rows: "CE", holdings: [[1, 0, -1, 2], [4, 1, -1]], day: "AAU", holding: "AAC", probability: "o4BAA" },
};

test("places, ids and rows come back in the order of the payload", () => {
  const { places, intervals, theatre } = Packed.unpack(PACKED);
  assert.deepEqual(theatre, { id: "t" });
  assert.deepEqual(places.map(({ id, name, kind, reported }) => [id, name, kind, reported]),
    [["7", "West", "town", false], ["x", "East", "town", true]]);
  // What the second place of the columns rests on is the one before it: the second place of the payload.
  assert.deepEqual(places.map(({ drivers }) => drivers), [[[1, 5]], []]);
  assert.deepEqual(places.map(({ area_km2: area }) => area), [0, 15]);
  assert.deepEqual(places.map(({ lon, lat }) => [lon, lat]), [[0, 0.0001], [0.002, 0]]);
  assert.deepEqual(intervals, [[[0, 1, 0, 0, -1, 2], [10, 4, 1, 0, -1, 0]], [[0, 1, 0, 0.9, -1, 2]]]);
});

test("arcs follow one another, jump where a length is below zero, and have sides of the payload", () => {
  // One cell, the second place; a square walked in two arcs from (2, 3): up and right, then down and left.
  const ground = { transform: {}, arcs: "EA", right: "DF", length: "HE", jump: "EG", step: "ACCAADDA" };
  const { start, steps, left, right } = Packed.unpack({ ...PACKED, ground }).ground;
  assert.deepEqual([...start], [0, 3, 6]);
  assert.deepEqual([...steps], [2, 3, 0, 1, 1, 0, 3, 4, 0, -1, -1, 0]);
  assert.deepEqual([[...left], [...right]], [[1, 1], [-1, -2]]);
});

test("geography: lists of positions are columns, whatever holds them", () => {
  const geometry = { type: "GeometryCollection", geometries: [{ type: "MultiLineString", coordinates: ["UoBCD"] }] };
  const features = [{ properties: { name: "n" }, geometry }, { properties: {}, geometry: null }];
  const { borders } = Packed.unpack({ ...PACKED, geography: { borders: { features } } }).geography;
  assert.deepEqual(borders.features[0].geometry.geometries[0].coordinates, [[[0.001, 0.002], [0.0011, 0.0019]]]);
  assert.equal(borders.features[1].geometry, null);
});

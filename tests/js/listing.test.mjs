import assert from "node:assert/strict";
import { test } from "node:test";
import * as Days from "../../control/map/plugin/days.js";
import * as Listing from "../../control/map/plugin/listing.js";

const model = {
  start: Days.parse("2014-01-01"),
  actors: [{ name: "Islamic State", short_name: "ISIL" }, { name: "the government" }],
  places: [
    { name: "Ana", rank: 0.3, drivers: [] }, { name: "Rawa", rank: 0.9, drivers: [[0, 18.4]] }, { name: "Hit", rank: 0.5, drivers: [] },
  ],
  byRank: [0, 2, 1],
};

test("the most important places come first, and what is too many is counted", () => {
  assert.deepEqual(Listing.choose(model, () => true), { shown: [1, 2, 0], more: 0 });
  assert.deepEqual(Listing.choose(model, () => true, 2), { shown: [1, 2], more: 1 });
  assert.deepEqual(Listing.choose(model, (index) => index === 0, 2), { shown: [0], more: 0 });
  assert.equal(Listing.note(0), "");
  assert.equal(Listing.note(1), "The 200 most important; 1 more place is on the map. Zoom in to list them.");
});

test("a row says who, how, how surely and since when", () => {
  const rows = [[0, 1, 1, 0.97, -1], [31, 1, 0, 0.9, -1], [40, 1, 0, 0.72, -1]];
  assert.deepEqual(Listing.cells(model, 0, rows, 2, "controlled"), ["ISIL", "held", "72 %", "2014-02-01", ""]);
  assert.deepEqual(Listing.cells(model, 0, rows, 0, "controlled"), ["the government", "held", "97 %", "start of the record", ""]);
});

test("nobody has odds in a contested place, and nothing is said where nothing is known", () => {
  assert.deepEqual(Listing.cells(model, 0, [[0, 2, 1, 0.5, 0]], 0, "contested"),
    ["the government", "contested with ISIL", "", "start of the record", ""]);
  assert.deepEqual(Listing.cells(model, 0, [[0, 0, -1, 0, -1]], 0, "unknown"), ["", "no information", "", "", ""]);
});

test("an estimate names what it rests on, and switched off it says nothing", () => {
  const rows = [[0, 4, 0, 0.82, -1]];
  assert.deepEqual(Listing.cells(model, 1, rows, 0, "estimated"), ["ISIL", "estimated", "about 80 %", "", "Ana (18 km away)"]);
  assert.deepEqual(Listing.cells(model, 1, rows, 0, "unknown"), ["", "no information", "", "", ""]);
});

test("what is told instead of holders is listed as it is", () => {
  const told = { texts: ["a: ISIL\nb: nobody", "a: ISIL\nb: ISIL"], rows: [[1, 0, 0]] };
  const instead = { ...model, actors: [{ name: "They agree" }, { name: "They differ" }], payload: { told } };
  const rows = [[0, 1, 0, 1, -1], [31, 3, 1, 1, 1], [40, 3, 1, 1, 1]];
  assert.deepEqual(Listing.cells(instead, 0, rows, 2, "besieged"), ["They differ", "a: ISIL\nb: nobody", "2014-02-01"]);
  assert.deepEqual(Listing.cells(instead, 0, rows, 0, "controlled"), ["They agree", "a: ISIL\nb: ISIL", "start of the record"]);
  assert.deepEqual(Listing.cells(instead, 0, [[0, 0, -1, 0, -1]], 0, "unknown"), ["", "a: ISIL\nb: ISIL", "start of the record"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Colours from "../../control/map/plugin/colours.js";
import * as Sides from "../../control/map/plugin/groundsides.js";
import * as Style from "../../control/map/plugin/style.js";

const LIGHT = { land: "#ffffff", unknown: "#888888", paper: "#eeeeee", cells: ".68", inferred: ".34", reported: ".68", leastOfBlack: ".5" };
const DARK = { ...LIGHT, land: "#101418" };
const model = {
  statuses: ["unknown", "controlled", "contested", "besieged", "estimated"],
  actors: [{ colour: "#aa2222" }, { colour: "#2233bb" }],
};
const light = (colour) => Colours.luminance(colour);

const state = (row, more = {}) => ({ rows: [row], hidden: new Set(), estimates: true, ...more });
const sideOf = (row, more = {}, sides = new Sides.Sides(2)) => sides.of(model, state(row, more), 0);
const firmness = (row) => Style.firmness(model, row);

test("the less sure a holder is, the less firm is the ground", () => {
  const found = [0.95, 0.7, 0.5].map((probability) => firmness([0, 1, 0, probability, -1]));
  assert.equal(found[0], 1);
  assert.ok(found[0] > found[1] && found[1] > found[2] && found[2] > 0, String(found));
});

test("what nobody confirmed for long is less firm, in no more steps than there are", () => {
  const row = (staleness) => [0, 1, 0, 0.95, -1, staleness];
  assert.ok(firmness(row(0)) > firmness(row(1)));
  assert.ok(firmness(row(1)) > firmness(row(2)));
  assert.equal(firmness(row(7)), firmness(row(2))); // no more steps than there are
});

test("a mark has its holder's colour, however sure or old that is", () => {
  for (const row of [[0, 1, 0, 0.95, -1], [0, 1, 0, 0.5, -1, 2], [0, 4, 0, 0.6, -1]]) {
    assert.equal(Style.markInk(LIGHT, model, row), "#aa2222");
  }
});

test("contested ground is a side of its own, which counts for its holder and has two colours, in order", () => {
  const sides = new Sides.Sides(2);
  const [contested, divided] = [sideOf([0, 2, 0, 0.5, 1], {}, sides), sideOf([0, 2, 1, 0.5, 0], {}, sides)];
  assert.deepEqual([contested, divided].map((side) => [sides.isShared(side), sides.holders[side]]), [[true, 0], [true, 1]]);
  assert.equal(sideOf([5, 2, 0, 0.6, 1], {}, sides), contested);
  assert.deepEqual(Style.pair(LIGHT, model, sides.pairs.get(contested).row), ["#aa2222", "#2233bb"]);
  assert.deepEqual(Style.pair(LIGHT, model, [0, 2, 0, 0.5, -1]), ["#aa2222", "#eeeeee"]); // nobody is named
});

test("ground of nobody, of somebody hidden, and of an estimate that is switched off is no side's", () => {
  assert.equal(sideOf([0, 0, -1, 0, -1]), Sides.NONE);
  assert.equal(sideOf([0, 1, 0, 0.9, -1], { hidden: new Set([0]) }), Sides.NONE);
  assert.equal(sideOf([0, 4, 0, 0.9, -1], { estimates: false }), Sides.NONE);
  assert.equal(sideOf([0, 1, 1, 0.9, -1]), 1);
});

test("an actor has a colour of its own on a dark page, if one is given", () => {
  Style.learn([{ colour: "#123456", colour_dark: "#abcdef" }, { colour: "#654321" }]);
  assert.deepEqual([LIGHT, DARK].map((theme) => Style.shade(theme, "#123456")), ["#123456", "#abcdef"]);
  assert.deepEqual([LIGHT, DARK].map((theme) => Style.shade(theme, "#654321")), ["#654321", "#654321"]);
});

test("on dark ground a dark grey becomes black, and a dark colour stays", () => {
  assert.ok(light(Style.shade(DARK, "#0a0b0c")) < light("#0a0b0c"));
  assert.equal(Style.shade(DARK, "#33000a"), "#33000a");
  assert.equal(Style.shade(LIGHT, "#0a0b0c"), "#0a0b0c");
});

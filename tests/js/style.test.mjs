import assert from "node:assert/strict";
import { test } from "node:test";
import * as Colours from "../../control/map/plugin/colours.js";
import * as Style from "../../control/map/plugin/style.js";

const LIGHT = { land: "#ffffff", unknown: "#888888", paper: "#eeeeee", cells: ".68", inferred: ".34", reported: ".68", leastOfBlack: ".5" };
const DARK = { ...LIGHT, land: "#101418" };
const model = {
  statuses: ["unknown", "controlled", "contested", "besieged", "estimated"],
  actors: [{ colour: "#aa2222" }, { colour: "#2233bb" }],
};
const style = (row, more = {}) => (
  Style.groundStyle(model, LIGHT, { rows: [row], hidden: new Set(), estimates: true, ...more }, 0));
const light = (colour) => Colours.luminance(colour);

test("the less sure a holder is, the paler the ground; an estimate is paler than any report", () => {
  const shades = [[0, 1, 0, 0.95, -1], [0, 1, 0, 0.7, -1], [0, 1, 0, 0.5, -1], [0, 4, 0, 0.95, -1]].map((row) => light(style(row)[0]));
  assert.deepEqual(shades, [...shades].sort((a, b) => a - b));
  assert.equal(new Set(shades).size, 4);
});

test("the ground of what nobody confirmed for long is paler, in no more steps than there are", () => {
  const row = (staleness) => [0, 1, 0, 0.95, -1, staleness];
  assert.ok(light(style(row(0))[0]) < light(style(row(1))[0]));
  assert.ok(light(style(row(1))[0]) < light(style(row(2))[0]));
  assert.deepEqual(style(row(7)), style(row(2))); // no more steps than there are
});

test("a mark has its holder's colour, however sure or old that is", () => {
  for (const row of [[0, 1, 0, 0.95, -1], [0, 1, 0, 0.5, -1, 2], [0, 4, 0, 0.6, -1]]) {
    assert.equal(Style.markInk(LIGHT, model, row), "#aa2222");
  }
});

test("contested ground has two colours, in order; the second is pale where nobody is named", () => {
  assert.deepEqual(style([0, 2, 0, 0.5, 1]), ["#aa2222", "#2233bb"]);
  assert.deepEqual(style([0, 2, 0, 0.5, -1]), ["#aa2222", "#eeeeee"]);
});

test("ground of nobody, of somebody hidden, and of an estimate that is switched off is plain", () => {
  assert.equal(style([0, 0, -1, 0, -1]), null);
  assert.equal(style([0, 1, 0, 0.9, -1], { hidden: new Set([0]) }), null);
  assert.equal(style([0, 4, 0, 0.9, -1], { estimates: false }), null);
});

test("the same style is the same array, which is what inks are kept by", () => {
  assert.equal(style([0, 1, 1, 0.9, -1]), style([7, 1, 1, 0.99, -1]));
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

import assert from "node:assert/strict";
import { test } from "node:test";
import Colours from "../../control/map/plugin/colours.js";
import Words from "../../control/map/plugin/words.js";

const ACTORS = [{ name: "the government" }, { name: "<b>IS</b>" }];

test("an assessment in words names both parties", () => {
  assert.equal(Words.holding("controlled", 0, -1, ACTORS), "Held by the government");
  assert.equal(Words.holding("contested", 0, 1, ACTORS), "Contested between the government and <b>IS</b>");
  assert.equal(Words.holding("besieged", 0, 1, ACTORS), "Held by the government, besieged by <b>IS</b>");
});

test("nobody named is said as such", () => {
  assert.equal(Words.holding("unknown", -1, -1, ACTORS), "No information");
  assert.equal(Words.holding("contested", -1, -1, ACTORS), "Contested");
  assert.equal(Words.holding("besieged", 0, -1, ACTORS), "Held by the government, besieged");
});

test("probability in words falls with the number", () => {
  const words = [0.99, 0.85, 0.7, 0.55, 0.3].map(Words.certainty);
  assert.deepEqual(words, ["almost certain", "very likely", "likely", "more likely than not", "uncertain"]);
});

test("only certainty is 100 %", () => {
  assert.equal(Words.percent(0.999), "over 99 %");
  assert.equal(Words.percent(1), "100 %");
  assert.equal(Words.percent(0.72), "72 %");
});

test("an estimate names what it rests on, and says that it is one", () => {
  const actors = [{ name: "Islamic State", short_name: "ISIL" }, { name: "the government" }];
  assert.equal(Words.estimate(0, 0.82, [["Ana", 11], ["Rawa", 9.4]], actors),
    "estimated: ISIL, 82 %; from Ana, 11 km, and Rawa, 9 km");
  assert.equal(Words.estimate(1, 0.82, [["Ana", 11]], actors), "estimated: the government, 82 %; from Ana, 11 km");
  assert.equal(Words.estimate(1, 0.82, [], actors), "estimated: the government, 82 %");
  assert.equal(Words.estimate(0, 0.82, [["Ana", 11], ["Rawa", 9], ["Hit", 80]], actors),
    "estimated: ISIL, 82 %; from Ana, 11 km, Rawa, 9 km, and Hit, 80 km");
});

test("a status stands beside its holder", () => {
  assert.equal(Words.status("besieged", 1, ACTORS), "besieged by <b>IS</b>");
  assert.equal(Words.status("controlled", -1, ACTORS), "held");
});

test("areas are rounded to what can be known", () => {
  assert.deepEqual([7, 48, 563, 6149, 48321, 217500].map(Words.area),
    ["7 km²", "48 km²", "560 km²", "6,100 km²", "48,000 km²", "220,000 km²"]);
});

test("staleness is said in months, and not at all where there is none", () => {
  assert.equal(Words.unconfirmed([182, 365]), "unconfirmed 6, 12 months");
  assert.equal(Words.stale(0, [182, 365]), "");
  assert.equal(Words.stale(2, [182, 365]), "nearest confirmation over 12 months away");
});

test("colours: mixing and contrast", () => {
  assert.equal(Colours.mix("#000000", "#ffffff", 0.5), "#808080");
  assert.equal(Colours.mix("#c0392b", "#ffffff", 0), "#c0392b");
  assert.ok(Math.abs(Colours.contrast("#000000", "#ffffff") - 21) < 1e-9);
});

test("greys have next to no chroma", () => {
  assert.equal(Colours.chroma("#777777"), 0);
  assert.ok(Colours.chroma("#33363f") < 40);
  assert.ok(Colours.chroma("#3300cc") > 200);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Colours from "../../control/map/plugin/colours.js";
import * as Words from "../../control/map/plugin/words.js";

const ACTORS = [{ name: "the government" }, { name: "<b>IS</b>" }];

test("an assessment in words names both parties", () => {
  assert.equal(Words.holding("controlled", 0, -1, ACTORS), "Held by the government");
  assert.equal(Words.holding("contested", 0, 1, ACTORS), "Contested between the government and <b>IS</b>");
  assert.equal(Words.holding("besieged", 0, 1, ACTORS), "Held by the government, besieged by <b>IS</b>");
});

test("sides of a contested place go by short names, where the long one is long", () => {
  const actors = [{ name: "Army of the North and Guards", short_name: "North" }, { name: "Red Army", short_name: "Red" }];
  assert.equal(Words.holding("contested", 0, 1, actors), "Contested between North and Red Army");
});

test("who holds parts of a place is said without odds", () => {
  assert.equal(Words.holding("divided", 0, 1, ACTORS), "Divided between the government and <b>IS</b>");
  assert.equal(Words.assessment("divided", 0, 1, 0, ACTORS), "Divided between the government and <b>IS</b>");
  assert.equal(Words.statusWord("divided", 1, [{ name: "A" }, { name: "B", short_name: "b" }]), "divided with b");
});

test("nobody named is said as such", () => {
  assert.equal(Words.holding("unknown", -1, -1, ACTORS), "No information");
  assert.equal(Words.holding("contested", -1, -1, ACTORS), "Contested");
  assert.equal(Words.holding("besieged", 0, -1, ACTORS), "Held by the government, besieged");
});

test("probability in words falls with the number, and goes by the printed figure", () => {
  const words = [0.99, 0.85, 0.7, 0.55, 0.3, 0.945, 0.9444].map(Words.likelihood);
  assert.deepEqual(words, ["almost certainly", "very likely", "likely", "more likely than not", "perhaps",
    "almost certainly", "very likely"]);
  assert.deepEqual([0.51, 0.505, 0.504, 0.45, 0.444].map(Words.likelihood),
    ["more likely than not", "more likely than not", "about as likely as not", "about as likely as not", "perhaps"]);
});

test("nothing is certain, and nothing is impossible", () => {
  assert.deepEqual([1, 0.995, 0.9944, 0.72, 0.125, 0.005, 0.0004, 0].map(Words.percent),
    ["over 99 %", "over 99 %", "99 %", "72 %", "13 %", "1 %", "under 1 %", "under 1 %"]);
});

test("an estimate is printed in steps of five", () => {
  assert.deepEqual([0.5, 0.524, 0.525, 0.974, 0.975, 1, 0.01].map(Words.about),
    ["about 50 %", "about 50 %", "about 55 %", "about 95 %", "over 95 %", "over 95 %", "about 5 %"]);
});

test("an assessment says how sure it is, but not who prevails where it is contested", () => {
  assert.equal(Words.assessment("controlled", 0, -1, 0.87, ACTORS), "Very likely held by the government (87 %)");
  assert.equal(Words.assessment("besieged", 0, 1, 0.4, ACTORS), "Perhaps held by the government, besieged by <b>IS</b> (40 %)");
  assert.equal(Words.assessment("contested", 0, 1, 0.5, ACTORS), "Contested between the government and <b>IS</b>");
  assert.equal(Words.assessment("unknown", -1, -1, 0, ACTORS), "No information");
});

test("an estimate names what it rests on, and says that it is one", () => {
  const actors = [{ name: "Islamic State", short_name: "ISIL" }, { name: "the government" }];
  assert.equal(Words.estimate(0, 0.82, [["Ana", 11], ["Rawa", 9.4]], actors),
    "estimated: very likely ISIL, about 80 %; from reports of Rawa (9 km away) and Ana (11 km away)");
  assert.equal(Words.estimate(1, 0.82, [["Ana", 11]], actors), "estimated: very likely the government, about 80 %; from reports of Ana (11 km away)");
  assert.equal(Words.estimate(1, 0.82, [], actors), "estimated: very likely the government, about 80 %");
  assert.equal(Words.estimate(0, 0.82, [["Ana", 11], ["Rawa", 9], ["Hit", 80]], actors),
    "estimated: very likely ISIL, about 80 %; from reports of Rawa (9 km away), Ana (11 km away), and Hit (80 km away)");
  assert.equal(Words.sources([["Ana", 311], ["Rawa", 101]]), "places far away: Rawa (101 km away) and Ana (311 km away)");
  assert.equal(Words.sources([["Ana", 311], ["Rawa", 100]]), "Rawa (100 km away) and Ana (311 km away)");
});

test("a status stands beside its holder", () => {
  assert.equal(Words.statusWord("besieged", 1, ACTORS), "besieged by <b>IS</b>");
  assert.equal(Words.statusWord("controlled", -1, ACTORS), "held");
});

test("areas are rounded to what can be known", () => {
  assert.deepEqual([7, 48, 563, 6149, 48321, 217500].map(Words.area),
    ["7 km²", "48 km²", "560 km²", "6,100 km²", "48,000 km²", "220,000 km²"]);
});

test("staleness is said in months, and not at all where there is none", () => {
  assert.equal(Words.unconfirmed([182, 365]), "no report for 6, 12 months");
  assert.equal(Words.stale(0, [182, 365]), "");
  assert.equal(Words.stale(2, [182, 365]), "nearest report over 12 months away");
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

test("an estimate that rests on the place itself says so, and never that it is 0 km away", () => {
  assert.equal(Words.sources([[null, 0], ["Ana", 0.4]]), "this place at other times and Ana (less than 1 km away)");
});

test("an area in few letters has two figures", () => {
  assert.deepEqual([113_000, 6_949, 999, 410.2, 0].map(Words.compact), ["110k", "6.9k", "1k", "410", "0"]);
});

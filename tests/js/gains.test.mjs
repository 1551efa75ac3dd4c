import assert from "node:assert/strict";
import { test } from "node:test";
import * as Days from "../../control/map/plugin/days.js";
import * as Gains from "../../control/map/plugin/gains.js";

const STATUSES = ["unknown", "controlled", "contested", "besieged", "estimated"];
const [UNKNOWN, HELD, CONTESTED, , ESTIMATED] = STATUSES.keys();
const row = (status, actor, second = -1) => [0, status, actor, 0.9, second];
const places = (...areas) => areas.map((area) => ({ area, reported: true }));

const NONE = [0, 0];
const compare = (before, after, estimates, ...areas) => (
  Gains.gainsAndLosses(places(...areas), 2, STATUSES, before, after, estimates));

test("ground that passed from one actor to another is lost by the one and gained by the other", () => {
  const found = compare([row(HELD, 0), row(HELD, 0), row(HELD, 1)], [row(HELD, 1), row(HELD, 0), row(HELD, 1)], true, 10, 20, 40);
  assert.deepEqual(found.gained, { places: [0, 1], area: [0, 10] });
  assert.deepEqual(found.lost, { places: [1, 0], area: [10, 0] });
  assert.deepEqual(found.changed, [0]);
  for (const sums of [found.known, found.faded, found.estimatedGained, found.estimatedLost]) assert.deepEqual(sums.places, NONE);
});

test("first word of a holder is no gain, and fading is no loss, whatever is estimated", () => {
  for (const estimates of [true, false]) {
    const found = compare([row(UNKNOWN, -1), row(HELD, 1), row(ESTIMATED, 0), row(HELD, 1)],
      [row(HELD, 0), row(UNKNOWN, -1), row(HELD, 0), row(ESTIMATED, 1)], estimates, 1, 2, 4, 8);
    assert.deepEqual(found.known, { places: [2, 0], area: [5, 0] });
    assert.deepEqual(found.faded, { places: [0, 2], area: [0, 10] });
    assert.deepEqual([found.gained.places, found.lost.places], [NONE, NONE]);
    assert.deepEqual([found.estimatedGained.places, found.estimatedLost.places], [NONE, NONE]);
    // What is seen: with estimates, two places have the holder that they had.
    assert.deepEqual(found.changed, estimates ? [0, 1] : [0, 1, 2, 3]);
  }
});

test("what passed by an estimate is counted apart, and not at all when estimates are switched off", () => {
  const [before, after] = [[row(ESTIMATED, 0)], [row(HELD, 1)]];
  const shown = compare(before, after, true, 10);
  assert.deepEqual(shown.estimatedGained, { places: [0, 1], area: [0, 10] });
  assert.deepEqual(shown.estimatedLost, { places: [1, 0], area: [10, 0] });
  assert.deepEqual(shown.known.places, [0, 1]); // by reports alone it is the first word of it
  const hidden = compare(before, after, false, 10);
  assert.deepEqual(hidden.estimatedGained.places, NONE);
  assert.deepEqual(hidden.known.places, [0, 1]);
  assert.deepEqual(compare([row(UNKNOWN, -1)], after.map(() => row(ESTIMATED, 1)), true, 10).estimatedGained.places, NONE);
});

test("a contested place is its last holder's until another one has it", () => {
  const contested = row(CONTESTED, 0, 1);
  assert.deepEqual(compare([row(HELD, 0)], [contested], true, 1).changed, []);
  const { gained, lost } = compare([contested], [row(HELD, 1)], true, 1);
  assert.deepEqual([gained.places, lost.places], [[0, 1], [1, 0]]);
});

test("comparing the other way round swaps gains and losses, and what is known and what faded", () => {
  const before = [row(HELD, 0), row(UNKNOWN, -1), row(ESTIMATED, 1), row(CONTESTED, 1, 0)];
  const after = [row(HELD, 1), row(HELD, 0), row(ESTIMATED, 0), row(UNKNOWN, -1)];
  const one = compare(before, after, true, 1, 2, 4, 8);
  const two = compare(after, before, true, 1, 2, 4, 8);
  assert.deepEqual([one.gained, one.lost, one.known, one.faded, one.estimatedGained, one.estimatedLost, one.changed],
    [two.lost, two.gained, two.faded, two.known, two.estimatedLost, two.estimatedGained, two.changed]);
});

test("gained and known, less lost and faded, are what an actor has more than before by reports", () => {
  const before = [row(HELD, 0), row(UNKNOWN, -1), row(ESTIMATED, 1), row(HELD, 1), row(HELD, 0)];
  const after = [row(HELD, 1), row(HELD, 0), row(ESTIMATED, 0), row(UNKNOWN, -1), row(HELD, 0)];
  const { gained, lost, known, faded } = compare(before, after, true, 1, 2, 4, 8, 16);
  const has = (rows, actor) => rows.filter((one) => Gains.holder(STATUSES, one, false) === actor).length;
  for (const actor of [0, 1]) {
    const net = gained.places[actor] + known.places[actor] - lost.places[actor] - faded.places[actor];
    assert.equal(net, has(after, actor) - has(before, actor));
  }
});

test("a change is hidden when nobody who is shown has a part in it", () => {
  assert.ok(Gains.isShown(0, 1, new Set()));
  assert.ok(Gains.isShown(0, 1, new Set([0])));
  assert.ok(!Gains.isShown(0, 1, new Set([0, 1])));
  assert.ok(!Gains.isShown(0, -1, new Set([0])));
  assert.ok(!Gains.isShown(1, 1, new Set()));
});

test("the second date is a year before, as far as the map goes", () => {
  const start = Days.parse("2015-01-01");
  const day = (text) => Days.parse(text) - start;
  assert.equal(Gains.usualDay(start, 2000, day("2016-06-01")), day("2015-06-01"));
  assert.equal(Gains.usualDay(start, 2000, day("2015-06-01")), 0);
  assert.equal(Gains.usualDay(start, 2000, 0), 1999);
});

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.Days = (await import("../../control/map/plugin/days.js")).default;
const Compare = (await import("../../control/map/plugin/compare.js")).default;

const STATUSES = ["unknown", "controlled", "contested", "besieged", "estimated"];
const [UNKNOWN, HELD, CONTESTED, , ESTIMATED] = STATUSES.keys();
const row = (status, actor, second = -1) => [0, status, actor, 0.9, second];
const places = (...areas) => areas.map((area) => ({ area, reported: true }));

test("ground that passed from one actor to another is lost by the one and gained by the other", () => {
  const before = [row(HELD, 0), row(HELD, 0), row(HELD, 1)];
  const after = [row(HELD, 1), row(HELD, 0), row(HELD, 1)];
  const { gained, lost, changed, open } = Compare.gainsAndLosses(places(10, 20, 40), 2, STATUSES, before, after, true);
  assert.deepEqual(gained.assessed, { places: [0, 1], area: [0, 10] });
  assert.deepEqual(lost.assessed, { places: [1, 0], area: [10, 0] });
  assert.deepEqual(changed, [0]);
  assert.equal(open, 0);
});

test("estimates are counted apart, and not at all when they are switched off", () => {
  const before = [row(ESTIMATED, 0)];
  const after = [row(HELD, 1)];
  const shown = Compare.gainsAndLosses(places(10), 2, STATUSES, before, after, true);
  assert.deepEqual(shown.gained.estimated, { places: [0, 1], area: [0, 10] });
  assert.deepEqual(shown.lost.estimated, { places: [1, 0], area: [10, 0] });
  assert.deepEqual(shown.gained.assessed.places, [0, 0]);
  const hidden = Compare.gainsAndLosses(places(10), 2, STATUSES, before, after, false);
  assert.deepEqual(hidden.gained.assessed.places, [0, 1]); // from nobody known
  assert.deepEqual(hidden.lost.estimated.places, [0, 0]);
  assert.equal(hidden.open, 1);
});

test("a contested place is its last holder's until another one has it", () => {
  const held = row(HELD, 0);
  const contested = row(CONTESTED, 0, 1);
  assert.deepEqual(Compare.gainsAndLosses(places(1), 2, STATUSES, [held], [contested], true).changed, []);
  const { gained, lost } = Compare.gainsAndLosses(places(1), 2, STATUSES, [contested], [row(HELD, 1)], true);
  assert.deepEqual([gained.assessed.places, lost.assessed.places], [[0, 1], [1, 0]]);
});

test("comparing the other way round swaps gains and losses", () => {
  const before = [row(HELD, 0), row(UNKNOWN, -1), row(ESTIMATED, 1), row(CONTESTED, 1, 0)];
  const after = [row(HELD, 1), row(HELD, 0), row(ESTIMATED, 0), row(UNKNOWN, -1)];
  const one = Compare.gainsAndLosses(places(1, 2, 4, 8), 2, STATUSES, before, after, true);
  const two = Compare.gainsAndLosses(places(1, 2, 4, 8), 2, STATUSES, after, before, true);
  assert.deepEqual([one.gained, one.lost, one.changed, one.open], [two.lost, two.gained, two.changed, two.open]);
});

test("gains less losses are what an actor has more than before", () => {
  const before = [row(HELD, 0), row(UNKNOWN, -1), row(ESTIMATED, 1), row(HELD, 1), row(HELD, 0)];
  const after = [row(HELD, 1), row(HELD, 0), row(ESTIMATED, 0), row(UNKNOWN, -1), row(HELD, 0)];
  const { gained, lost } = Compare.gainsAndLosses(places(1, 2, 4, 8, 16), 2, STATUSES, before, after, true);
  const has = (rows, actor) => rows.filter((one) => Compare.holder(STATUSES, one, true) === actor).length;
  for (const actor of [0, 1]) {
    const net = gained.assessed.places[actor] + gained.estimated.places[actor] - lost.assessed.places[actor]
      - lost.estimated.places[actor];
    assert.equal(net, has(after, actor) - has(before, actor));
  }
});

test("a change is hidden when nobody who is shown has a part in it", () => {
  assert.ok(Compare.isShown(0, 1, new Set()));
  assert.ok(Compare.isShown(0, 1, new Set([0])));
  assert.ok(!Compare.isShown(0, 1, new Set([0, 1])));
  assert.ok(!Compare.isShown(0, -1, new Set([0])));
  assert.ok(!Compare.isShown(1, 1, new Set()));
});

test("the second date is a year before, as far as the map goes", () => {
  const start = Days.parse("2015-01-01");
  const day = (text) => Days.parse(text) - start;
  assert.equal(Compare.usualDay(start, 2000, day("2016-06-01")), day("2015-06-01"));
  assert.equal(Compare.usualDay(start, 2000, day("2015-06-01")), 0);
  assert.equal(Compare.usualDay(start, 2000, 0), 1999);
});

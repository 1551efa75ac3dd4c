import assert from "node:assert/strict";
import { test } from "node:test";
import * as Presence from "../../control/map/plugin/presence.js";

const ACTORS = [{ name: "Red Army", short_name: "Red" }, { name: "Blue" }];
const SPANS = [[0, 10, 50, 5, 9, 0], [0, 10, 50, 7, 12, 1], [-1, 11, 51, 0, 20, 0]];

test("presence is shown from its first day to the day before its end", () => {
  assert.deepEqual([4, 5, 8, 9, 12].map((day) => Presence.on(SPANS, day).length), [1, 2, 3, 2, 1]);
});

test("who is present at a place is named once", () => {
  assert.deepEqual(Presence.names([...SPANS, SPANS[0]], 0, 8, ACTORS), ["Red", "Blue"]);
  assert.deepEqual(Presence.names(SPANS, 0, 2, ACTORS), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as Days from "../../control/map/plugin/days.js";
import * as Pace from "../../control/map/plugin/pace.js";

const START = Days.parse("2015-01-31");
const on = (text) => Days.parse(text) - START;

test("a step is a day, a week, or a month of the calendar", () => {
  assert.equal(Pace.step(START, 10, "day", 1), 11);
  assert.equal(Pace.step(START, 10, "week", -1), 3);
  assert.equal(Pace.step(START, 0, "month", 1), on("2015-02-28"));
  assert.equal(Pace.step(START, on("2015-03-31"), "month", -1), on("2015-02-28"));
});

test("playing goes in whole steps, and months keep to the day they started from", () => {
  assert.equal(Pace.reached(START, 5, "day", 3.9), 8);
  assert.equal(Pace.reached(START, 5, "week", 6.99), 5);
  assert.equal(Pace.reached(START, 5, "week", 21), 26);
  assert.equal(Pace.reached(START, 0, "month", 27.9), 0);
  assert.equal(Pace.reached(START, 0, "month", 28), on("2015-02-28"));
  assert.equal(Pace.reached(START, 0, "month", 59), on("2015-03-31"));
});

test("the steps of a long play lead forward only, and never beyond what has passed", () => {
  for (const size of Pace.SIZES) {
    let before = 0;
    for (let passed = 0; passed < 1500; passed += 0.7) {
      const day = Pace.reached(START, 0, size, passed);
      assert.ok(day >= before && day <= passed, `${size}: ${day} after ${passed}`);
      before = day;
    }
    assert.ok(before > 1460);
  }
});

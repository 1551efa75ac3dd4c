import assert from "node:assert/strict";
import { test } from "node:test";
import * as Days from "../../control/map/plugin/days.js";

test("1970-01-01 is day 0, and days before it count down", () => {
  assert.equal(Days.parse("1970-01-01"), 0);
  assert.equal(Days.parse("1969-12-31"), -1);
  assert.equal(Days.iso(-1), "1969-12-31");
  assert.equal(Days.parse("1916-05-16"), -19588); // the Sykes-Picot agreement
});

test("leap years: every fourth, not every hundredth, but every four-hundredth", () => {
  assert.equal(Days.parse("2016-02-29") + 1, Days.parse("2016-03-01"));
  assert.equal(Days.parse("2000-02-29") + 1, Days.parse("2000-03-01"));
  assert.equal(Days.parse("1900-02-29"), null);
  assert.equal(Days.parse("2017-02-29"), null);
});

test("every day of five centuries goes to text and back, one after the other", () => {
  const from = Days.parse("1600-01-01");
  const to = Days.parse("2100-01-01");
  assert.equal(to - from, 182622);
  for (let day = from; day < to; day += 1) assert.equal(Days.parse(Days.iso(day)), day);
});

test("agrees with the platform's own calendar", () => {
  for (let day = -40000; day < 40000; day += 97) {
    assert.equal(Days.iso(day), new Date(day * 86400000).toISOString().slice(0, 10));
  }
});

test("what is no day is no day", () => {
  for (const text of ["", "2017", "2017-11", "2017-13-01", "2017-00-10", "2017-04-31", "03.11.2017", "2017-11-03T00:00", null]) {
    assert.equal(Days.parse(text), null, String(text));
  }
});

test("dates in words", () => {
  assert.equal(Days.words(Days.parse("2017-11-03")), "3 November 2017");
  assert.equal(Days.short(Days.parse("2017-11-03")), "3 Nov");
});

test("a month on keeps the day, or takes the month's last", () => {
  const add = (text, count) => Days.iso(Days.addMonths(Days.parse(text), count));
  assert.equal(add("2017-11-03", 1), "2017-12-03");
  assert.equal(add("2015-01-31", 1), "2015-02-28");
  assert.equal(add("2016-01-31", 1), "2016-02-29");
  assert.equal(add("2014-01-15", -1), "2013-12-15");
  assert.equal(add("2014-03-31", -13), "2013-02-28");
});

test("the years that start in a span", () => {
  const from = Days.parse("2013-01-01");
  assert.deepEqual(Days.yearStarts(from, Days.parse("2015-01-01")).map(([year]) => year), [2013, 2014]);
  assert.deepEqual(Days.yearStarts(from + 1, Days.parse("2014-01-01")), []);
});

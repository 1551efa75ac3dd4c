// What the map says: its own scripts, asked for places, days and pairs of days of a payload as it travels.
// stdin: {packed, asks: [[day, place]], days: [day], pairs: [[day, day]]} -> stdout: {asks, days, pairs}.
import { readFileSync } from "node:fs";
import * as Days from "../control/map/plugin/days.js";
import * as Filter from "../control/map/plugin/filter.js";
import * as Gains from "../control/map/plugin/gains.js";
import * as Intervals from "../control/map/plugin/intervals.js";
import * as Listing from "../control/map/plugin/listing.js";
import * as Packed from "../control/map/plugin/packed.js";
import * as Tips from "../control/map/plugin/tips.js";

const { packed, asks, days, pairs } = JSON.parse(readFileSync(0, "utf8"));
const payload = Packed.unpack(packed);
const { statuses, actors } = payload;
const model = {
  payload, statuses, actors, start: Days.parse(payload.span[0]),
  places: payload.places.map((place) => ({ ...place, area: place.area_km2 })),
};
const rowsOn = (day) => payload.intervals.map((rows) => rows[Intervals.indexAt(rows, day)]);
const byActor = ({ places, area }) => Object.fromEntries(
  actors.map(({ id }, n) => [id, [places[n], area[n]]]).filter(([, [count]]) => count));

function ask([day, place]) {
  const state = { day, estimates: true };
  const rows = payload.intervals[place];
  const at = Intervals.indexAt(rows, day);
  const status = Filter.statusOf(model, state, rows[at]);
  const [tip, note] = Tips.describe(model, place, state);
  return { status, tip, note, row: Listing.cells(model, place, rows, at, status) };
}

function tally(day) {
  const found = new Intervals.Tally(model.places, actors.length, statuses);
  found.update(rowsOn(day), null);
  return { assessed: byActor(found.assessed), estimated: byActor(found.estimated), open: found.open(true) };
}

function compare([before, after]) {
  const sums = Gains.gainsAndLosses(model.places, actors.length, statuses, rowsOn(before), rowsOn(after), true);
  return Object.fromEntries(["gained", "lost", "known", "faded"].map((side) => [side, byActor(sums[side])]));
}

process.stdout.write(JSON.stringify({ asks: asks.map(ask), days: days.map(tally), pairs: pairs.map(compare) }));

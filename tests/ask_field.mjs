// Whose the ground is, as the map draws it: its own scripts, asked for days of a payload as it travels.
// stdin: {packed, days: [day], centre, zoom, width, height} -> stdout: by day {faults, places, drawn, cells, crossed, striped}.
import { readFileSync } from "node:fs";
import * as Geometry from "../control/map/plugin/geometry.js";
import * as GroundField from "../control/map/plugin/groundfield.js";
import * as Model from "../control/map/plugin/model.js";
import * as Packed from "../control/map/plugin/packed.js";
import * as Regions from "../control/map/plugin/regions.js";
import * as Row from "../control/map/plugin/row.js";
import * as Shares from "../control/map/plugin/shares.js";

globalThis.Path2D = class { moveTo() {} lineTo() {} };
globalThis.ImageData = class {
  constructor(width, height) { this.data = new Uint8ClampedArray(4 * width * height); }
};

const { packed, days, centre, zoom, width, height } = JSON.parse(readFileSync(0, "utf8"));
const payload = Packed.unpack(packed);
const model = Model.prepare(payload);
const scale = 2 ** (zoom - Geometry.LOCAL_ZOOM);
const [cx, cy] = model.frame.local(...centre);
const view = { width, height, ratio: 1, zoom, scale, left: width / 2 - cx * scale, top: height / 2 - cy * scale };
const theme = { land: "#ffffff", paper: "#ffffff", unknown: "#888888", inferred: ".34", reported: ".68", leastOfBlack: ".5" };
const state = { rows: [], hidden: new Set(), estimates: true };
const field = GroundField.of({ model, theme }, () => state);
field.fit(view);
const { room, glow, homes } = Shares.roomsOf(model);
const regions = Regions.scan(model, { width, height, k: scale, dx: view.left, dy: view.top });
const CROWDED = 1.5; // px: a place with less room has its own ground when the map is closer

// Square kilometres of a pixel, row by row.
const areaOf = Float64Array.from({ length: height }, (_, y) => (
  Geometry.kilometres(model.frame, (y + 0.5 - view.top) / scale) / scale) ** 2);

function about(day, n) {
  state.rows = Model.rowsAt(model, day);
  if (n === 0) field.work();
  else field.update(model.places.map(({ index }) => index)); // as stepping does
  const [faults, drawn, cells, crossed] = [[], {}, {}, {}];
  let places = 0;
  let striped = 0; // contested and divided ones among the places
  const holders = new Set();
  for (const place of model.places) {
    const row = state.rows[place.index];
    const status = payload.statuses[row[Row.STATUS]];
    const actor = row[Row.ACTOR];
    const [x, y] = [Math.floor(place.x * scale + view.left), Math.floor(place.y * scale + view.top)];
    for (let c = 0; c < 8; c += 1) if ((homes[place.index] >> c) & 1) holders.add(`${field.sideOf[place.index]} ${c + 1}`);
    if (x < 0 || y < 0 || x >= width || y >= height || status === "unknown") continue;
    const p = y * width + x;
    if (actor >= 0 && glow[place.index] === 0) cells[payload.actors[actor].id] = (cells[payload.actors[actor].id] ?? 0) + place.area;
    const atBorder = (homes[place.index] & (homes[place.index] - 1)) !== 0;
    if (!place.reported || status === "estimated" || room[place.index] * scale < CROWDED || regions[p] === 0 || atBorder) continue;
    places += 1;
    if (field.sides.isShared(field.sideOf[place.index])) striped += 1;
    if (field.pixels.side[p] !== field.sideOf[place.index]) faults.push(place.name);
  }
  for (let p = 0; p < field.pixels.side.length; p += 1) {
    const holder = field.pixels.holder[p];
    if (holder < 0 || regions[p] === 0) continue;
    const [x, y] = [p % width, Math.floor(p / width)];
    const home = `${field.pixels.side[p]} ${regions[p]}`;
    if (!holders.has(home)) crossed[home] = (crossed[home] ?? 0) + 1;
    if (glow[field.placeAt(x, y)] > 0) continue;
    drawn[payload.actors[holder].id] = (drawn[payload.actors[holder].id] ?? 0) + areaOf[y];
  }
  return { faults, places, striped, drawn, cells, crossed };
}

process.stdout.write(JSON.stringify(days.map(about)));

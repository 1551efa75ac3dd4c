// The payload made ready for drawing: local coordinates, paths, arcs, and at which zoom a place is worth a mark.
import * as Arcs from "./arcs.js";
import * as Days from "./days.js";
import * as Geometry from "./geometry.js";
import * as Intervals from "./intervals.js";
import * as Style from "./style.js";

const SETTLEMENTS = new Set(["town", "quarter", "camp"]);
const CROSSINGS = new Set(["border-crossing", "bridge"]);
/** @type {PayloadGround} */
const NO_GROUND = { transform: { scale: [1, 1], translate: [0, 0] }, start: [0], steps: [], left: [], right: [] };
const ESTIMATE_ZOOM = 7.75; // from here on, places that nobody reported get a dot
const MANY = 1500; // marks: beyond, they are thinned out
const SQUARE = 20; // px
const ALL_ZOOM = 11;

/** @param {number[][][]} rings @param {Frame} frame @param {Box} box @param {Box | null} [cut] */
function pathOf(rings, frame, box, cut = null) {
  const path = new Path2D();
  for (const ring of rings) {
    let drawing = false;
    ring.forEach((point, n) => {
      const [x, y] = frame.local(point[0], point[1]);
      Geometry.extend(box, x, y);
      if (drawing && cut !== null && Geometry.alongBox(ring[n - 1], point, cut)) drawing = false;
      if (drawing) path.lineTo(x, y);
      else path.moveTo(x, y);
      drawing = true;
    });
  }
  return path;
}

/** @param {string} kind */
function shapeOf(kind) {
  if (SETTLEMENTS.has(kind)) return "circle";
  return CROSSINGS.has(kind) ? "diamond" : "square";
}

/** @param {PayloadPlace} place @param {number} index @param {Frame} frame */
function placeOf(place, index, frame) {
  const [x, y] = frame.local(place.lon, place.lat);
  const reported = place.reported !== false;
  const { id, name, kind, lon, lat, rank } = place;
  return {
    id, name, kind, lon, lat, rank, index, x, y, reported, shape: shapeOf(kind), area: place.area_km2 ?? 0,
    drivers: place.drivers ?? [], minZoom: reported ? 0 : ESTIMATE_ZOOM,
  };
}

// Drawing order: the important ones last, on top. Labels go the other way round. One number holds rank, to a thousandth
// as it travels, and place: so the platform's own sort will do.
/** @param {Place[]} places */
function ranked(places) {
  const keys = Float64Array.from(places, ({ reported, rank }, index) => (
    ((reported ? 2000 : 0) + Math.round(1000 * rank)) * places.length + index));
  return Array.from(keys.sort(), (key) => key % places.length);
}

// Where more places are reported than a map can show as dots, the important ones come first: at each zoom no two
// marks stand in the same square. Everything is shown from `ALL_ZOOM` on.
/** @param {Place[]} places @param {number[]} byRank */
function thinOut(places, byRank) {
  if (places.filter((place) => place.reported).length <= MANY) return;
  const order = [...byRank].reverse().map((index) => places[index]).filter((place) => place.reported);
  for (const place of order) place.minZoom = ALL_ZOOM;
  for (let zoom = 4; zoom < ALL_ZOOM; zoom += 0.5) {
    const side = SQUARE / 2 ** (zoom - Geometry.LOCAL_ZOOM);
    const taken = new Set();
    const key = (/** @type {Place} */ place) => Math.floor(place.x / side) * 2 ** 20 + Math.floor(place.y / side);
    for (const place of order) {
      if (taken.has(key(place))) continue;
      taken.add(key(place));
      place.minZoom = Math.min(place.minZoom, zoom);
    }
  }
}

/** @param {PayloadFeature[]} features */
function dataBox(features) {
  const box = Geometry.emptyBox();
  for (const feature of features) {
    for (const line of Geometry.lines(feature.geometry)) for (const [lon, lat] of line) Geometry.extend(box, lon, lat);
  }
  return box;
}

/** @param {PayloadFeature} feature @param {Frame} frame @param {Box | null} cut */
function countryOf(feature, frame, cut) {
  const box = Geometry.emptyBox();
  const rings = Geometry.lines(feature.geometry);
  return {
    name: feature.properties?.name ?? "",
    inside: Boolean(feature.properties?.inside),
    area: pathOf(rings, frame, box),
    outline: pathOf(rings, frame, Geometry.emptyBox(), cut),
    rings: rings.map((ring) => ring.map(([lon, lat]) => frame.local(lon, lat))),
    box,
  };
}

/** @param {PayloadFeature} feature @param {Frame} frame */
function riverOf(feature, frame) {
  const box = Geometry.emptyBox();
  const lines = Geometry.lines(feature.geometry);
  return {
    name: feature.properties?.name ?? "",
    rank: feature.properties?.rank ?? 9,
    path: pathOf(lines, frame, box),
    lines: lines.map((line) => line.map(([lon, lat]) => frame.local(lon, lat))),
    box,
  };
}

/** @param {Payload} payload */
export function prepare(payload) {
  Style.learn(payload.actors);
  const frame = Geometry.frame(payload.opening.bounds);
  const [start, end] = payload.span.map(Days.known);
  const geography = payload.geography ?? {};
  const countries = geography.borders?.features ?? [];
  const cut = countries.length ? dataBox(countries) : null;
  const changes = payload.changes ?? Intervals.changes(payload.intervals, payload.statuses);
  const places = payload.places.map((place, index) => placeOf(place, index, frame));
  const byRank = ranked(places);
  thinOut(places, byRank);
  return {
    payload,
    frame,
    start,
    length: end - start,
    cut,
    sheet: cut && [...frame.local(cut[0], cut[3]), ...frame.local(cut[2], cut[1])],
    statuses: payload.statuses,
    actors: payload.actors,
    places,
    byRank,
    arcs: Arcs.decode(payload.ground ?? NO_GROUND, frame.local, places.length),
    countries: countries.map((feature) => countryOf(feature, frame, cut)),
    rivers: (geography.rivers?.features ?? []).map((feature) => riverOf(feature, frame)),
    lakes: (geography.lakes?.features ?? []).map((feature) => {
      const box = Geometry.emptyBox();
      const rings = Geometry.lines(feature.geometry);
      return { path: pathOf(rings, frame, box), rings: rings.map((ring) => ring.map(([lon, lat]) => frame.local(lon, lat))), box };
    }),
    changes,
    changeDays: Intervals.distinctDays(changes),
    starts: Intervals.starts(payload.intervals, end - start),
  };
}

// The rows that hold on `day`, one a place.
/** @param {{payload: Payload}} model @param {number} day */
export function rowsAt(model, day) {
  return model.payload.intervals.map((rows) => rows[Intervals.indexAt(rows, day)]);
}

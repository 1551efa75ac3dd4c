// The payload as it travels, taken apart; packed.py writes it. A column is a text of whole numbers as source maps have
// them: five bits a digit, the lowest first; the sixth bit says that there is another digit, the lowest that the number
// is negative.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUE = new Uint8Array(128);
for (let n = 0; n < 64; n += 1) VALUE[DIGITS.charCodeAt(n)] = n;
const PARTS = 1e4; // of a degree
const THOUSANDTHS = 1000;

/** @param {string} text */
export function numbers(text) {
  const result = new Int32Array(text.length);
  let [count, value, shift] = [0, 0, 0];
  for (let i = 0; i < text.length; i += 1) {
    const digit = VALUE[text.charCodeAt(i)];
    value |= (digit & 31) << shift;
    if (digit & 32) shift += 5;
    else {
      result[count] = value & 1 ? -(value >>> 1) : value >>> 1;
      count += 1;
      value = shift = 0;
    }
  }
  return result.subarray(0, count);
}

// Numbers that are written as differences.
/** @param {string} text */
function summed(text) {
  const result = numbers(text);
  for (let n = 1; n < result.length; n += 1) result[n] += result[n - 1];
  return result;
}

/** @param {(string | number)[]} list */
function idsOf(list) {
  let last = 0;
  return list.map((id) => (typeof id === "number" ? String(last += id) : id));
}

/** @param {any} packed @param {Int32Array} order */
function placesOf(packed, order) {
  const [lon, lat] = [summed(packed.lon), summed(packed.lat)];
  const [kind, rank, reported, area] = [packed.kind, packed.rank, packed.reported, packed.area_km2].map(numbers);
  const [drivers, driver, km] = [packed.drivers, packed.driver, packed.driver_km].map(numbers);
  const ids = idsOf(packed.ids);
  const places = new Array(order.length);
  let next = 0;
  order.forEach((index, n) => {
    const its = [];
    for (const end = next + drivers[n]; next < end; next += 1) its.push([order[n + driver[next]], km[next]]);
    places[index] = {
      id: ids[index], name: packed.names[index], kind: packed.kinds[kind[n]], lon: lon[n] / PARTS, lat: lat[n] / PARTS,
      rank: rank[n] / THOUSANDTHS, reported: reported[n] === 1, area_km2: area[n], drivers: its,
    };
  });
  return places;
}

/** @param {any} packed @param {Int32Array} order */
function intervalsOf(packed, order) {
  const [counts, days, holdings, odds] = [packed.rows, packed.day, packed.holding, packed.probability].map(numbers);
  const intervals = new Array(order.length);
  let at = 0;
  order.forEach((index, n) => {
    let [day, probability] = [0, 0];
    const rows = new Array(counts[n]);
    for (let i = 0; i < counts[n]; i += 1, at += 1) {
      day += days[at];
      probability += odds[at];
      const holding = packed.holdings[holdings[at]];
      rows[i] = [day, holding[0], holding[1], probability / THOUSANDTHS, holding[2], holding[3] ?? 0];
    }
    intervals[index] = rows;
  });
  return intervals;
}

// -> {transform, start, steps, left, right}, as Arcs.decode takes it. A length below zero tells of an arc that does
// not start where the last one ended.
/** @param {any} packed @param {Int32Array} order */
function groundOf(packed, order) {
  const [counts, sides, lengths, jumps, given] = [packed.arcs, packed.right, packed.length, packed.jump, packed.step].map(numbers);
  const count = sides.length;
  const start = new Int32Array(count + 1);
  for (let n = 0; n < count; n += 1) start[n + 1] = start[n] + 1 + (lengths[n] < 0 ? -1 - lengths[n] : lengths[n]);
  const steps = new Int32Array(2 * start[count]);
  const [left, right] = [new Int32Array(count), new Int32Array(count)];
  let [x, y, arc, jump, step] = [0, 0, 0, 0, 0];
  counts.forEach((its, cell) => {
    for (const end = arc + its; arc < end; arc += 1) {
      left[arc] = order[cell];
      right[arc] = sides[arc] < 0 ? sides[arc] : order[cell + sides[arc]];
      if (lengths[arc] < 0) {
        x += jumps[jump];
        y += jumps[jump + 1];
        jump += 2;
      }
      let at = 2 * start[arc];
      steps[at] = x;
      steps[at + 1] = y;
      for (at += 2; at < 2 * start[arc + 1]; at += 2, step += 2) {
        x += steps[at] = given[step];
        y += steps[at + 1] = given[step + 1];
      }
    }
  });
  return { transform: packed.transform, start, steps, left, right };
}

/** @param {any} coordinates */
function linesOf(coordinates) {
  if (typeof coordinates !== "string") {
    return coordinates.map((/** @type {any} */ part) => (typeof part === "number" ? part : linesOf(part)));
  }
  const steps = numbers(coordinates);
  let [x, y] = [0, 0];
  return Array.from({ length: steps.length / 2 }, (_, n) => {
    x += steps[2 * n];
    y += steps[2 * n + 1];
    return [x / PARTS, y / PARTS];
  });
}

/** @param {any} packed */
function geometryOf(packed) {
  if (packed === null) return null;
  if (packed.geometries) return { type: packed.type, geometries: packed.geometries.map(geometryOf) };
  return { type: packed.type, coordinates: linesOf(packed.coordinates) };
}

/** @param {{features: any[]}} arg0 */
function featuresOf({ features }) {
  return { features: features.map(({ properties, geometry }) => ({ properties, geometry: geometryOf(geometry) })) };
}

// The payload as ControlTimeline documents it, but for the ground, which is columns: see groundOf.
/** @param {any} packed */
export function unpack(packed) {
  const order = numbers(packed.places.order);
  const payload = {
    ...packed, places: placesOf(packed.places, order), intervals: intervalsOf(packed.intervals, order),
  };
  if (packed.ground) payload.ground = groundOf(packed.ground, order);
  if (packed.changes) {
    const [days, places] = [summed(packed.changes.day), summed(packed.changes.place)];
    payload.changes = Array.from(days, (day, n) => [day, places[n]]);
  }
  if (packed.told) {
    const texts = numbers(packed.told.rows);
    const rows = new Array(order.length);
    let at = 0;
    for (const index of order) {
      rows[index] = Array.from(texts.subarray(at, at + payload.intervals[index].length));
      at += rows[index].length;
    }
    payload.told = { ...packed.told, rows };
  }
  if (packed.geography) {
    payload.geography = Object.fromEntries(
      Object.entries(packed.geography).map(([name, features]) => [name, featuresOf(features)]));
  }
  return payload;
}

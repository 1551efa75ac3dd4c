// Geometry without a canvas: projection into one local frame, straight stretches of rivers.

// One local unit is a screen pixel at this zoom. Local coordinates count from the middle of the theatre, because a
// canvas keeps 24 bits of a number: counted from 0 E 0 N, a town would be pixels off at street level.
export const LOCAL_ZOOM = 8;
const WORLD = 256 * 2 ** LOCAL_ZOOM;
const AROUND = 40075.017; // km, the equator

// Web Mercator of (lon, lat) in degrees, as parts of the world's width: (0, 0) is the north-west corner.
/** @param {number} lon @param {number} lat */
export function mercator(lon, lat) {
  const sine = Math.sin((Math.max(-85.05112878, Math.min(85.05112878, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

// bounds: [[south, west], [north, east]] in degrees.
/** @param {PayloadOpening["bounds"]} bounds */
export function frame(bounds) {
  const [[south, west], [north, east]] = bounds;
  const [x0, y0] = mercator(west, north);
  const [x1, y1] = mercator(east, south);
  const origin = [(x0 + x1) / 2, (y0 + y1) / 2];
  return {
    origin,
    /** @type {Frame["local"]} */
    local(lon, lat) {
      const [x, y] = mercator(lon, lat);
      return [(x - origin[0]) * WORLD, (y - origin[1]) * WORLD];
    },
  };
}

// Kilometres that a local unit is long at a local y: with Web Mercator the fewer, the farther from the equator.
/** @param {Frame} within @param {number} y */
export function kilometres(within, y) {
  return AROUND / WORLD / Math.cosh(Math.PI * (1 - 2 * (y / WORLD + within.origin[1])));
}

export function emptyBox() {
  return [Infinity, Infinity, -Infinity, -Infinity];
}

/** @param {Box} box @param {number} x @param {number} y */
export function extend(box, x, y) {
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
}

// Every [lon, lat] of a GeoJSON geometry, as lists of points: rings of polygons, lines of lines.
/** @param {PayloadGeometry | null | undefined} geometry @returns {number[][][]} */
export function lines(geometry) {
  if (!geometry) return [];
  switch (geometry.type) {
    case "LineString": return [geometry.coordinates];
    case "MultiLineString":
    case "Polygon": return geometry.coordinates;
    case "MultiPolygon": return geometry.coordinates.flat();
    case "GeometryCollection": return geometry.geometries?.flatMap(lines) ?? [];
    default: return [];
  }
}

// Base maps are cut to a box. A stretch that runs along the box is the cut, not a border, and is not to be drawn.
/** @param {number[]} a @param {number[]} b @param {Box} box @param {number} [tolerance] */
export function alongBox(a, b, box, tolerance = 1e-6) {
  /** @type {(value: number, edge: number) => boolean} */
  const near = (value, edge) => Math.abs(value - edge) <= tolerance;
  return (near(a[0], box[0]) && near(b[0], box[0])) || (near(a[0], box[2]) && near(b[0], box[2]))
    || (near(a[1], box[1]) && near(b[1], box[1])) || (near(a[1], box[3]) && near(b[1], box[3]));
}

/** @param {number} x @param {number} y @param {number[][]} ring */
export function insideRing(x, y, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

// Stretches of a line on which a text of `width` can stand: {x, y, angle, straightness}, straightest first.
// The angle keeps the text upright. Straightness is chord over length of the stretch.
/** @param {number[][]} points @param {number} width @param {number} [least] */
export function stretches(points, width, least = 0.86) {
  const found = [];
  const along = [0];
  for (let i = 1; i < points.length; i += 1) {
    along.push(along[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
  }
  for (let i = 0, j = 0; i < points.length; i += 1) {
    while (j < points.length && along[j] - along[i] < width) j += 1;
    if (j === points.length) break;
    const [dx, dy] = [points[j][0] - points[i][0], points[j][1] - points[i][1]];
    const straightness = Math.hypot(dx, dy) / (along[j] - along[i]);
    if (straightness < least) continue;
    let angle = Math.atan2(dy, dx);
    if (angle > Math.PI / 2) angle -= Math.PI;
    else if (angle <= -Math.PI / 2) angle += Math.PI;
    found.push({ x: points[i][0] + dx / 2, y: points[i][1] + dy / 2, angle, straightness });
  }
  return found.sort((a, b) => b.straightness - a.straightness);
}

// Rings around groups of cells, put together from the shared arcs: what lies between two cells of a group falls away.

/** @type {(arcs: DissolvableArcs, n: number) => number} */
const end = (arcs, n) => (n >= 0 ? arcs.start[n + 1] - 1 : arcs.start[~n]);
/** @type {(arcs: DissolvableArcs, n: number) => number} */
const begin = (arcs, n) => (n >= 0 ? arcs.start[n] : arcs.start[~n + 1] - 1);

// group(cell) -> number of its group, or -1. -> Map of group to rings; a ring is a list of arcs, ~n for arc n backwards.
// Where rings touch in a point they may come out as one or as two: filled by the even-odd rule, that is the same.
/** @param {DissolvableArcs} arcs @param {(cell: number) => number} group */
export function rings(arcs, group) {
  const edges = new Map();
  /** @type {(which: number, n: number) => void} */
  const add = (which, n) => {
    if (!edges.has(which)) edges.set(which, []);
    edges.get(which).push(n);
  };
  for (let n = 0; n < arcs.count; n += 1) {
    const left = arcs.left[n] < 0 ? -1 : group(arcs.left[n]);
    const right = arcs.right[n] < 0 ? -1 : group(arcs.right[n]);
    if (left === right) continue;
    if (left >= 0) add(left, n);
    if (right >= 0) add(right, ~n);
  }
  return new Map([...edges].map(([which, list]) => [which, chained(arcs, list)]));
}

/** @param {DissolvableArcs} arcs @param {number[]} list */
function chained(arcs, list) {
  const key = (/** @type {number} */ vertex) => `${arcs.xy[2 * vertex]} ${arcs.xy[2 * vertex + 1]}`;
  const leaving = new Map();
  for (const n of list) {
    const from = key(begin(arcs, n));
    if (!leaving.has(from)) leaving.set(from, []);
    leaving.get(from).push(n);
  }
  const found = [];
  for (const first of list) {
    let next = leaving.get(key(begin(arcs, first)));
    if (!next.includes(first)) continue;
    next.splice(next.indexOf(first), 1);
    const ring = [first];
    for (;;) {
      next = leaving.get(key(end(arcs, ring[ring.length - 1])));
      if (!next?.length) break; // back where it started: every arc that arrives there has left again
      ring.push(next.pop());
    }
    found.push(ring);
  }
  return found;
}

// Add a ring to a path, in local coordinates.
/** @param {Pick<Path2D, "moveTo" | "lineTo" | "closePath">} path @param {DissolvableArcs} arcs @param {number[]} ring */
export function trace(path, arcs, ring) {
  const first = begin(arcs, ring[0]);
  path.moveTo(arcs.xy[2 * first], arcs.xy[2 * first + 1]);
  for (const n of ring) {
    const [from, to, step] = [begin(arcs, n), end(arcs, n), n >= 0 ? 1 : -1];
    for (let i = from; i !== to;) {
      i += step;
      path.lineTo(arcs.xy[2 * i], arcs.xy[2 * i + 1]);
    }
  }
  path.closePath();
}

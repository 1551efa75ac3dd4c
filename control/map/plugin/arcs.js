// The ground as shared arcs: each stretch of boundary once, with the place on its left and the place on its right.
// Whoever draws a border draws it from here, so neighbours cannot disagree on it.

// `ground`: {transform: {scale, translate}, start, steps, left, right}; arc n has the vertices start[n] up to
// start[n + 1] - 1; of `steps`, two numbers a vertex, the first is a position and the others lead from each to the next.
// `local` takes (lon, lat) to local coordinates (see geometry.js). Negative sides are nobody's.
/** @param {PayloadGround} ground @param {Frame["local"]} local @param {number} cellCount */
export function decode(ground, local, cellCount) {
  const { start, steps, left, right, transform } = ground;
  const [[sx, sy], [tx, ty]] = [transform.scale, transform.translate];
  const count = left.length;
  const xy = new Float32Array(steps.length);
  const boxes = emptyBoxes(count);
  const cellBoxes = emptyBoxes(cellCount);
  for (let n = 0; n < count; n += 1) {
    let [x, y] = [0, 0];
    for (let at = 2 * start[n]; at < 2 * start[n + 1]; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      const [px, py] = local(x * sx + tx, y * sy + ty);
      xy[at] = px;
      xy[at + 1] = py;
      stretch(boxes, n, px, py);
    }
    for (let side = 0; side < 2; side += 1) {
      const cell = side ? right[n] : left[n];
      if (cell < 0) continue;
      stretch(cellBoxes, cell, boxes[4 * n], boxes[4 * n + 1]);
      stretch(cellBoxes, cell, boxes[4 * n + 2], boxes[4 * n + 3]);
    }
  }
  return { count, cellCount, start, xy, left, right, boxes, cellBoxes, ...byCell(left, right, cellCount) };
}

/** @param {number} count */
function emptyBoxes(count) {
  const boxes = new Float32Array(4 * count);
  for (let n = 0; n < boxes.length; n += 1) boxes[n] = n % 4 < 2 ? Infinity : -Infinity;
  return boxes;
}

/** @param {Float32Array} boxes @param {number} n @param {number} x @param {number} y */
function stretch(boxes, n, x, y) {
  if (x < boxes[4 * n]) boxes[4 * n] = x;
  if (y < boxes[4 * n + 1]) boxes[4 * n + 1] = y;
  if (x > boxes[4 * n + 2]) boxes[4 * n + 2] = x;
  if (y > boxes[4 * n + 3]) boxes[4 * n + 3] = y;
}

// Which arcs bound a cell: those of cell c are arcOf[firstOf[c]] up to arcOf[firstOf[c + 1] - 1].
/** @param {ArrayLike<number>} left @param {ArrayLike<number>} right @param {number} cellCount */
function byCell(left, right, cellCount) {
  const firstOf = new Int32Array(cellCount + 1);
  /** @type {(visit: (cell: number, n: number) => void) => void} */
  const each = (visit) => {
    for (let n = 0; n < left.length; n += 1) {
      if (left[n] >= 0) visit(left[n], n);
      if (right[n] >= 0 && right[n] !== left[n]) visit(right[n], n);
    }
  };
  each((cell) => { firstOf[cell + 1] += 1; });
  for (let cell = 0; cell < cellCount; cell += 1) firstOf[cell + 1] += firstOf[cell];
  const arcOf = new Int32Array(firstOf[cellCount]);
  const next = firstOf.slice();
  each((cell, n) => { arcOf[next[cell]++] = n; });
  return { firstOf, arcOf };
}

/** @param {ArcSet} arcs @param {number} cell */
export function hasGround(arcs, cell) {
  return arcs.firstOf[cell + 1] > arcs.firstOf[cell];
}

/** @param {ArcSet} arcs @param {number} cell */
export function cellBox(arcs, cell) {
  return arcs.cellBoxes.subarray(4 * cell, 4 * cell + 4);
}

// Add an arc to a path, in local coordinates.
/** @param {Pick<Path2D, "moveTo" | "lineTo">} path @param {ArcSet} arcs @param {number} n */
export function trace(path, arcs, n) {
  const { xy, start } = arcs;
  path.moveTo(xy[2 * start[n]], xy[2 * start[n] + 1]);
  for (let i = start[n] + 1; i < start[n + 1]; i += 1) path.lineTo(xy[2 * i], xy[2 * i + 1]);
}

// The ground as shared arcs: each stretch of boundary once, with the place on its left and the place on its right.
// Whoever draws a border draws it from here, so neighbours cannot disagree on it.
const Arcs = (() => {
  // `ground`: {transform: {scale, translate}, arcs: [[x0, y0, dx, dy, ...]], sides: [[left, right]]}, as TopoJSON has its
  // arcs. `local` takes (lon, lat) to local coordinates (see geometry.js). Negative sides are nobody's.
  function decode(ground, local, cellCount) {
    const { arcs, sides, transform } = ground;
    const [[sx, sy], [tx, ty]] = [transform.scale, transform.translate];
    const count = arcs.length;
    const start = new Int32Array(count + 1);
    arcs.forEach((arc, n) => { start[n + 1] = start[n] + arc.length / 2; });
    const xy = new Float32Array(2 * start[count]);
    const left = Int32Array.from(sides, (side) => side[0]);
    const right = Int32Array.from(sides, (side) => side[1]);
    const boxes = emptyBoxes(count);
    const cellBoxes = emptyBoxes(cellCount);
    arcs.forEach((arc, n) => {
      let [x, y, at] = [0, 0, 2 * start[n]];
      for (let i = 0; i < arc.length; i += 2) {
        x += arc[i];
        y += arc[i + 1];
        const [px, py] = local(x * sx + tx, y * sy + ty);
        xy[at] = px;
        xy[at + 1] = py;
        at += 2;
        stretch(boxes, n, px, py);
      }
      for (const cell of [left[n], right[n]]) {
        if (cell < 0) continue;
        stretch(cellBoxes, cell, boxes[4 * n], boxes[4 * n + 1]);
        stretch(cellBoxes, cell, boxes[4 * n + 2], boxes[4 * n + 3]);
      }
    });
    return { count, cellCount, start, xy, left, right, boxes, cellBoxes, ...byCell(left, right, cellCount) };
  }

  function emptyBoxes(count) {
    const boxes = new Float32Array(4 * count);
    for (let n = 0; n < boxes.length; n += 1) boxes[n] = n % 4 < 2 ? Infinity : -Infinity;
    return boxes;
  }

  function stretch(boxes, n, x, y) {
    if (x < boxes[4 * n]) boxes[4 * n] = x;
    if (y < boxes[4 * n + 1]) boxes[4 * n + 1] = y;
    if (x > boxes[4 * n + 2]) boxes[4 * n + 2] = x;
    if (y > boxes[4 * n + 3]) boxes[4 * n + 3] = y;
  }

  // Which arcs bound a cell: those of cell c are arcOf[firstOf[c]] up to arcOf[firstOf[c + 1] - 1].
  function byCell(left, right, cellCount) {
    const firstOf = new Int32Array(cellCount + 1);
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

  function hasGround(arcs, cell) {
    return arcs.firstOf[cell + 1] > arcs.firstOf[cell];
  }

  function cellBox(arcs, cell) {
    return arcs.cellBoxes.subarray(4 * cell, 4 * cell + 4);
  }

  // -- fronts: arcs between two actors
  const NONE = 0;
  const ESTIMATED = 1; // at least one side is an estimate
  const ASSESSED = 2;

  // `holder(cell)` is the actor seen to hold a cell, or -1; `sure(cell)` tells whether that is an assessment.
  function frontOf(arcs, n, holder, sure) {
    const [a, b] = [arcs.left[n], arcs.right[n]];
    if (a < 0 || b < 0) return NONE;
    const [x, y] = [holder(a), holder(b)];
    if (x < 0 || y < 0 || x === y) return NONE;
    return sure(a) && sure(b) ? ASSESSED : ESTIMATED;
  }

  // Kinds of all arcs, brought up to date for the arcs of `cells`; all of them when it is null.
  function updateFronts(kinds, arcs, cells, holder, sure) {
    if (cells === null) for (let n = 0; n < arcs.count; n += 1) kinds[n] = frontOf(arcs, n, holder, sure);
    else {
      for (const cell of cells) {
        for (let i = arcs.firstOf[cell]; i < arcs.firstOf[cell + 1]; i += 1) {
          kinds[arcs.arcOf[i]] = frontOf(arcs, arcs.arcOf[i], holder, sure);
        }
      }
    }
    return kinds;
  }

  // Add an arc to a path, in local coordinates.
  function trace(path, arcs, n) {
    const { xy, start } = arcs;
    path.moveTo(xy[2 * start[n]], xy[2 * start[n] + 1]);
    for (let i = start[n] + 1; i < start[n + 1]; i += 1) path.lineTo(xy[2 * i], xy[2 * i + 1]);
  }

  return { decode, hasGround, cellBox, updateFronts, trace, NONE, ESTIMATED, ASSESSED };
})();
if (typeof module !== "undefined") module.exports = Arcs;

// The ground as shared arcs: each stretch of boundary once, with the place on its left and the place on its right.
// Whoever draws a border draws it from here, so neighbours cannot disagree on it.
const Arcs = (() => {
  // `ground`: {transform: {scale, translate}, start, steps, left, right}; arc n has the vertices start[n] up to
  // start[n + 1] - 1; of `steps`, two numbers a vertex, the first is a position and the others lead from each to the next.
  // `local` takes (lon, lat) to local coordinates (see geometry.js). Negative sides are nobody's.
  function decode(ground, local, cellCount) {
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

  const FEW = 0.25; // share of the cells: beyond, looking at all arcs once is cheaper than at many arcs twice

  // What every arc is on the date shown.
  class Fronts {
    constructor(arcs) {
      this.arcs = arcs;
      this.kinds = new Uint8Array(arcs.count);
      this.codes = new Int32Array(arcs.cellCount); // of cells: twice the holder, one more for an assessment; -1 for nobody's
      this.found = new Int32Array(arcs.count);
      this.length = 0;
    }

    // Bring up to date what is around `cells`; everything when it is null. `holder(cell)` is the actor seen to hold a cell,
    // or -1; `sure(cell)` tells whether that is an assessment.
    update(cells, holder, sure) {
      const { kinds, codes, found } = this;
      const { count, cellCount, left, right, firstOf, arcOf } = this.arcs;
      const look = (cell) => {
        const actor = holder(cell);
        codes[cell] = actor < 0 ? -1 : 2 * actor + (sure(cell) ? 1 : 0);
      };
      const judge = (n) => {
        const a = left[n] < 0 ? -1 : codes[left[n]];
        const b = right[n] < 0 ? -1 : codes[right[n]];
        kinds[n] = a < 0 || b < 0 || a >> 1 === b >> 1 ? NONE : a & b & 1 ? ASSESSED : ESTIMATED;
      };
      if (cells === null) for (let cell = 0; cell < cellCount; cell += 1) look(cell);
      else for (const cell of cells) look(cell);
      if (cells === null || cells.length > FEW * cellCount) for (let n = 0; n < count; n += 1) judge(n);
      else for (const cell of cells) for (let i = firstOf[cell]; i < firstOf[cell + 1]; i += 1) judge(arcOf[i]);
      if (cells !== null && cells.length === 0) return;
      this.length = 0;
      for (let n = 0; n < count; n += 1) if (kinds[n] !== NONE) found[this.length++] = n;
    }

    // The arcs that are fronts.
    list() {
      return this.found.subarray(0, this.length);
    }
  }

  // Add an arc to a path, in local coordinates.
  function trace(path, arcs, n) {
    const { xy, start } = arcs;
    path.moveTo(xy[2 * start[n]], xy[2 * start[n] + 1]);
    for (let i = start[n] + 1; i < start[n + 1]; i += 1) path.lineTo(xy[2 * i], xy[2 * i + 1]);
  }

  return { decode, hasGround, cellBox, Fronts, trace, NONE, ESTIMATED, ASSESSED };
})();
if (typeof module !== "undefined") module.exports = Arcs;

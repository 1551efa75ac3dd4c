// Which sides are switched off: one at a time, all but one, or none.

/** @param {{hidden: Set<number>}} state @param {number} index */
export function toggle(state, index) {
  if (!state.hidden.delete(index)) state.hidden.add(index);
}

// This one alone; everything again where it is alone already.
/** @param {{hidden: Set<number>}} state @param {number} index @param {number[]} sides */
export function only(state, index, sides) {
  const others = sides.filter((side) => side !== index);
  const isAlone = !state.hidden.has(index) && others.every((side) => state.hidden.has(side));
  state.hidden = new Set(isAlone ? [] : others);
}

/** @param {{hidden: Set<number>}} state */
export function all(state) {
  state.hidden = new Set();
}

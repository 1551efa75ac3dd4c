// Changes counted in equal stretches of time, for the picture on the slider's track.

// Counts of `days` (0 <= day < length) in `count` bins. A day falls into exactly one bin.
/** @param {number[]} days @param {number} length @param {number} count */
export function bins(days, length, count) {
  const result = new Array(count).fill(0);
  for (const day of days) {
    if (day >= 0 && day < length) result[Math.floor((day * count) / length)] += 1;
  }
  return result;
}

// Heights 0..1. Square root: one town a week stays visible beside the fifty towns of a great offensive.
/** @param {number[]} counts */
export function heights(counts) {
  const most = Math.max(1, ...counts);
  return counts.map((count) => Math.sqrt(count / most));
}

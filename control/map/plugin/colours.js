// Colour arithmetic on #rrggbb.

/** @param {string} hex */
export function parse(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** @param {number[]} rgb */
export function format(rgb) {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

// `share` 0 gives `a`, 1 gives `b`.
/** @param {string} a @param {string} b @param {number} share */
export function mix(a, b, share) {
  const [first, second] = [parse(a), parse(b)];
  return format(first.map((part, i) => part + (second[i] - part) * share));
}

/** @param {string} hex */
export function luminance(hex) {
  const [r, g, b] = parse(hex).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// WCAG contrast ratio, 1 to 21.
/** @param {string} a @param {string} b */
export function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// Distance from grey, 0 to 255.
/** @param {string} hex */
export function chroma(hex) {
  const parts = parse(hex);
  return Math.max(...parts) - Math.min(...parts);
}

// The payload as it stands in the page: JSON, deflated, in base 64; control_timeline.py wraps it.

export const isSupported = () => typeof DecompressionStream === "function";

const Bytes = /** @type {any} */ (Uint8Array); // its fromBase64 is of 2025

/** @param {string} text */
function bytesOf(text) {
  if (Bytes.fromBase64) return Bytes.fromBase64(text);
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let n = 0; n < bytes.length; n += 1) bytes[n] = packed.charCodeAt(n);
  return bytes;
}

// text -> a promise of what it holds.
/** @param {string} text */
export async function open(text) {
  return new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

// The payload as it stands in the page: JSON, deflated, in base 64; control_timeline.py wraps it.
const Wrapped = (() => {
  const isSupported = () => typeof DecompressionStream === "function";

  function bytesOf(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // browsers of 2025
    const packed = atob(text);
    const bytes = new Uint8Array(packed.length);
    for (let n = 0; n < bytes.length; n += 1) bytes[n] = packed.charCodeAt(n);
    return bytes;
  }

  // text -> a promise of what it holds.
  async function open(text) {
    return new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  }

  return { isSupported, open };
})();
if (typeof module !== "undefined") module.exports = Wrapped;

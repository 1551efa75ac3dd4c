// Talking to the page around the map, where there is one. Messages are data; nothing in them is ever run.
const Host = (() => {
  const embedded = () => window.parent !== window;

  // Out: the date and place the person settled on.
  function sendState(date, place, nonce) {
    // The frame's origin is opaque when it is sandboxed, and so may be the parent's: "*" is all that can be named.
    if (embedded()) window.parent.postMessage({ type: "control-map:state", date, place, nonce }, "*");
  }

  // Out: where the person looks, so that the view can be given back to a map that had to be made anew.
  function sendView(center, zoom) {
    if (embedded()) window.parent.postMessage({ type: "control-map:view", center, zoom }, "*");
  }

  // In: {type: "control-map:set", date?, place?, view?, nonce?}, from the parent and nobody else.
  function listen(onSet) {
    window.addEventListener("message", (event) => {
      if (!embedded() || event.source !== window.parent) return;
      if (event.data && event.data.type === "control-map:set") onSet(event.data);
    });
  }

  return { sendState, sendView, listen };
})();

// Talking to the page around the map, where there is one. Messages are data; nothing in them is ever run.
//
// Out {type: "control-map:state", date, place, nonce, hidden?, compare?}
//                                                           what the person settled on; answers an order by its nonce
//     {type: "control-map:view", center, zoom, hidden?, home}   where the person looks, and what is hidden; `home` while
//                                                               nobody and no order has moved the map
//     {type: "control-map:moving"}                              the date passes; a state follows when it has come to rest
//     {type: "control-map:focus", at}                           the control that the keyboard is on, by its label
// In  {type: "control-map:set", nonce?, date?, place?, view?, hidden?, compare?}  an order; what is absent stays as it is
//     {type: "control-map:set", rest: true}                     stop playing, and say where
//     {type: "control-map:set", focus}                          take the keyboard, at the control of that label
//
//   date     ISO date
//   place    id of a place; null for none
//   center   [latitude, longitude], degrees WGS84; view is {center, zoom}
//   zoom     zoom level, may be a fraction
//   hidden   ids of the actors and names of the layers that are switched off; [] for none
//   compare  ISO date whose holders are compared with those of `date`; null for no comparison

const embedded = () => window.parent !== window;
// The frame's origin is opaque when it is sandboxed, and so may be the parent's: "*" is all that can be named.
/** @type {(message: {type: string, [part: string]: unknown}) => void} */
const send = (message) => {
  if (embedded()) window.parent.postMessage(message, "*");
};

// Out: the date and place the person settled on.
/**
 * @param {string} date
 * @param {string | null} place
 * @param {string | number | undefined} nonce
 * @param {string[]} hidden
 * @param {string | null} compare
 */
export function sendState(date, place, nonce, hidden, compare) {
  send({ type: "control-map:state", date, place, nonce, hidden, compare });
}

// Out: what is shown is not what was last told.
export function sendMoving() {
  send({ type: "control-map:moving" });
}

// Out: the control that the keyboard is on.
/** @param {string} at */
export function sendFocus(at) {
  send({ type: "control-map:focus", at });
}

// Out: where the person looks, so that an address can name it and a map made anew can be given it back.
/** @param {number[]} center @param {number} zoom @param {string[]} hidden @param {boolean} home */
export function sendView(center, zoom, hidden, home) {
  send({ type: "control-map:view", center, zoom, hidden, home });
}

// In: orders, from the parent and nobody else.
/** @param {(order: any) => void} onSet */
export function listen(onSet) {
  window.addEventListener("message", (event) => {
    if (!embedded() || event.source !== window.parent) return;
    if (event.data && event.data.type === "control-map:set") onSet(event.data);
  });
}

// Holds the map's page in one sandboxed frame across reruns, and passes orders to it. One component, mounted twice for
// each map: once with the page, which is large and hardly ever changes, and once with the orders, which are small and
// change all the time. Streamlit sends again only the mount whose data changed.
const maps = new Map();
const TOLD = ["theatre", "date", "known_on", "policy", "place", "compare", "background"]; // parameters of the address that Python knows
const SEEN = ["center", "zoom", "hidden"]; // and those that only the map knows

const PAINT_MS = 150; // from a map's first word until it is certainly on the screen
const LONGEST_WAIT_MS = 10_000;

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function mapOf(key) {
  if (!maps.has(key)) {
    maps.set(key, { frame: null, left: null, coming: null, page: null, ready: false, moving: false, focused: false, applied: null,
      queue: [], ordered: null, link: null, asked: false, setStateValue: null, listener: null, ...unseen() });
  }
  return maps.get(key);
}

// What is known of a theatre that nobody has looked at yet.
function unseen(theatre = null) {
  return { theatre, state: {}, unanswered: null, home: null, view: null, hidden: null, compare: null, compared: null,
    sent: null, told: null, focus: null };
}

function post(map, message) {
  // The sandbox gives the frame an opaque origin, which only "*" addresses; the window itself is the address.
  if (map.ready) map.frame.contentWindow.postMessage({ type: "control-map:set", ...message }, "*");
  else map.queue.push(message);
}

// A place that lies outside the view makes the map move there. Who asks for both wants the view: it is said last.
function order(map, message) {
  const { view, ...rest } = message;
  if (Object.keys(rest).length) post(map, rest);
  if (view) post(map, { view, nonce: message.nonce });
}

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

function hear(map, data) {
  // What comes from the frame is data of others: only what has the expected form is taken over.
  if (Array.isArray(data.hidden)) map.hidden = data.hidden.filter((id) => typeof id === "string");
  if (data.type === "control-map:view") {
    const { center, zoom } = data;
    const sound = Array.isArray(center) && center.length === 2 && center.every(isNumber) && isNumber(zoom);
    // Where a map stands by itself, another size of the window included, is no move.
    if (data.home === true) {
      map.home = JSON.stringify([center, zoom]);
      if (map.ready) map.view = null;
    } else if (sound) map.view = { center, zoom };
  }
  // The first word of a map: it stands, and takes orders from now on.
  if (data.type === "control-map:view" && !map.ready) {
    map.ready = true;
    const { left } = map;
    if (left) setTimeout(() => left.remove(), PAINT_MS);
    const queue = map.queue;
    map.queue = [];
    for (const message of queue) post(map, message);
    if (map.focused) {
      map.frame.focus({ preventScroll: true });
      post(map, { focus: map.focus });
    }
  }
  if (data.type === "control-map:focus" && typeof data.at === "string") map.focus = data.at;
  if (data.type === "control-map:moving") map.moving = true;
  if (data.type === "control-map:state") {
    const { date, place, nonce } = data;
    if (map.unanswered && map.unanswered.nonce === nonce) map.unanswered = null;
    // Begun or ended in the map itself: Python hears of it, and does not order it back.
    // "None" is news only from a map that had compared: one that starts has not read its orders yet.
    const compared = ISO_DAY.test(data.compare) ? data.compare : null;
    if (compared || map.compared) map.compare = compared;
    map.compared = compared;
    const state = { theatre: map.theatre, date, place: place ?? null, nonce: nonce ?? map.state.nonce ?? null,
      compare: map.compare };
    const text = JSON.stringify(state);
    if (text !== map.sent) {
      map.sent = text;
      map.state = state;
      map.setStateValue?.("view", state);
    }
    map.moving = false;
    succeedAtRest(map);
  }
  writeAddress(map);
}

// What only the map knows, as parameters of the address.
function seen(map) {
  const moved = map.view && JSON.stringify([map.view.center, map.view.zoom]) !== map.home;
  const found = {};
  if (moved) {
    found.center = `${map.view.center[1].toFixed(4)},${map.view.center[0].toFixed(4)}`;
    found.zoom = String(Math.round(map.view.zoom * 100) / 100);
  }
  if (map.hidden?.length) found.hidden = map.hidden.join(",");
  return found;
}

// The address always names what is shown. It is replaced, not pushed: the way back leads out of the app, and no message
// to Python is needed when somebody only looks elsewhere; Python hears of that while it asks for it.
function writeAddress(map) {
  if (!map.link) return;
  const address = new URL(window.location.href);
  const before = address.search;
  const look = seen(map);
  const parameters = new URLSearchParams();
  for (const key of TOLD) if (map.link[key]) parameters.set(key, map.link[key]);
  for (const key of SEEN) if (look[key]) parameters.set(key, look[key]);
  // Streamlit's own switches stay; anything else was no parameter of the app.
  for (const [key, value] of address.searchParams) if (key.startsWith("embed")) parameters.append(key, value);
  const after = parameters.toString().replaceAll("%2C", ",");
  if (`?${after}` !== before) {
    address.search = after;
    window.history.replaceState(window.history.state, "", address);
  }
  const text = JSON.stringify(look);
  if (map.asked && text !== map.told) {
    map.told = text;
    map.setStateValue?.("look", { theatre: map.theatre, ...look });
  }
}

function showPage(component) {
  const { parentElement, data, setStateValue } = component;
  const map = mapOf(data.map);
  map.setStateValue = setStateValue;
  if (!map.listener) {
    map.listener = (event) => {
      if (!event.data) return;
      if (map.frame && event.source === map.frame.contentWindow) hear(map, event.data);
      else if (map.coming && event.source === map.coming.frame.contentWindow && event.data.type === "control-map:view") {
        map.coming.said = event.data;
        succeedAtRest(map);
      }
    };
    window.addEventListener("message", map.listener);
  }
  if ((map.coming ?? map).page !== data.page || !map.frame?.isConnected) bring(parentElement, map, data);
  return () => {
    window.removeEventListener("message", map.listener);
    map.frame?.parentElement?.remove();
    Object.assign(map, { listener: null, frame: null, left: null, coming: null, ready: false, moving: false });
  };
}

// Make a frame for a page. Where another page of the same theatre is in sight it stays in use until this one has drawn
// itself: nobody looks at an empty frame, and nobody's key or pointer falls into one.
function bring(parentElement, map, data) {
  const holder = map.frame?.isConnected ? map.frame.parentElement : parentElement.appendChild(document.createElement("div"));
  holder.style.position = "relative";
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("title", data.title);
  frame.style.cssText = `display:block;width:100%;height:min(${Number(data.height)}px, 94svh);border:0`;
  const next = { frame, page: data.page, theatre: data.theatre, said: null };
  map.coming?.frame.remove();
  map.coming = null;
  if (map.frame?.isConnected) Object.assign(map.frame.style, { position: "absolute", inset: "0" }); // above the next one
  const waits = map.ready && map.frame?.isConnected && map.theatre === data.theatre;
  if (waits) {
    frame.inert = true;
    map.coming = next;
    setTimeout(() => {
      if (map.coming === next) succeed(map);
    }, LONGEST_WAIT_MS);
  } else follow(map, next);
  // In the page and laid out before it is filled: a map that starts without a size has to be drawn twice.
  holder.prepend(frame);
  void frame.offsetWidth;
  frame.srcdoc = data.page;
}

// Nobody's slider is taken out of the hand, and no day that is passing is lost.
function succeedAtRest(map) {
  if (!map.coming?.said) return;
  if (map.moving) post(map, { rest: true });
  else succeed(map);
}

function succeed(map) {
  const { coming } = map;
  map.coming = null;
  coming.frame.inert = false;
  follow(map, coming);
  if (coming.said) hear(map, coming.said);
}

// From now on this frame is the map. What the one before knew goes to it, to be told when it stands.
function follow(map, { frame, page, theatre }) {
  const before = map.frame;
  const wasReady = map.ready;
  map.ready = map.moving = false;
  // Another page of the same theatre: date, place, view and all that was hidden stay. New orders come after them. The
  // first page of a theatre has nothing to keep, only orders that were there before it.
  const waiting = map.queue;
  map.queue = [];
  if (map.page !== null) {
    if (map.theatre === theatre) {
      order(map, kept(map));
      // What the map before had heard and not answered is lost with it, and Python would wait for the answer for ever.
      if (wasReady && map.unanswered) order(map, map.unanswered);
    } else Object.assign(map, unseen());
  }
  map.queue.push(...waiting);
  const focused = Boolean(before?.isConnected) && before.getRootNode().activeElement === before;
  if (before?.isConnected) leave(map, before, wasReady);
  Object.assign(map, { frame, page, theatre, focused });
}

// The map before stays in sight until the next one has drawn what it was told.
function leave(map, frame, wasReady) {
  if (!wasReady) {
    frame.remove(); // it never came to be seen; one that was before it may still be there
    return;
  }
  frame.inert = true;
  map.left = frame;
  setTimeout(() => frame.remove(), LONGEST_WAIT_MS);
}

function kept(map) {
  const { date, place } = map.state;
  const message = {};
  if (date) Object.assign(message, { date, place });
  if (map.hidden?.length) message.hidden = map.hidden;
  if (map.compare) message.compare = map.compare;
  if (map.view) message.view = map.view;
  return message;
}

function passOrders(component) {
  const { data } = component;
  const map = mapOf(data.map);
  const goto = data.goto;
  if (goto && goto.nonce !== map.applied) {
    map.applied = goto.nonce;
    map.unanswered = goto;
    if (Array.isArray(goto.hidden)) map.hidden = goto.hidden;
    if (goto.view) map.view = goto.view;
    order(map, goto);
  }
  const compare = data.compare ?? null;
  if (compare !== map.ordered) {
    map.ordered = compare;
    if (compare !== map.compare) {
      map.compare = compare;
      post(map, { compare });
    }
  }
  map.link = data.link;
  map.asked = data.ask;
  writeAddress(map);
}

export default function (component) {
  return "page" in component.data ? showPage(component) : passOrders(component);
}

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
    maps.set(key, { frame: null, left: null, page: null, ready: false, moving: false, next: null, applied: null, queue: [],
      ordered: null, link: null, asked: false, setStateValue: null, listener: null, ...unseen() });
  }
  return maps.get(key);
}

// What is known of a theatre that nobody has looked at yet.
function unseen(theatre = null) {
  return { theatre, state: {}, unanswered: null, home: null, view: null, hidden: null, compare: null, compared: null,
    sent: null, told: null };
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
  }
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
    map.next?.();
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
      if (map.frame && event.source === map.frame.contentWindow && event.data) hear(map, event.data);
    };
    window.addEventListener("message", map.listener);
  }
  map.next = null;
  if (map.page !== data.page || !map.frame?.isConnected) atRest(map, () => frame(parentElement, map, data));
  return () => {
    map.next = null;
    window.removeEventListener("message", map.listener);
    map.listener = null;
    map.frame?.parentElement?.remove();
    map.frame = map.left = null;
    map.ready = map.moving = false;
  };
}

// Nobody's slider is taken out of the hand, and no day that is passing is lost: another page waits until the map rests.
function atRest(map, act) {
  if (!map.moving || !map.frame?.isConnected) {
    act();
    return;
  }
  const next = () => {
    if (map.next !== next) return; // there is a newer one, or it has been done
    map.next = null;
    act();
  };
  map.next = next;
  post(map, { rest: true });
  setTimeout(next, LONGEST_WAIT_MS);
}

function frame(parentElement, map, data) {
  const holder = map.frame?.isConnected ? map.frame.parentElement : parentElement.appendChild(document.createElement("div"));
  holder.style.position = "relative";
  leave(map);
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("title", data.title);
  element.style.cssText = `display:block;width:100%;height:min(${Number(data.height)}px, 94svh);border:0`;
  const wasReady = map.ready;
  map.ready = map.moving = false;
  // Another page of the same theatre: date, place, view and all that was hidden stay. New orders come after them. The
  // first page of a theatre has nothing to keep, only orders that were there before it.
  const waiting = map.queue;
  map.queue = [];
  if (map.page !== null) {
    if (map.theatre === data.theatre) {
      order(map, kept(map));
      // What the map before had heard and not answered is lost with it, and Python would wait for the answer for ever.
      if (wasReady && map.unanswered) order(map, map.unanswered);
    } else Object.assign(map, unseen());
  }
  map.theatre = data.theatre;
  map.queue.push(...waiting);
  // In the page and laid out before it is filled: a map that starts without a size has to be drawn twice.
  holder.prepend(element);
  void element.offsetWidth;
  element.srcdoc = data.page;
  map.frame = element;
  map.page = data.page;
}

// The map before stays in sight, above the next one, until that has drawn itself: nobody looks at an empty frame.
function leave(map) {
  const old = map.frame;
  if (!old?.isConnected || !map.ready) {
    old?.remove(); // it never came to be seen; one that was before it may still be there
    return;
  }
  old.inert = true;
  old.setAttribute("aria-hidden", "true");
  old.style.position = "absolute";
  old.style.inset = "0";
  map.left = old;
  setTimeout(() => old.remove(), LONGEST_WAIT_MS);
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

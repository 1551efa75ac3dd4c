// Holds the map's page in one sandboxed frame across reruns, and passes orders to it. One component, mounted twice for
// each map: once with the page, which is large and hardly ever changes, and once with the orders, which are small and
// change all the time. Streamlit sends again only the mount whose data changed.
//
// A page that replaces another one has a frame of its own, and each frame is in one of these states.
const WAITING = "waiting"; // behind the frame in use, until it has drawn itself and that one is at rest
const LOADING = "loading"; // in use, but it has not said a word yet: orders are kept for it
const STANDING = "standing"; // in use: it takes orders, and what it says is heard
const LEAVING = "leaving"; // in sight until the next one has painted; nobody listens to it any more
const GONE = "gone";
/** @type {Record<string, string[]>} */
const NEXT_STATES = {
  [WAITING]: [LOADING, GONE], [LOADING]: [STANDING, GONE], [STANDING]: [LEAVING, GONE], [LEAVING]: [GONE], [GONE]: [],
};

const FROM_PYTHON = ["theatre", "date", "known_on", "policy", "place", "compare", "background"]; // parameters of the address
const FROM_MAP = ["center", "zoom", "hidden"]; // and those that Python does not set

const PAINT_MS = 150; // from a map's first word until it is certainly on the screen
const LONGEST_WAIT_MS = 10_000;

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const isNumber = (/** @type {unknown} */ value) => typeof value === "number" && Number.isFinite(value);

/**
 * @typedef {{center: [lat: number, lng: number], zoom: number}} Look
 * @typedef {{date?: string, place?: string | null, compare?: string | null, nonce?: string | number | null}} Said
 * @typedef {{nonce?: string | number, date?: string, place?: string | null, view?: Look, hidden?: string[], compare?: string | null,
 *   focus?: string | null, rest?: boolean}} Order see plugin/host.js
 * @typedef {{map: string, page: string, theatre: string, title: string, height: number}} PageData
 * @typedef {{map: string, goto?: Order | null, compare?: string | null, link: Record<string, string>, ask: boolean,
 *   uploaded?: boolean}} OrderData
 * @typedef {{data: any, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Component
 */

class Frame {
  /** @param {PageData} data @param {string} state */
  constructor({ page, theatre, title, height }, state) {
    this.page = page;
    this.theatre = theatre;
    this.state = state;
    this.said = /** @type {any} */ (null); // last word about the view of a frame that waits
    this.element = document.createElement("iframe");
    this.element.setAttribute("sandbox", "allow-scripts");
    this.element.setAttribute("title", title);
    // The page around it may know better how high a map should be.
    this.element.style.cssText = `display:block;width:100%;height:var(--cm-map-height, min(${Number(height)}px, 94svh));border:0`;
    this.element.inert = state === WAITING;
  }

  /** @param {string} state */
  is(state) {
    return this.state === state;
  }

  /** @param {string} state */
  become(state) {
    if (!NEXT_STATES[this.state].includes(state)) throw new Error(`a frame that is ${this.state} cannot be ${state} next`);
    this.state = state;
    this.element.inert = state === WAITING || state === LEAVING;
    if (state === GONE) this.element.remove();
  }

  // Gone, if it is not already.
  retire() {
    if (!this.is(GONE)) this.become(GONE);
  }

  hasFocus() {
    const root = /** @type {Document | ShadowRoot} */ (this.element.getRootNode());
    return this.element.isConnected && root.activeElement === this.element;
  }

  // Put it behind what is in a holder. It is laid out before it is filled: a map that starts without a size has to be drawn
  // twice.
  /** @param {HTMLElement} holder */
  fill(holder) {
    holder.prepend(this.element);
    void this.element.offsetWidth;
    this.element.srcdoc = this.page;
  }

  /** @param {Order} message */
  post(message) {
    // The sandbox gives the frame an opaque origin, which only "*" addresses; the window itself is the address.
    this.element.contentWindow?.postMessage({ type: "control-map:set", ...message }, "*");
  }
}

// What is known of how somebody looks at a theatre.
class Memory {
  state = /** @type {Said} */ ({});
  unanswered = /** @type {Order | null} */ (null); // an order that a map has heard and not answered
  home = /** @type {string | null} */ (null); // the view in which the map stands by itself, as text
  view = /** @type {Look | null} */ (null); // the view that somebody moved it to
  hidden = /** @type {string[] | null} */ (null);
  compare = /** @type {string | null} */ (null);
  compared = /** @type {string | null} */ (null); // the second date that the map last said
  focus = /** @type {string | null} */ (null); // label of the control that the keyboard is on
  stateSent = ""; // to Python, as text
  lookSent = "";

  // As an order to a map that is to look like that.
  order() {
    const { date, place } = this.state;
    /** @type {Order} */
    const message = {};
    if (date) Object.assign(message, { date, place });
    if (this.hidden?.length) message.hidden = this.hidden;
    if (this.compare) message.compare = this.compare;
    if (this.view) message.view = this.view;
    return message;
  }

  // What only the map knows, as parameters of the address.
  look() {
    /** @type {Record<string, string>} */
    const found = {};
    if (this.view && JSON.stringify([this.view.center, this.view.zoom]) !== this.home) {
      found.center = `${this.view.center[1].toFixed(4)},${this.view.center[0].toFixed(4)}`;
      found.zoom = String(Math.round(this.view.zoom * 100) / 100);
    }
    if (this.hidden?.length) found.hidden = this.hidden.join(",");
    return found;
  }
}

class Bridge {
  frame = /** @type {Frame | null} */ (null); // in use: loading or standing
  next = /** @type {Frame | null} */ (null); // waiting
  previous = /** @type {Frame | null} */ (null); // leaving
  page = /** @type {string | null} */ (null); // of the frame in use, or of the last one that was
  theatre = /** @type {string | null} */ (null); // of that page
  memory = new Memory();
  queue = /** @type {Order[]} */ ([]); // for a frame that is loading
  moving = false; // the date passes in the map
  refocus = false; // whether the frame in use takes over the keyboard
  applied = /** @type {Order["nonce"] | null} */ (null); // of the last order
  ordered = /** @type {string | null} */ (null); // second date that Python last ordered
  link = /** @type {Record<string, string> | null} */ (null); // parameters of the address that Python knows
  asked = false; // whether Python asks for those that the map knows
  uploaded = false;
  setStateValue = /** @type {((name: string, value: unknown) => void) | null} */ (null);
  listener = /** @type {((event: MessageEvent) => void) | null} */ (null);

  // -- the mount with the page
  /** @param {Component} component */
  showPage({ parentElement, data, setStateValue }) {
    this.setStateValue = setStateValue;
    const listener = this.listener ?? ((/** @type {MessageEvent} */ event) => this.#receive(event));
    if (!this.listener) window.addEventListener("message", listener);
    this.listener = listener;
    const { page } = this.next ?? this;
    if (page !== data.page || !this.frame?.element.isConnected) this.#bring(parentElement, data);
    return () => {
      window.removeEventListener("message", listener);
      this.frame?.element.parentElement?.remove();
      this.listener = this.frame = this.next = this.previous = null;
      this.moving = false;
    };
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    const { frame, next } = this;
    if (!event.data) return;
    if (frame && event.source === frame.element.contentWindow) this.#hear(event.data);
    else if (next && event.source === next.element.contentWindow && event.data.type === "control-map:view") {
      next.said = event.data;
      this.#succeedAtRest();
    }
  }

  // Make a frame for a page. Where another page of the same theatre stands it stays in use until this one has drawn itself:
  // nobody looks at an empty frame, and nobody's key or pointer falls into one.
  /** @param {HTMLElement} parentElement @param {PageData} data */
  #bring(parentElement, data) {
    const { frame } = this;
    const inSight = frame?.element.isConnected ? frame : null;
    const holder = inSight?.element.parentElement ?? parentElement.appendChild(document.createElement("div"));
    holder.style.position = "relative";
    this.next?.become(GONE);
    this.next = null;
    if (inSight) Object.assign(inSight.element.style, { position: "absolute", inset: "0" }); // above the next one
    const waits = Boolean(inSight?.is(STANDING)) && this.theatre === data.theatre;
    const coming = new Frame(data, waits ? WAITING : LOADING);
    if (waits) {
      this.next = coming;
      setTimeout(() => {
        if (this.next === coming) this.#succeed(coming);
      }, LONGEST_WAIT_MS);
    } else this.#follow(coming);
    coming.fill(holder);
  }

  // Nobody's slider is taken out of the hand, and no day that is passing is lost.
  #succeedAtRest() {
    if (!this.next?.said) return;
    if (this.moving) this.#post({ rest: true });
    else this.#succeed(this.next);
  }

  /** @param {Frame} next */
  #succeed(next) {
    this.next = null;
    next.become(LOADING);
    this.#follow(next);
    if (next.said) this.#hear(next.said);
  }

  // From now on this frame is the map. What the one before knew goes to it, to be told when it stands.
  /** @param {Frame} frame */
  #follow(frame) {
    const before = this.frame;
    const stood = Boolean(before?.is(STANDING));
    const first = this.page === null;
    const kept = this.theatre === frame.theatre;
    const waiting = this.queue;
    this.refocus = Boolean(before?.hasFocus());
    Object.assign(this, { frame, page: frame.page, theatre: frame.theatre, queue: [], moving: false });
    // Another page of the same theatre: date, place, view and all that was hidden stay. New orders come after them. The
    // first page of a theatre has nothing to keep, only orders that were there before it.
    this.memory.compared = null; // this one has not compared yet: its "none" is no news
    if (!first && kept) {
      this.#order(this.memory.order());
      // What the map before had heard and not answered is lost with it, and Python would wait for the answer for ever.
      if (stood && this.memory.unanswered) this.#order(this.memory.unanswered);
    } else if (!first) this.memory = new Memory();
    this.queue.push(...waiting);
    if (before?.element.isConnected) this.#leave(before);
  }

  // The map before stays in sight until the next one has drawn what it was told.
  /** @param {Frame} before */
  #leave(before) {
    if (before.is(STANDING)) {
      before.become(LEAVING);
      this.previous = before;
      setTimeout(() => before.retire(), LONGEST_WAIT_MS);
    } else before.become(GONE); // it never came to be seen; one that was before it may still be there
  }

  /** @param {Order} message */
  #post(message) {
    if (this.frame?.is(STANDING)) this.frame.post(message);
    else this.queue.push(message);
  }

  // A place that lies outside the view makes the map move there. Who asks for both wants the view: it is said last.
  /** @param {Order} order */
  #order({ view, ...rest }) {
    if (Object.keys(rest).length) this.#post(rest);
    if (view) this.#post({ view, nonce: rest.nonce });
  }

  // -- what the map says. It is data of others: only what has the expected form is taken over.
  /** @param {any} data */
  #hear(data) {
    const { memory } = this;
    if (Array.isArray(data.hidden)) memory.hidden = data.hidden.filter((/** @type {unknown} */ id) => typeof id === "string");
    if (data.type === "control-map:view") {
      this.#hearView(data);
      if (this.frame?.is(LOADING)) this.#stand(this.frame);
    }
    if (data.type === "control-map:focus" && typeof data.at === "string") memory.focus = data.at;
    if (data.type === "control-map:moving") this.moving = true;
    if (data.type === "control-map:state") this.#hearState(data);
    this.#writeAddress();
  }

  // Where a map stands by itself, another size of the window included, is no move.
  /** @param {any} data */
  #hearView({ center, zoom, home }) {
    const { memory } = this;
    const sound = Array.isArray(center) && center.length === 2 && center.every(isNumber) && isNumber(zoom);
    if (home === true) {
      memory.home = JSON.stringify([center, zoom]);
      if (this.frame?.is(STANDING)) memory.view = null;
    } else if (sound) memory.view = { center: [center[0], center[1]], zoom };
  }

  // The first word of a map: it takes orders from now on.
  /** @param {Frame} frame */
  #stand(frame) {
    const { previous, queue } = this;
    frame.become(STANDING);
    if (previous) setTimeout(() => previous.retire(), PAINT_MS);
    this.queue = [];
    for (const message of queue) this.#post(message);
    if (!this.refocus) return;
    frame.element.focus({ preventScroll: true });
    this.#post({ focus: this.memory.focus });
  }

  /** @param {any} data */
  #hearState({ date, place, nonce, compare }) {
    const { memory } = this;
    if (memory.unanswered && memory.unanswered.nonce === nonce) memory.unanswered = null;
    // Begun or ended in the map itself: Python hears of it, and does not order it back.
    // "None" is news only from a map that had compared: one that starts has not read its orders yet.
    const compared = ISO_DAY.test(compare) ? compare : null;
    if (compared || memory.compared) memory.compare = compared;
    memory.compared = compared;
    const state = { theatre: this.theatre, date, place: place ?? null, nonce: nonce ?? memory.state.nonce ?? null,
      compare: memory.compare };
    const text = JSON.stringify(state);
    if (text !== memory.stateSent) {
      memory.stateSent = text;
      memory.state = state;
      this.setStateValue?.("view", state);
    }
    this.moving = false;
    this.#succeedAtRest();
  }

  // The address always names what is shown. It is replaced, not pushed: the way back leads out of the app, and no message
  // to Python is needed when somebody only looks elsewhere; Python hears of that while it asks for it.
  #writeAddress() {
    if (!this.link) return;
    const address = new URL(window.location.href);
    const before = address.search;
    const look = this.memory.look();
    const parameters = new URLSearchParams();
    for (const key of FROM_PYTHON) if (this.link[key]) parameters.set(key, this.link[key]);
    for (const key of FROM_MAP) if (look[key]) parameters.set(key, look[key]);
    // Streamlit's own switches stay; anything else was no parameter of the app.
    for (const [key, value] of address.searchParams) if (key.startsWith("embed")) parameters.append(key, value);
    const after = parameters.toString().replaceAll("%2C", ",");
    if (`?${after}` !== before) {
      address.search = after;
      window.history.replaceState(window.history.state, "", address);
    }
    const text = JSON.stringify(look);
    if (this.asked && text !== this.memory.lookSent) {
      this.memory.lookSent = text;
      this.setStateValue?.("look", { theatre: this.theatre, ...look });
    }
  }

  // -- the mount with the orders
  /** @param {{data: OrderData}} component */
  passOrders({ data }) {
    const { memory } = this;
    const { goto } = data;
    if (goto && goto.nonce !== this.applied) {
      this.applied = goto.nonce;
      memory.unanswered = goto;
      if (Array.isArray(goto.hidden)) memory.hidden = goto.hidden;
      if (goto.view) memory.view = goto.view;
      this.#order(goto);
    }
    const compare = data.compare ?? null;
    if (compare !== this.ordered) {
      this.ordered = compare;
      if (compare !== memory.compare) {
        memory.compare = compare;
        this.#post({ compare });
      }
    }
    // The browser remembers for a server that forgets; it is news only when it changes.
    if (Boolean(data.uploaded) !== this.uploaded) {
      this.uploaded = Boolean(data.uploaded);
      this.setStateValue?.("uploaded", this.uploaded);
    }
    this.link = data.link;
    this.asked = data.ask;
    this.#writeAddress();
  }
}

/** @type {Map<string, Bridge>} by the key of the map */
const bridges = new Map();

/** @param {Component} component */
export default function (component) {
  const { data } = component;
  let bridge = bridges.get(data.map);
  if (!bridge) bridges.set(data.map, bridge = new Bridge());
  return "page" in data ? bridge.showPage(component) : bridge.passOrders(component);
}

// The bridge between Streamlit and the map's frame, with a page around it that is just large enough.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SOURCE = readFileSync(new URL("../../control/map/bridge.js", import.meta.url), "utf8");
const OPENING = { type: "control-map:state", date: "2014-06-01", place: null, hidden: [], compare: null };
const VIEW = { type: "control-map:view", center: [34, 42], zoom: 6, hidden: [], home: true };

const root = { activeElement: null };

// An element that can be put somewhere and taken away again; a frame keeps what is posted to it.
function element() {
  const self = {
    style: {}, children: [], parentElement: null, posted: [],
    get isConnected() {
      return self.parentElement !== null;
    },
    setAttribute() {},
    getRootNode: () => root,
    focus() {
      root.activeElement = self;
    },
    appendChild(child) {
      self.children.push(child);
      child.parentElement = self;
      return child;
    },
    prepend(child) {
      self.appendChild(child);
    },
    remove() {
      self.parentElement?.children.splice(self.parentElement.children.indexOf(self), 1);
      self.parentElement = null;
    },
  };
  self.contentWindow = { postMessage: (message) => self.posted.push(message) };
  return self;
}

// A visit to the app: what Python sends goes in, what the browser says to Python and what each frame is told comes out.
async function visit(search = "") {
  const listeners = new Set();
  globalThis.window = {
    location: { href: `http://localhost/${search}` },
    history: { state: null, replaceState: (_, __, url) => (window.location.href = url.href) },
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  globalThis.document = { createElement: element };
  let [now, timers] = [0, []];
  globalThis.setTimeout = (act, ms) => timers.push([now + ms, act]);
  const bridge = (await import(`data:text/javascript,${encodeURIComponent(`${SOURCE}\n//${Math.random()}`)}`)).default;
  const [parentElement, frames, told] = [element(), [], {}];
  const setStateValue = (key, value) => (told[key] = value);
  return {
    told,
    frames,
    address: () => new URL(window.location.href).searchParams,
    page(page, theatre = "one") {
      const done = bridge({ parentElement, setStateValue, data: { map: "map", page, theatre, height: 780, title: "Map" } });
      const holder = parentElement.children[0];
      for (const frame of holder.children) if (!frames.includes(frame)) frames.push(frame);
      return done;
    },
    orders(goto, link = { date: goto?.date }) {
      bridge({ parentElement, setStateValue, data: { map: "map", goto, compare: null, link, ask: false } });
    },
    say(frame, data) {
      for (const listener of [...listeners]) listener({ source: frame.contentWindow, data });
      const holder = parentElement.children[0];
      for (const child of holder.children) if (!frames.includes(child)) frames.push(child);
    },
    wait(ms) {
      now += ms;
      const due = timers.filter(([at]) => at <= now);
      timers = timers.filter(([at]) => at > now);
      for (const [, act] of due) act();
    },
    shown: () => parentElement.children[0].children.map((frame) => frame.srcdoc),
  };
}

const datesOf = (frame) => frame.posted.filter((message) => message.date).map(({ date, nonce }) => [date, nonce]);

test("orders wait until the map stands", async () => {
  const app = await visit();
  app.page("first");
  app.orders({ nonce: "a", date: "2017-11-10" });
  assert.deepEqual(app.frames[0].posted, []);
  app.say(app.frames[0], VIEW);
  assert.deepEqual(datesOf(app.frames[0]), [["2017-11-10", "a"]]);
});

test("an order is carried out once", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  for (let n = 0; n < 3; n += 1) app.orders({ nonce: "a", date: "2017-11-10" });
  assert.deepEqual(datesOf(app.frames[0]), [["2017-11-10", "a"]]);
});

test("an order that a map has heard and not answered goes to the next one as well", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.orders({ nonce: "a", date: "2017-11-10" });
  app.page("second");
  const [first, second] = app.frames;
  app.say(second, VIEW);
  app.say(first, { ...OPENING, date: "2017-11-10", nonce: "a" }); // too late: nobody listens to it any more
  assert.equal(app.told.view, undefined);
  assert.deepEqual(datesOf(second), [["2017-11-10", "a"]]);
  app.say(second, { ...OPENING, date: "2017-11-10", nonce: "a" });
  assert.equal(app.told.view.nonce, "a");
  // and once it has been answered, no third map hears of it
  app.page("third");
  app.say(app.frames[2], VIEW);
  assert.deepEqual(datesOf(app.frames[2]), [["2017-11-10", undefined]]);
});

test("the next map takes over date, place, view and what is hidden", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.say(app.frames[0], { ...OPENING, date: "2016-01-01", place: "7" });
  app.say(app.frames[0], { ...VIEW, zoom: 9, home: false, hidden: ["isil"] });
  app.page("second");
  app.say(app.frames[1], VIEW);
  const told = Object.assign({}, ...app.frames[1].posted);
  assert.deepEqual([told.date, told.place, told.hidden], ["2016-01-01", "7", ["isil"]]);
  assert.deepEqual(told.view, { center: [34, 42], zoom: 9 });
});

test("a map that starts without a comparison does not end that of the map before", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.say(app.frames[0], { ...OPENING, compare: "2016-01-01" });
  app.page("second");
  app.say(app.frames[1], VIEW);
  assert.equal(Object.assign({}, ...app.frames[1].posted).compare, "2016-01-01");
  app.say(app.frames[1], OPENING); // it says how it opened before it has read its orders
  assert.equal(app.told.view.compare, "2016-01-01");
  app.say(app.frames[1], { ...OPENING, compare: "2016-01-01" });
  app.say(app.frames[1], OPENING); // and now somebody has ended it
  assert.equal(app.told.view.compare, null);
});

test("another theatre begins afresh, and hears no order that the one before left unanswered", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.orders({ nonce: "a", date: "2017-11-10" });
  app.page("other", "two");
  app.say(app.frames[1], VIEW);
  assert.deepEqual(app.frames[1].posted, []);
});

test("until the next map stands, the one in sight is in use", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.page("second");
  const [first, second] = app.frames;
  assert.deepEqual([Boolean(first.inert), second.inert], [false, true]);
  app.say(first, { ...OPENING, date: "2015-05-05" });
  assert.equal(app.told.view.date, "2015-05-05");
  app.orders({ nonce: "a", place: "7" });
  assert.equal(first.posted.at(-1).place, "7");
  app.say(first, { ...OPENING, date: "2015-05-05", place: "7", nonce: "a" });
  app.say(second, VIEW);
  assert.deepEqual([first.inert, second.inert], [true, false]);
  assert.deepEqual(second.posted.map(({ date, place }) => [date, place]), [["2015-05-05", "7"]]);
  app.say(first, { ...OPENING, date: "2016-06-06" });
  assert.equal(app.told.view.date, "2015-05-05");
});

test("a map whose date passes is not replaced until it rests", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.page("second");
  app.page("third"); // a newer one takes the place of the one that waits
  assert.deepEqual(app.shown().sort(), ["first", "third"]);
  const [first, third] = [app.frames[0], app.frames[2]];
  app.say(first, { type: "control-map:moving" });
  app.say(third, VIEW);
  assert.equal(third.inert, true);
  assert.equal(first.posted.at(-1).rest, true);
  app.say(first, { ...OPENING, date: "2015-05-05" });
  assert.equal(app.told.view.date, "2015-05-05");
  assert.equal(third.inert, false);
  assert.deepEqual(datesOf(third), [["2015-05-05", undefined]]);
});

test("a map that never comes to rest, and one that never says a word, are replaced all the same", async () => {
  for (const words of [[VIEW, { type: "control-map:moving" }], [VIEW]]) {
    const app = await visit();
    app.page("first");
    for (const word of words) app.say(app.frames[0], word);
    app.page("second");
    if (words.length === 2) app.say(app.frames[1], VIEW);
    app.wait(9_000);
    assert.equal(app.frames[1].inert, true);
    app.wait(1_000);
    assert.equal(app.frames[1].inert, false);
    app.wait(10_000);
    assert.deepEqual(app.shown(), ["second"]);
  }
});

test("the keyboard goes from map to map, to the control that it was on", async () => {
  for (const [active, expected] of [[true, ["One day on"]], [false, []]]) {
    const app = await visit();
    app.page("first");
    app.say(app.frames[0], VIEW);
    app.say(app.frames[0], { type: "control-map:focus", at: "One day on" });
    root.activeElement = active ? app.frames[0] : null;
    app.page("second");
    app.say(app.frames[1], VIEW);
    assert.equal(root.activeElement, active ? app.frames[1] : null);
    assert.deepEqual(app.frames[1].posted.filter((message) => "focus" in message).map(({ focus }) => focus), expected);
  }
});

test("the map before stays until the next one has said its first word", async () => {
  const app = await visit();
  app.page("first");
  app.say(app.frames[0], VIEW);
  app.page("second");
  assert.deepEqual(app.shown().sort(), ["first", "second"]);
  app.say(app.frames[1], VIEW);
  app.wait(200);
  assert.deepEqual(app.shown(), ["second"]);
});

test("the address names what is shown and nothing that was not asked for", async () => {
  const app = await visit("?date=2013-01-01&evil=1&embed=true");
  app.page("first");
  app.orders(null, { theatre: "one", date: "2017-11-10", invented: "x" });
  app.say(app.frames[0], { ...VIEW, home: false, hidden: ["isil", 3] });
  assert.deepEqual(Object.fromEntries(app.address()),
    { theatre: "one", date: "2017-11-10", center: "42.0000,34.0000", zoom: "6", hidden: "isil", embed: "true" });
});

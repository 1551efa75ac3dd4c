// The time control: date in large type, slider with a histogram of changes, stepping, playing, typing a date.
import * as Buttons from "./buttons.js";
import * as Choice from "./choice.js";
import * as Days from "./days.js";
import * as Dom from "./dom.js";
import * as Field from "./field.js";
import * as Intervals from "./intervals.js";
import * as Moments from "./moments.js";
import * as Pace from "./pace.js";
import * as Player from "./player.js";
import * as SecondDate from "./seconddate.js";
import * as Track from "./track.js";

/** @type {Record<string, string>} */
const STEP_WORDS = { day: "Day", week: "Week", month: "Month" };
// Arrows, Home and End are the browser's; weeks and months are ours.
/** @type {Record<string, [size: string, count: number]>} */
const KEYS = { PageUp: ["month", 1], PageDown: ["month", -1] };
/** @type {typeof KEYS} */
const SHIFT_KEYS = { ...KEYS, ArrowRight: ["week", 1], ArrowUp: ["week", 1], ArrowLeft: ["week", -1], ArrowDown: ["week", -1] };

/** @param {HTMLElement} button @param {string} name */
function nameButton(button, name) {
  button.title = name;
  button.setAttribute("aria-label", name);
}

export class Timebar {
  /** @param {Scene} scene */
  constructor(scene) {
    const { model, state } = scene;
    this.scene = scene;
    this.last = model.length - 1;
    const message = Dom.h("div", { class: "cm-message", id: "cm-message", role: "alert" });
    this.live = Dom.h("div", { class: "cm-hidden", "aria-live": "polite" });
    this.date = Dom.h("output", { class: "cm-date", "aria-live": "off" });
    this.canvas = Dom.h("canvas", { class: "cm-histogram", "aria-hidden": "true" });
    this.slider = this.#slider();
    this.field = Field.create("Go to date", "cm-field", { start: model.start, last: this.last }, message, () => state.day,
      (day) => this.#step(day));
    this.size = Choice.create("Step", "cm-steps",
      Pace.SIZES.map((size) => [size, STEP_WORDS[size], `Step and play by the ${size}`]), Pace.SIZES[0],
      (size) => this.#nameSteps(size));
    this.player = new Player.Player(scene, this.size.value);
    this.second = new SecondDate.SecondDate(scene, message);
    this.previousChange = Buttons.button("Previous change", "previousChange",
      () => this.#step(Intervals.previousChange(model.changeDays, state.day)));
    this.back = Buttons.button("One day back", "previousDay", () => this.#stepBy(this.size.value(), -1));
    this.on = Buttons.button("One day on", "nextDay", () => this.#stepBy(this.size.value(), 1));
    this.nextChange = Buttons.button("Next change", "nextChange",
      () => this.#step(Intervals.nextChange(model.changeDays, state.day)));
    this.tableButton = Buttons.worded("Table", "table", {
      "aria-expanded": "false", "aria-controls": "cm-table", title: "Places on the map as a table", "aria-label": "Table",
      onclick: () => this.#openTable(!scene.table.isOpen()),
    });
    this.element = this.#build(message);
  }

  /** @param {HTMLElement} message */
  #build(message) {
    const { model, table } = this.scene;
    const { player, second } = this;
    return Dom.h("section", { class: "cm-bar", "aria-label": "Time" },
      Dom.h("div", { class: "cm-heading" }, Dom.h("div", { class: "cm-title" }, model.payload.theatre.title), this.date),
      Dom.h("div", { class: "cm-buttons", role: "group", "aria-label": "Step and play" },
        this.previousChange, this.back, player.button, this.on, this.nextChange),
      this.size.element,
      Dom.h("div", { class: "cm-extras" }, player.speed, this.field.element,
        Dom.h("div", { class: "cm-tools" }, second.button, this.tableButton, table.element)), second.row,
      Dom.h("div", { class: "cm-track" }, this.canvas, second.flag, this.slider, Moments.create(model, (day) => this.#step(day))),
      message, this.live);
  }

  #slider() {
    const { settling } = this.scene;
    const slider = Dom.h("input", { type: "range", class: "cm-slider", min: 0, max: this.last, step: 1, "aria-label": "Date",
      title: "Arrow keys: a day, with Shift a week. Page Up and Page Down: a month. Home and End: the ends." });
    slider.addEventListener("input", () => {
      this.stop();
      settling.go(Number(slider.value));
    });
    slider.addEventListener("change", () => settling.settle());
    slider.addEventListener("keydown", (event) => {
      const target = (event.shiftKey ? SHIFT_KEYS : KEYS)[event.key];
      if (!target) return;
      event.preventDefault();
      this.#stepBy(...target);
    });
    return slider;
  }

  // Go to a day and settle on it.
  /** @param {number | null} day */
  #step(day) {
    if (day === null) return;
    this.stop();
    this.scene.settling.go(Math.max(0, Math.min(this.last, day)));
    this.scene.settling.settle();
  }

  /** @param {string} size @param {number} count */
  #stepBy(size, count) {
    this.#step(Pace.step(this.scene.model.start, this.scene.state.day, size, count));
  }

  /** @param {string} size */
  #nameSteps(size) {
    nameButton(this.back, `One ${size} back`);
    nameButton(this.on, `One ${size} on`);
    if (this.player.isPlaying()) this.player.start();
  }

  stop() {
    this.player.stop();
  }

  // Stop playing, if it plays, and settle on the date that was reached.
  rest() {
    if (this.player.isPlaying()) this.player.pause();
  }

  /** @param {boolean} yes */
  #openTable(yes) {
    this.scene.table.open(yes);
    this.tableButton.setAttribute("aria-expanded", String(yes));
  }

  // Whether there was a table to close.
  closeTable() {
    const { table } = this.scene;
    if (!table.isOpen()) return false;
    const inside = table.element.contains(document.activeElement);
    this.#openTable(false);
    if (inside) this.tableButton.focus();
    return true;
  }

  update() {
    const { model, state } = this.scene;
    const text = Days.words(model.start + state.day);
    Dom.setText(this.date, text);
    if (Number(this.slider.value) !== state.day) this.slider.value = String(state.day);
    this.slider.setAttribute("aria-valuetext", [text, ...Moments.on(model.payload.moments, state.day)].join(": "));
    this.slider.style.setProperty("--done", String(this.last ? state.day / this.last : 0));
    this.field.update();
    this.second.update();
    this.previousChange.disabled = Intervals.previousChange(model.changeDays, state.day) === null;
    this.nextChange.disabled = Intervals.nextChange(model.changeDays, state.day) === null;
    this.back.disabled = state.day === 0;
    this.on.disabled = state.day === this.last;
  }

  /** @param {string} text */
  announce(text) {
    Dom.setText(this.live, text);
  }

  /** @param {Theme} theme */
  repaint(theme) {
    Track.paint(this.canvas, this.scene.model, theme);
  }
}

// The key: four lines that say how to read the map, in its lower left corner, and the other signs behind a button.
import * as Colours from "./colours.js";
import * as Dom from "./dom.js";
import * as Samples from "./samples.js";
import * as Words from "./words.js";

const MIDDLING = 0.2; // luminance: the very dark and the very light show least of what they are samples of
const LONE_COLOURS = ["#3a7a4a", "#b05030"]; // where the map has fewer than two actors

const span = (/** @type {string} */ name, text = "") => Dom.h("span", { class: name }, text);
const sum = (/** @type {number[]} */ list) => list.reduce((a, b) => a + b, 0);

export class Key {
  #counts = { contested: span("cm-count"), divided: span("cm-count"), unknown: span("cm-count") };
  #ramp = span("cm-ramp");
  #chief = Dom.h("ul", { class: "cm-signs cm-chief" });
  #others = Dom.h("ul", { class: "cm-signs" });
  #gains = Dom.h("ul", { class: "cm-signs" });
  #estimates;
  #notes;

  /** @param {Scene} scene @param {() => void} switched called when estimates were switched off or on */
  constructor(scene, switched) {
    const { model, state } = scene;
    this.scene = scene;
    this.told = model.payload.told;
    this.#estimates = Dom.h("button", { type: "button", class: "cm-estimates", "aria-pressed": "true", onclick: () => {
      state.estimates = !state.estimates;
      switched();
    } }, this.#ramp, span("cm-estimates-name", "Inferred to reported"));
    this.toggle = Dom.h("button", { type: "button", class: "cm-key-toggle", "aria-expanded": "false", "aria-controls": "cm-key-more",
      "aria-label": "All signs", title: "All signs", onclick: () => this.#unfold(this.more.hidden) }, Dom.icon("M4 13l6-6 6 6z"));
    this.opener = Dom.h("button", { type: "button", class: "cm-key-opener", "aria-expanded": "false", "aria-controls": "cm-key",
      onclick: () => this.open(this.element.hidden) }, "Key");
    this.#notes = Dom.h("div", {}, ...[model.payload.cells_note].filter(Boolean).map((text) => Dom.h("p", {}, text ?? "")));
    this.more = Dom.h("div", { class: "cm-key-more", id: "cm-key-more", hidden: true }, this.#others, this.#notes);
    const withEstimates = model.statuses.includes("estimated") && !this.told;
    this.element = Dom.h("section", { class: "cm-key", id: "cm-key", "aria-label": "Key" }, this.more, this.#gains,
      withEstimates ? this.#estimates : "", this.#chief, this.toggle);
    this.compare(false, "");
  }

  /** @param {boolean} yes */
  open(yes) {
    this.element.hidden = !yes;
    this.opener.setAttribute("aria-expanded", String(yes));
    this.scene.painter?.find("names").canvas.repaint();
  }

  /** @param {boolean} yes */
  #unfold(yes) {
    this.more.hidden = !yes;
    this.toggle.setAttribute("aria-expanded", String(yes));
    this.scene.painter.find("names").canvas.repaint();
  }

  sync() {
    this.#estimates.setAttribute("aria-pressed", String(this.scene.state.estimates));
  }

  /** @param {Theme} theme @param {string[]} colours of the actors */
  restyle(theme, colours) {
    const middling = (/** @type {string} */ colour) => Math.abs(Colours.luminance(colour) - MIDDLING);
    const sorted = [...colours].sort((a, b) => middling(a) - middling(b));
    /** @type {[string, string]} */
    const samples = [sorted[0] ?? LONE_COLOURS[0], sorted[1] ?? LONE_COLOURS[1]];
    /** @param {LegendLine} line */
    const item = ({ sample, text, count }) => Dom.h("li", {}, sample, Dom.h("span", {}, text), count ? this.#counts[count] : "");
    const lines = this.scene.layers.flatMap((layer) => layer.legend?.(theme, samples) ?? []);
    const chief = lines.filter((line) => line.chief || this.told);
    this.#chief.replaceChildren(...chief.map(item));
    this.#others.replaceChildren(...lines.filter((line) => !chief.includes(line)).map(item));
    this.toggle.hidden = chief.length === lines.length;
    if (this.told) return;
    this.#ramp.replaceChildren(Samples.ramp(theme, samples[0]));
    this.#gains.replaceChildren(...Samples.gains(theme, samples).map(item));
  }

  /** @param {Tally} tally */
  update(tally) {
    const { state } = this.scene;
    const { places, area } = tally.estimated;
    const title = `${Words.count(sum(places), "place", "places")}, ~${Words.area(sum(area))}, of which no report tells: estimated from `
      + "the places around. Press to hide or show.";
    if (this.#estimates.title !== title) this.#estimates.title = title;
    const open = tally.open(state.estimates);
    Dom.setText(this.#counts.contested, String(open.contested));
    Dom.setText(this.#counts.divided, String(open.divided));
    Dom.setText(this.#counts.unknown, String(open.unknown));
  }

  // While gains and losses are on the map, they are what has to be explained.
  /** @param {boolean} compared @param {string} mode */
  compare(compared, mode) {
    const gains = compared && mode === "changes";
    this.#gains.hidden = !gains;
    this.#chief.hidden = gains;
  }
}

// The legend: who, how many places on the day shown, and a switch for each; then what the signs mean.
import * as Colours from "./colours.js";
import * as Dom from "./dom.js";
import * as Intervals from "./intervals.js";
import * as Row from "./row.js";
import * as Samples from "./samples.js";
import * as Style from "./style.js";
import * as Words from "./words.js";

const MIDDLING = 0.2; // luminance: the very dark and the very light show least of what they are samples of
const LONE_COLOURS = ["#3a7a4a", "#b05030"]; // where the map has fewer than two actors

const ground = (/** @type {number} */ km2) => (km2 > 0 ? `~${Words.area(km2)}` : "");
/** @type {(part: Sums, index: number) => string} */
const described = (part, index) => (
  `${Words.count(part.places[index], "place", "places")}, ~${Words.area(part.area[index])}`);
const sum = (/** @type {number[]} */ list) => list.reduce((a, b) => a + b, 0);
/** @type {(element: HTMLElement, title: string) => void} */
const setTitle = (element, title) => {
  if (element.title !== title) element.title = title;
};
const span = (/** @type {string} */ name, text = "") => Dom.h("span", { class: name }, text);

export class Legend {
  /** @type {LegendEntry[]} */
  #entries;
  #estimates;
  #tally;
  #counts = { contested: span("cm-count"), divided: span("cm-count"), unknown: span("cm-count") };
  #signs = Dom.h("ul", { class: "cm-signs" });
  #gainSigns = Dom.h("ul", { class: "cm-signs", hidden: true });
  #note = Dom.h("p", { class: "cm-legend-note" });
  #gainNote = Dom.h("p", { class: "cm-legend-note", hidden: true });
  #columns = Dom.h("div", { class: "cm-columns", "aria-hidden": "true", hidden: true },
    Dom.h("span", {}, "Gained"), Dom.h("span", {}, "Lost"));

  /** @param {Scene} scene */
  constructor(scene) {
    const { model } = scene;
    this.scene = scene;
    this.told = model.payload.told; // instead of holders, see ControlTimeline
    this.#tally = new Intervals.Tally(model.places, model.actors.length, model.statuses);
    this.#entries = this.#actors();
    this.#estimates = this.#estimatesEntry();
    this.heading = Dom.h("button", {
      type: "button", class: "cm-legend-toggle", "aria-controls": "cm-legend-body", onclick: () => {
        this.open(this.heading.getAttribute("aria-expanded") !== "true");
        scene.painter.find("names").canvas.repaint();
      },
    }, Dom.h("span", {}, "Legend"), Dom.icon("M4 7l6 6 6-6z"));
    const list = Dom.h("ul", { class: "cm-actors" }, ...this.#entries.map(({ button }) => Dom.h("li", {}, button)));
    const cells = model.payload.cells_note;
    this.body = Dom.h("div", { class: "cm-legend-body", id: "cm-legend-body" }, this.#note, this.#columns, list, this.#gainNote,
      model.statuses.includes("estimated") && !this.told ? this.#estimates.button : "", this.#signs, this.#gainSigns,
      cells ? Dom.h("p", { class: "cm-legend-note" }, cells) : "");
    this.element = Dom.h("section", { class: "cm-legend", "aria-label": "Legend" }, this.heading, this.body);
    this.compare(null);
  }

  // A switch for each actor that some row names.
  #actors() {
    const { model, state } = this.scene;
    const used = new Set();
    for (const rows of model.payload.intervals) for (const row of rows) used.add(row[Row.ACTOR]).add(row[Row.SECOND]);
    return model.actors.flatMap((actor, index) => {
      if (!used.has(index)) return [];
      const swatch = Dom.h("span", { class: "cm-swatch", "aria-hidden": "true" });
      const [count, area, guess] = ["cm-count", "cm-area", "cm-guess"].map((name) => span(name));
      const [gained, lost] = ["cm-gained", "cm-lost"].map((name) => span(name));
      const toggle = () => {
        if (!state.hidden.delete(index)) state.hidden.add(index);
        this.#switched();
      };
      const button = Dom.h("button", { type: "button", class: "cm-actor", "aria-pressed": "true", onclick: toggle },
        swatch, span("cm-actor-name", actor.short_name || actor.name), count, area, guess, gained, lost);
      return [{ actor, index, count, area, guess, gained, lost, button, swatch }];
    });
  }

  // Estimates can be switched off: what is left is what somebody reported.
  #estimatesEntry() {
    const { state } = this.scene;
    const [sample, count, area] = ["cm-estimate-sample", "cm-count", "cm-area"].map((name) => span(name));
    const toggle = () => {
      state.estimates = !state.estimates;
      this.#switched();
    };
    const button = Dom.h("button", {
      type: "button", class: "cm-actor cm-estimates", "aria-pressed": "true", onclick: toggle,
    }, sample, span("cm-actor-name", "Estimated"), count, area);
    return { sample, count, area, button };
  }

  #switched() {
    const { painter, viewport, table } = this.scene;
    this.sync();
    painter.refresh();
    viewport.tell();
    table.update();
  }

  /** @param {boolean} yes */
  open(yes) {
    this.heading.setAttribute("aria-expanded", String(yes));
    this.body.hidden = !yes;
  }

  // Show which switches are on.
  sync() {
    const { state } = this.scene;
    for (const { index, button } of this.#entries) button.setAttribute("aria-pressed", String(!state.hidden.has(index)));
    this.#estimates.button.setAttribute("aria-pressed", String(state.estimates));
  }

  // Samples in colours of this map.
  /** @param {Theme} theme */
  restyle(theme) {
    for (const { actor, swatch } of this.#entries) swatch.style.backgroundColor = Style.shade(theme, actor.colour);
    const middling = (/** @type {string} */ colour) => Math.abs(Colours.luminance(colour) - MIDDLING);
    const colours = this.#entries.map(({ actor }) => actor.colour).sort((a, b) => middling(a) - middling(b));
    /** @type {[string, string]} */
    const samples = [colours[0] ?? LONE_COLOURS[0], colours[1] ?? LONE_COLOURS[1]];
    /** @param {LegendLine} line */
    const item = ({ sample, text, count }) => Dom.h("li", {}, sample, Dom.h("span", {}, text), count ? this.#counts[count] : "");
    const lines = this.scene.layers.flatMap((layer) => layer.legend?.(theme, samples) ?? []);
    this.#signs.replaceChildren(...lines.map(item));
    if (this.told) return;
    this.#estimates.sample.replaceChildren(Samples.estimated(theme, samples[0]));
    this.#gainSigns.replaceChildren(...Samples.gains(theme, samples).map(item));
  }

  // `changed`: places whose row may be another one; null for all.
  /** @param {number[] | null} changed */
  update(changed) {
    const { state } = this.scene;
    this.#tally.update(state.rows, changed);
    const { estimated } = this.#tally;
    if (state.other === null) for (const entry of this.#entries) this.#count(entry);
    const [places, area] = [sum(estimated.places), sum(estimated.area)];
    setTitle(this.#estimates.button, `${Words.count(places, "place", "places")}, ~${Words.area(area)}, of which no report tells: `
      + "estimated from the places around");
    Dom.setText(this.#estimates.count, state.estimates ? String(places) : "");
    Dom.setText(this.#estimates.area, state.estimates ? ground(area) : "");
    const open = this.#tally.open(state.estimates);
    Dom.setText(this.#counts.contested, String(open.contested));
    Dom.setText(this.#counts.divided, String(open.divided));
    Dom.setText(this.#counts.unknown, String(open.unknown));
  }

  // What an actor has on the day shown.
  /** @param {LegendEntry} arg0 */
  #count({ actor, index, count, area, guess, button }) {
    const { assessed, estimated } = this.#tally;
    const guessed = this.scene.state.estimates && estimated.places[index] > 0;
    const places = assessed.places[index] + (this.told ? estimated.places[index] : 0);
    Dom.setText(count, String(places));
    Dom.setText(area, ground(assessed.area[index]));
    Dom.setText(guess, guessed && estimated.area[index] > 0 ? `+ ${ground(estimated.area[index])} estimated` : "");
    button.classList.toggle("cm-none", assessed.places[index] === 0 && !guessed);
    setTitle(button, this.told ? `${actor.name}: ${Words.count(places, "place", "places")}`
      : `${actor.name}: ${described(assessed, index)} reported; ${described(estimated, index)} estimated`);
  }

  // While two dates are compared, gains and losses take the place of what each actor has.
  /** @param {Balance | null} balance @param {[string, string]} dates @param {string} mode */
  compare(balance, dates = ["", ""], mode = "") {
    this.element.classList.toggle("cm-comparison", balance !== null);
    this.#columns.hidden = this.#gainNote.hidden = balance === null;
    this.#gainSigns.hidden = balance === null || mode !== "changes";
    this.#signs.hidden = !this.#gainSigns.hidden;
    Dom.setText(this.#note, balance === null ? this.told?.note ?? "Reported places and their ground. Press to hide or show."
      : `${dates[0]} to ${dates[1]}: places · km². Press to hide or show.`);
    if (balance === null) return;
    for (const entry of this.#entries) balanceEntry(entry, balance);
    Dom.setText(this.#gainNote, "By reports: what passed from one actor to another. Known: nobody was known to hold it before. "
      + `Faded: no longer confirmed.${this.scene.state.estimates ? " est.: an estimate on either date." : ""}`);
  }
}

/** @param {LegendEntry} arg0 @param {Balance} balance */
function balanceEntry({ actor, index, gained, lost, button }, balance) {
  const { known, faded, estimatedGained, estimatedLost } = balance;
  fill(gained, [["", "+", balance.gained], ["est. ", "+", estimatedGained], ["known ", "", known]], index);
  fill(lost, [["", "\u2212", balance.lost], ["est. ", "\u2212", estimatedLost], ["faded ", "", faded]], index);
  button.classList.toggle("cm-none", !gained.firstChild && !lost.firstChild);
  const of = (/** @type {Sums} */ sums) => described(sums, index);
  setTitle(button, `${actor.name}: gained ${of(balance.gained)}, lost ${of(balance.lost)}; newly known to hold `
    + `${of(known)}; no longer confirmed in ${of(faded)}; with an estimate on either date gained ${of(estimatedGained)}, `
    + `lost ${of(estimatedLost)}`);
}

// `lines`: list of [words before the figure, sign, sums]. The first is of gains or losses by reports.
/** @param {HTMLElement} element @param {[words: string, sign: string, sums: Sums][]} lines @param {number} index */
function fill(element, lines, index) {
  const texts = lines.map(([words, sign, { places, area }]) => (places[index]
    ? `${words}${sign}${places[index]}${area[index] > 0 ? ` · ~${Words.rounded(area[index])}` : ""}` : ""));
  const key = texts.join("\n");
  if (element.dataset.lines === key) return;
  element.dataset.lines = key;
  element.replaceChildren(...texts.map((text, n) => (
    text && Dom.h("span", { class: n ? "cm-line cm-faint" : "cm-line" }, text))));
}

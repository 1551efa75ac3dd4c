// The legend: a row of chips over the map, one for each side that is there on the day shown. Each has its colour, its name and
// its ground, and switches it off and on; a double click or a long press leaves nothing else.
import * as ChipFigures from "./chipfigures.js";
import * as Dom from "./dom.js";
import * as Intervals from "./intervals.js";
import * as Key from "./key.js";
import * as Row from "./row.js";
import * as Sides from "./sides.js";
import * as Style from "./style.js";
import * as Words from "./words.js";

const LONG_PRESS_MS = 500;
const HINT = "Press to hide or show; twice, or long, for this one alone";

const span = (/** @type {string} */ name, text = "") => Dom.h("span", { class: name }, text);

export class Legend {
  /** @type {LegendEntry[]} */
  #entries;
  #tally;
  #note = Dom.h("p", { class: "cm-legend-note" });
  #all;

  /** @param {Scene} scene */
  constructor(scene) {
    const { model, state } = scene;
    this.scene = scene;
    this.told = model.payload.told; // instead of holders, see ControlTimeline
    this.#tally = new Intervals.Tally(model.places, model.actors.length, model.statuses);
    this.#tally.update(state.rows, null);
    this.#entries = this.#chips();
    this.#all = Dom.h("button", { type: "button", class: "cm-all", hidden: true, title: "Show every side", onclick: () => {
      Sides.all(state);
      this.switched();
    } }, "All");
    this.key = new Key.Key(scene, () => this.switched());
    const list = Dom.h("ul", { class: "cm-actors", onwheel: (/** @type {WheelEvent} */ event) => {
      // A wheel goes up and down, a row to and fro.
      if (list.scrollWidth > list.clientWidth && event.deltaX === 0) list.scrollLeft += event.deltaY;
    } }, ...this.#entries.map(({ item }) => item), Dom.h("li", {}, this.#all));
    this.element = Dom.h("section", { class: "cm-legend", "aria-label": "Legend" }, list, this.#note);
    this.compare(null);
  }

  // A chip for each actor that some row names, those with most ground first, as they stand when the map opens.
  #chips() {
    const { model } = this.scene;
    const used = new Set();
    for (const rows of model.payload.intervals) for (const row of rows) used.add(row[Row.ACTOR]).add(row[Row.SECOND]);
    const { assessed, estimated } = this.#tally;
    const sum = (/** @type {number[][]} */ lists, /** @type {number} */ index) => lists.reduce((all, list) => all + list[index], 0);
    const compare = (/** @type {number} */ a, /** @type {number} */ b) => {
      const [areas, places] = [[assessed.area, estimated.area], [assessed.places, estimated.places]];
      return sum(areas, b) - sum(areas, a) || sum(places, b) - sum(places, a);
    };
    return model.actors.map((actor, index) => ({ actor, index })).filter(({ index }) => used.has(index))
      .sort((a, b) => (this.told ? 0 : compare(a.index, b.index))).map(({ actor, index }) => this.#chip(actor, index));
  }

  /** @param {PayloadActor} actor @param {number} index @returns {LegendEntry} */
  #chip(actor, index) {
    const { state } = this.scene;
    const swatch = Dom.h("span", { class: "cm-swatch", "aria-hidden": "true" });
    const [figure, gained, lost] = ["cm-figure", "cm-gained", "cm-lost"].map((name) => span(name));
    let timer = 0;
    let pressed = false; // long enough: the click that follows is no click
    const alone = () => {
      Sides.only(state, index, this.#entries.map((entry) => entry.index));
      this.switched();
    };
    const button = Dom.h("button", { type: "button", class: "cm-actor", "aria-pressed": "true",
      onclick: (event) => {
        if (pressed || event.detail > 1) pressed = false;
        else if (event.shiftKey) alone();
        else {
          Sides.toggle(state, index);
          this.switched();
        }
      },
      ondblclick: alone,
      onpointerdown: (event) => {
        if (event.pointerType !== "touch") return;
        pressed = false;
        timer = window.setTimeout(() => { pressed = true; alone(); }, LONG_PRESS_MS);
      },
      onpointerup: () => clearTimeout(timer),
      onpointercancel: () => clearTimeout(timer),
      oncontextmenu: (/** @type {Event} */ event) => { if (pressed) event.preventDefault(); },
    }, swatch, span("cm-actor-name", actor.short_name || actor.name), figure, gained, lost);
    return { actor, index, figure, gained, lost, button, swatch, item: Dom.h("li", {}, button) };
  }

  // Something was switched off or on.
  switched() {
    const { painter, viewport, table } = this.scene;
    this.sync();
    painter.refresh();
    viewport.tell();
    table.update();
  }

  // Show which switches are on.
  sync() {
    const { state } = this.scene;
    for (const { index, button } of this.#entries) button.setAttribute("aria-pressed", String(!state.hidden.has(index)));
    this.#all.hidden = state.hidden.size === 0;
    this.key.sync();
  }

  /** @param {Theme} theme */
  restyle(theme) {
    for (const { actor, swatch } of this.#entries) swatch.style.backgroundColor = Style.shade(theme, actor.colour);
    this.key.restyle(theme, this.#entries.map(({ actor }) => actor.colour));
  }

  // `changed`: places whose row may be another one; null for all.
  /** @param {number[] | null} changed */
  update(changed) {
    const { state } = this.scene;
    this.#tally.update(state.rows, changed);
    if (state.other === null) for (const entry of this.#entries) this.#count(entry);
    this.key.update(this.#tally);
  }

  // What an actor has on the day shown; who has nothing has no chip.
  /** @param {LegendEntry} entry */
  #count({ actor, index, figure, button, item }) {
    const { state } = this.scene;
    const { assessed, estimated, named } = this.#tally;
    const held = ChipFigures.held(assessed, estimated, index, state.estimates, Boolean(this.told));
    Dom.setText(figure, held.text);
    item.hidden = !this.told && !state.hidden.has(index) && named[index] - (state.estimates ? 0 : estimated.places[index]) <= 0;
    const title = this.told ? `${actor.name}: ${Words.count(held.places, "place", "places")}`
      : `${actor.name}: ${ChipFigures.described(assessed, index)} reported; ${ChipFigures.described(estimated, index)} estimated`;
    ChipFigures.setTitle(button, `${title}. ${HINT}.`);
  }

  // While two dates are compared, gains and losses take the place of what each actor has.
  /** @param {Balance | null} balance @param {[string, string]} dates @param {string} mode */
  compare(balance, dates = ["", ""], mode = "") {
    this.element.classList.toggle("cm-comparison", balance !== null);
    this.key.compare(balance !== null, mode);
    Dom.setText(this.#note, balance === null ? this.told?.note ?? "" : `${dates[0]} to ${dates[1]}: places gained and lost · km²`);
    if (balance === null) {
      for (const entry of this.#entries) this.#count(entry);
      return;
    }
    for (const { actor, index, gained, lost, button, item } of this.#entries) {
      const { lines, title } = ChipFigures.balanced(balance, index);
      ChipFigures.fill(gained, lines[0]);
      ChipFigures.fill(lost, lines[1]);
      item.hidden = !gained.firstChild && !lost.firstChild && !this.scene.state.hidden.has(index);
      ChipFigures.setTitle(button, `${actor.name}: ${title}. ${HINT}.`);
    }
  }
}

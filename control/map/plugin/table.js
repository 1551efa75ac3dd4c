// What the map shows, as a table: for those who read with their ears or their fingers, and for anybody who wants figures.
import * as Days from "./days.js";
import * as Dom from "./dom.js";
import * as Filter from "./filter.js";
import * as Gains from "./gains.js";
import * as Intervals from "./intervals.js";
import * as Listing from "./listing.js";
import * as Marks from "./marks.js";
import * as Words from "./words.js";

const HEADINGS = ["Place", "Holder", "Status", "Probability", "Since", "Estimated from"];
const PAGE = 10; // rows

export class Table {
  #caption = Dom.h("caption");
  #note = Dom.h("p", { class: "cm-table-note" });
  #other = Dom.h("th", { scope: "col", class: "cm-table-other" }); // heading of the second date
  /** @type {number[]} places by row */
  #order = [];
  /** @type {number | null} the place whose row Tab leads to */
  #current = null;

  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.body = Dom.h("tbody", {
      onkeydown: (event) => this.#key(event), onclick: (event) => this.#choose(event.target.closest("tr")),
    });
    const headings = (scene.model.payload.told?.headings ?? HEADINGS).map((text) => Dom.h("th", { scope: "col" }, text));
    headings.splice(2, 0, this.#other);
    const table = Dom.h("table", {}, this.#caption, Dom.h("thead", {}, Dom.h("tr", {}, ...headings)), this.body);
    this.element = Dom.h("section", { class: "cm-table", id: "cm-table", "aria-label": "Places on the map", hidden: true },
      Dom.h("div", { class: "cm-table-scroll" }, table, this.#note));
  }

  isOpen() {
    return !this.element.hidden;
  }

  /** @param {boolean} yes */
  open(yes) {
    this.element.hidden = !yes;
    this.update();
  }

  // At rest only: rows that change while somebody reads them are no help.
  update() {
    if (!this.isOpen()) return;
    const { model, state } = this.scene;
    const focused = this.body.contains(document.activeElement);
    const { shown, more } = Listing.choose(model, (index) => this.#isOnMap(index));
    this.#order = shown;
    if (this.#current === null || !shown.includes(this.#current)) {
      this.#current = state.selected !== null && shown.includes(state.selected) ? state.selected : shown[0] ?? null;
    }
    const day = Days.words(model.start + state.day);
    Dom.setText(this.#caption, `${Words.count(shown.length + more, "place", "places")} on the map on ${day}`);
    this.#other.hidden = state.other === null;
    Dom.setText(this.#other, state.other === null ? "" : `Holder on ${Days.iso(model.start + state.other.day)}`);
    this.body.replaceChildren(...shown.map((index) => this.#row(index)));
    Dom.setText(this.#note, Listing.note(more));
    if (focused) this.#focus(this.#current);
  }

  /** @param {number} index */
  #isOnMap(index) {
    const { map, model, state } = this.scene;
    const place = model.places[index];
    if (!Marks.isMarked(place, { zoom: map.getZoom() }, state)) return false;
    const row = state.rows[index];
    if (Filter.isHidden(state, row)) return false;
    if (!place.reported && Filter.statusOf(model, state, row) === "unknown" && index !== state.selected) return false;
    return map.getBounds().contains([place.lat, place.lon]);
  }

  /** @param {number} index */
  #row(index) {
    const { model, state } = this.scene;
    const rows = model.payload.intervals[index];
    const at = Intervals.indexAt(rows, state.day);
    const texts = Listing.cells(model, index, rows, at, Filter.statusOf(model, state, rows[at]));
    const button = Dom.h("button", { type: "button", class: "cm-row", tabindex: index === this.#current ? 0 : -1,
      "aria-current": index === state.selected ? "true" : null },
    model.places[index].name);
    const cells = texts.map((text) => Dom.h("td", {}, text));
    cells.splice(1, 0, this.#otherHolder(index));
    const actor = Gains.holder(model.statuses, rows[at], state.estimates);
    if (actor >= 0) {
      const swatch = Dom.h("i", { class: "cm-table-swatch", "aria-hidden": "true" });
      swatch.style.backgroundColor = model.actors[actor].colour;
      cells[0].prepend(swatch);
    }
    return Dom.h("tr", { "data-place": index, class: index === state.selected ? "cm-chosen" : null },
      Dom.h("th", { scope: "row" }, button), ...cells);
  }

  // The cell of the second date.
  /** @param {number} index */
  #otherHolder(index) {
    const { model, state } = this.scene;
    if (state.other === null) return Dom.h("td", { class: "cm-table-other", hidden: true });
    const actor = Gains.holder(model.statuses, state.other.rows[index], state.estimates);
    const text = actor < 0 ? "" : model.actors[actor].short_name || model.actors[actor].name;
    return Dom.h("td", { class: "cm-table-other" }, text);
  }

  /** @param {number | null} index */
  #button(index) {
    /** @type {HTMLElement | null} */
    const found = this.body.querySelector(`tr[data-place="${Number(index)}"] button`);
    return found;
  }

  /** @param {number | null} index */
  #focus(index) {
    if (index === null) return;
    const before = this.#button(this.#current);
    if (before) before.tabIndex = -1;
    this.#current = index;
    const button = this.#button(index);
    if (!button) return;
    button.tabIndex = 0;
    button.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#order.indexOf(this.#current ?? -1);
    const target = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: this.#order.length - 1,
    }[event.key];
    if (target === undefined || !this.#order.length) return;
    event.preventDefault();
    this.#focus(this.#order[Math.max(0, Math.min(this.#order.length - 1, target))]);
  }

  /** @param {HTMLElement | null} row */
  #choose(row) {
    if (!row) return;
    const index = Number(row.dataset.place);
    this.#current = index;
    this.scene.selection.show(index);
    this.scene.settling.settle();
  }
}

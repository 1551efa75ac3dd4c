// Pointing at places and choosing one.
import * as Filter from "./filter.js";
import * as Layers from "./layers.js";
import * as Marks from "./marks.js";
import * as Tips from "./tips.js";

const REACH = { hover: 6, mouse: 8, touch: 18 }; // px around a mark that count as the mark
const GAP = 14; // px between a mark and its tip
const POINTER_GAP = 16;
const MIDDLE = 0.35; // of the map to each side: what lies there is in sight

export class Selection {
  #pinned;
  #hover;

  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.#pinned = new Tips.Tip(scene.stage, "cm-pinned");
    this.#hover = new Tips.Tip(scene.stage, "cm-hover");
    /** @type {number | null} */
    this.hovered = null;
    /** The estimated ground under the pointer, where there is no mark. @type {{index: number, point: L.Point} | null} */
    this.pointed = null;
  }

  listen() {
    const { map, root } = this.scene;
    map.on("mousemove", (event) => this.#point(event.containerPoint));
    map.on("mouseout", () => this.#leave());
    map.on("click", (event) => {
      const coarse = window.matchMedia("(pointer: coarse)").matches;
      const index = this.#pick(event.containerPoint, coarse ? REACH.touch : REACH.mouse);
      if (index === this.scene.state.selected) return;
      this.select(index);
      this.scene.settling.settle();
    });
    map.on("move zoom", () => {
      this.#leave();
      this.showPinned();
    });
    map.on("zoomanim", () => this.#pinned.hide());
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#takeBack(event.target);
    });
  }

  /** @param {number | null} index */
  select(index) {
    const { state, painter } = this.scene;
    if (index === state.selected) return;
    state.selected = index;
    painter.find("names").canvas.repaint();
    painter.refresh(Layers.MARKS);
    this.#showHover();
  }

  // Select a place and bring it into what the table leaves to be seen of the map.
  /** @param {number} index */
  show(index) {
    const { map, table } = this.scene;
    this.select(index);
    const { x: width, y: height } = map.getSize();
    const covered = table.element.offsetHeight;
    const point = this.#pointOf(index);
    const near = Math.abs(point.x / width - 0.5) < MIDDLE && Math.abs(point.y / (height - covered) - 0.5) < MIDDLE;
    if (!near) map.panTo(map.containerPointToLatLng([point.x, point.y + covered / 2]));
  }

  // After a repaint: tips say what is so on the date that is shown now.
  refresh() {
    this.showPinned();
    if (this.pointed !== null) this.pointed = this.#estimateUnder(this.pointed.point);
    this.#showHover();
  }

  showPinned() {
    const { model, state } = this.scene;
    const { selected } = state;
    if (selected === null) this.#pinned.hide();
    else this.#pinned.show(model, selected, state, this.#pointOf(selected), this.#gapOf(selected));
  }

  #showHover() {
    const { model, state } = this.scene;
    const { hovered, pointed } = this;
    if (hovered === null && pointed !== null) this.#hover.show(model, pointed.index, state, pointed.point, POINTER_GAP);
    else if (hovered === null || hovered === state.selected) this.#hover.hide();
    else this.#hover.show(model, hovered, state, this.#pointOf(hovered), this.#gapOf(hovered));
  }

  /** @param {L.Point} at */
  #point(at) {
    const index = this.#pick(at, REACH.hover);
    const ground = index === null ? this.#estimateUnder(at) : null;
    if (index === this.hovered && ground === null && this.pointed === null) return;
    this.hovered = index;
    this.pointed = ground;
    this.scene.container.classList.toggle("cm-pointing", index !== null);
    this.#showHover();
  }

  #leave() {
    this.hovered = this.pointed = null;
    this.#hover.hide();
  }

  // Escape takes back one thing at a time: the table, what is chosen on the map, the comparison.
  /** @param {EventTarget | null} target */
  #takeBack(target) {
    const { state, bar, container, comparison, painter, settling } = this.scene;
    if (bar.closeTable()) return;
    if (state.selected !== null && (container.contains(/** @type {Node} */ (target)) || state.other === null)) this.select(null);
    else if (state.other !== null) comparison.set(null);
    else return;
    painter.refresh();
    settling.settle();
  }

  /** @param {L.Point} point @param {number} reach */
  #pick(point, reach) {
    const { map, model, state } = this.scene;
    return Marks.pick(map, model, state, point, reach);
  }

  /** @param {number} index */
  #pointOf(index) {
    const { map, model } = this.scene;
    const { lat, lon } = model.places[index];
    return map.latLngToContainerPoint([lat, lon]);
  }

  /** @param {number} index */
  #gapOf(index) {
    const { map, model } = this.scene;
    return Marks.radius(model.places[index], { zoom: map.getZoom() }) + GAP;
  }

  // Marks tell of reported places; pale ground has no mark to tell of it.
  /** @param {L.Point} point */
  #estimateUnder(point) {
    const { model, painter, comparison } = this.scene;
    const { layer, canvas } = painter.find("cells");
    const view = canvas.view();
    if (!view) return null;
    const { x, y } = canvas.toCanvas(point);
    const index = layer.placeAt?.(view, x, y) ?? -1;
    const seen = comparison.stateAt(point);
    if (index < 0 || Filter.holder(model, seen, index) < 0 || Filter.isAssessed(model, seen, index)) return null;
    return { index, point };
  }
}

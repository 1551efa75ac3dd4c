// The map while two dates are compared. Nothing is fetched and nothing moves: there is a second list of rows, and either
// another way to paint the ground, or a second instance of the layers that depend on the date on the other side of a divider.
import * as Days from "./days.js";
import * as Gains from "./gains.js";
import * as GainsMap from "./gainsmap.js";
import * as Layers from "./layers.js";
import * as Model from "./model.js";
import * as Swipe from "./swipe.js";
import * as Words from "./words.js";

const FAR = 100000; // px, beyond every screen
const OTHER = "-other"; // suffix of the panes with the second date

export class Comparison {
  /** @type {MountedLayer[] | null} once the divider was wanted */
  #second = null;
  #raised = false;

  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.gains = new GainsMap.GainsMap(scene.model);
    this.swipe = new Swipe.Swipe(scene.stage, () => this.#clip());
    scene.map.on("move zoom viewreset resize", () => {
      if (this.isSwipe()) this.#clip();
    });
  }

  isChanges() {
    const { state } = this.scene;
    return state.other !== null && state.mode === "changes";
  }

  isSwipe() {
    const { state } = this.scene;
    return state.other !== null && state.mode === "swipe";
  }

  // Compare with a day, or with none.
  /** @param {number | null} day */
  set(day) {
    const { model, state } = this.scene;
    if (day === null) state.other = null;
    else {
      // Estimates, filter and selection are those of the map.
      const other = Object.create(state);
      other.day = day;
      other.rows = Model.rowsAt(model, day);
      state.other = other;
    }
  }

  /** @param {number | null} day */
  turnTo(day) {
    this.set(day);
    this.scene.painter.refresh();
  }

  /** @param {number | null} day */
  compare(day) {
    this.turnTo(day);
    this.scene.settling.settle();
  }

  /** @param {string} mode */
  compareBy(mode) {
    this.scene.state.mode = mode;
    this.scene.painter.refresh();
  }

  // Bring everything up to date but the layers of the map itself. `moved`: some rows are other ones; `everything`: more than
  // the date may have changed.
  /** @param {boolean} moved @param {boolean} everything */
  update(moved, everything) {
    const { state } = this.scene;
    if (this.isChanges() && (moved || everything)) this.gains.update(state);
    if (this.isSwipe()) {
      const fresh = !this.#raised;
      const second = this.#raise();
      if (everything || fresh) for (const { layer, canvas } of second) layer.update?.(canvas, [], Layers.EVERYTHING);
      this.swipe.show(...this.dates());
    } else {
      this.swipe.hide();
      if (this.#raised) for (const { canvas } of this.#second ?? []) canvas.remove();
      this.#raised = false;
      this.#clip();
    }
  }

  // The second date's layers, on the map.
  #raise() {
    const { scene } = this;
    if (this.#second === null) {
      const layers = Layers.create(scene, () => scene.state.other ?? scene.state).filter((layer) => layer.dated);
      this.#second = layers.map((layer) => Layers.mount(scene, layer, OTHER));
    } else if (!this.#raised) for (const { canvas } of this.#second) canvas.addTo(scene.map);
    this.#raised = true;
    return this.#second;
  }

  // Either date's canvases are cut at the divider. Panes move with the map, the divider does not.
  #clip() {
    const { map } = this.scene;
    const dated = this.scene.layers.filter((layer) => layer.dated).map((layer) => `cm-${layer.name}`);
    const sides = [dated, dated.map((name) => `${name}${OTHER}`)];
    if (this.isSwipe() && this.#isLater()) sides.reverse();
    const { x, y } = map.containerPointToLayerPoint([map.getSize().x * this.swipe.position(), 0]);
    sides.forEach((panes, side) => {
      const [from, to] = side === 0 ? [x - FAR, x] : [x, x + FAR];
      const shape = `polygon(${from}px ${y - FAR}px, ${to}px ${y - FAR}px, ${to}px ${y + FAR}px, ${from}px ${y + FAR}px)`;
      for (const name of panes) {
        const pane = map.getPane(name);
        if (pane) pane.style.clipPath = this.isSwipe() ? shape : "";
      }
    });
  }

  // Whether the date of the map is the later one of the two.
  #isLater() {
    const { state } = this.scene;
    return state.other === null || state.day >= state.other.day;
  }

  /** @returns {[string, string]} */
  dates() {
    const { model, state } = this.scene;
    const [first, second] = [state.day, state.other?.day ?? state.day].sort((a, b) => a - b);
    return [Days.words(model.start + first), Days.words(model.start + second)];
  }

  /** @param {number} cell */
  style(cell) {
    const { model, theme, state } = this.scene;
    return GainsMap.groundStyle(model, theme, state, cell);
  }

  /** @param {Ctx} ctx @param {View} view */
  paint(ctx, view) {
    this.gains.paint(ctx, view, this.scene.theme, this.scene.state);
  }

  // The date that is seen at a point in pixels of the container.
  /** @param {L.Point} point */
  stateAt(point) {
    const { map, state } = this.scene;
    const isLeft = point.x < map.getSize().x * this.swipe.position();
    return this.isSwipe() && state.other !== null && isLeft === this.#isLater() ? state.other : state;
  }

  balance() {
    const { model, state } = this.scene;
    const other = state.other?.rows ?? state.rows;
    const [before, after] = this.#isLater() ? [other, state.rows] : [state.rows, other];
    return Gains.gainsAndLosses(model.places, model.actors.length, model.statuses, before, after, state.estimates);
  }

  // For those who hear the map.
  summary() {
    const { changed } = this.balance();
    const [first, second] = this.dates();
    return `${first} compared with ${second}: ${Words.count(changed.length, "place", "places")} with another holder`;
  }
}

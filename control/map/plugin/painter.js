// One repaint for each frame in which the state changed.
import * as Intervals from "./intervals.js";
import * as Layers from "./layers.js";

export class Painter {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.mounted = scene.layers.map((layer) => Layers.mount(scene, layer));
    this.frame = /** @type {number | null} */ (null);
    this.wanted = Layers.NOTHING;
    this.#giveWayToTiles();
  }

  /**
   * @param {string} name of a layer
   * @returns {MountedLayer}
   */
  find(name) {
    const found = this.mounted.find(({ layer }) => layer.name === name);
    if (!found) throw new RangeError(`there is no layer '${name}' on the map`);
    return found;
  }

  // What depends on nothing but the colours of the theme.
  repaintStill() {
    for (const { layer, canvas } of this.mounted) if (!layer.update) canvas.repaint();
  }

  // With the next frame. `extent`: how much may be another, besides what the date changes; see layers.js.
  /** @param {number} [extent] */
  refresh(extent = Layers.EVERYTHING) {
    this.wanted = Math.max(this.wanted, extent);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#repaint(this.wanted);
      this.wanted = Layers.NOTHING;
      this.scene.bar.update();
      this.scene.selection.refresh();
    });
  }

  /** @param {number} extent */
  #repaint(extent) {
    const { model, state, comparison, legend } = this.scene;
    const changed = Intervals.move(state.rows, model.payload.intervals, model.starts, state.shownDay, state.day);
    const everything = extent === Layers.EVERYTHING;
    state.shownDay = state.day;
    if (everything || state.other !== null) comparison.update(changed.length > 0, everything);
    if (everything || changed.length) legend.update(changed);
    if (state.other !== null) legend.compare(comparison.balance(), comparison.dates(), state.mode);
    else if (everything) legend.compare(null);
    for (const { layer, canvas } of this.mounted) layer.update?.(canvas, changed, extent);
  }

  // Tiles bring land and rivers of their own. Where none arrive, in a train say, there is ours.
  #giveWayToTiles() {
    const { map } = this.scene;
    map.eachLayer((tiles) => {
      if (!(tiles instanceof L.TileLayer)) return;
      tiles.once("tileload", () => {
        for (const name of ["cm-land", "cm-lines"]) {
          const pane = map.getPane(name);
          if (pane) pane.style.display = "none";
        }
      });
    });
  }
}

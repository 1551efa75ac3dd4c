// The date that passes, and the one that somebody settles on: one announcement and one message for a burst of steps.
import * as Days from "./days.js";
import * as Host from "./host.js";
import * as Layers from "./layers.js";
import * as State from "./state.js";
import * as Words from "./words.js";

const SETTLE_MS = 150; // arrow keys repeat: the host hears of the date they end on

export class Settling {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.passing = false; // the date has moved since the host was last told
    this.timer = undefined;
    this.asker = undefined; // of the last order that has not been answered; somebody's own step may come in between
  }

  // Show a day.
  /** @param {number} day */
  go(day) {
    const { state, painter } = this.scene;
    if (day === state.day) return;
    if (!this.passing) Host.sendMoving();
    this.passing = true;
    state.day = day;
    painter.refresh(Layers.NOTHING);
  }

  // Tell the world that what is shown is what was chosen. `nonce`: of the order that asked for it.
  /** @param {string | number} [nonce] */
  settle(nonce) {
    this.asker = nonce ?? this.asker;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#tell(), SETTLE_MS);
  }

  #tell() {
    const { model, state, painter, bar, table, comparison } = this.scene;
    this.passing = false;
    // At rest the same date gives the same picture, whichever way it was reached. Cells give it anyway.
    painter.refresh(Layers.MARKS);
    const day = model.start + state.day;
    const count = model.changes.filter((change) => change[0] === state.day).length;
    const changed = count ? `, ${Words.count(count, "place changes", "places change")} hands or status` : "";
    bar.announce(state.other === null ? `${Days.words(day)}${changed}` : comparison.summary());
    table.update();
    Host.sendState(Days.iso(day), state.selected === null ? null : model.places[state.selected].id, this.asker,
      State.hiddenIds(model, state), state.other === null ? null : Days.iso(model.start + state.other.day));
    this.asker = undefined;
  }
}

// Playing: days pass with the clock, not with the frames, so a slow machine skips days instead of time. They pass in whole
// steps.
import * as Buttons from "./buttons.js";
import * as Dom from "./dom.js";
import * as Pace from "./pace.js";

/** @type {[days: number, text: string][]} */
const SPEEDS = [[7, "1 week/s"], [30, "1 month/s"], [91, "3 months/s"], [365, "1 year/s"]];
const USUAL = 30; // days a second
const LONGEST_FRAME_MS = 250; // of a tab that was in the background, no more than this has passed

export class Player {
  /** @type {number | null} */
  #frame = null;

  /**
   * @param {Scene} scene
   * @param {() => string} size of a step: see pace.js
   */
  constructor(scene, size) {
    this.scene = scene;
    this.size = size;
    this.button = Buttons.button("Play", "play", () => (this.isPlaying() ? this.pause() : this.start()));
    this.button.classList.add("cm-play");
    this.speed = Dom.h("select", { class: "cm-speed", "aria-label": "Speed" },
      ...SPEEDS.map(([days, text]) => Dom.h("option", { value: days, selected: days === USUAL }, text)));
  }

  isPlaying() {
    return this.#frame !== null;
  }

  start() {
    this.stop();
    const { model, state, settling } = this.scene;
    const last = model.length - 1;
    const first = state.day >= last ? 0 : state.day;
    let passed = 0;
    let before = /** @type {number | null} */ (null);
    this.#show(true);
    const tick = (/** @type {number} */ now) => {
      passed += before === null ? 0 : (Math.min(now - before, LONGEST_FRAME_MS) / 1000) * Number(this.speed.value);
      before = now;
      const over = first + passed >= last;
      settling.go(over ? last : Math.min(last, Pace.reached(model.start, first, this.size(), passed)));
      if (over) this.pause();
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  stop() {
    if (this.#frame === null) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#show(false);
  }

  // Stop, and settle on the date that was reached.
  pause() {
    this.stop();
    this.scene.settling.settle();
  }

  /** @param {boolean} playing */
  #show(playing) {
    const label = playing ? "Pause" : "Play";
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
    this.button.replaceChildren(Buttons.icon(playing ? "pause" : "play"));
  }
}

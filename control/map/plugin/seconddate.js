// The controls of the second date: the switch, the date, how the two are compared, and its flag on the track.
import * as Buttons from "./buttons.js";
import * as Dom from "./dom.js";
import * as Field from "./field.js";
import * as Gains from "./gains.js";
import * as State from "./state.js";

/** @type {Record<string, string>} */
const MODE_WORDS = { changes: "Gains and losses", swipe: "Swipe" };

export class SecondDate {
  /**
   * @param {Scene} scene
   * @param {HTMLElement} message where it is said what is wrong with a date
   */
  constructor(scene, message) {
    const { model, state } = scene;
    this.scene = scene;
    this.flag = Dom.h("div", { class: "cm-flag", "aria-hidden": "true", hidden: true });
    this.field = Field.create("Second date", "cm-field cm-other-field", { start: model.start, last: model.length - 1 }, message,
      () => state.other?.day ?? null, (day) => scene.comparison.compare(day));
    this.button = Buttons.worded("Compare", "compare", {
      "aria-label": "Compare", title: "Compare two dates", "aria-pressed": "false", onclick: () => this.#toggle(),
      hidden: Boolean(model.payload.told), // gains and losses are of holders
    });
    this.modes = State.MODES.map((mode) => Dom.h("button", {
      type: "button", class: "cm-mode", onclick: () => scene.comparison.compareBy(mode),
    }, MODE_WORDS[mode]));
    this.row = Dom.h("div", { class: "cm-comparing", role: "group", "aria-label": "Comparison", hidden: true },
      Dom.h("span", { class: "cm-with" }, "Compared with"), this.field.element,
      Dom.h("div", { class: "cm-modes", role: "group", "aria-label": "Show as" }, ...this.modes),
      Buttons.button("End comparison", "close", () => {
        scene.comparison.compare(null);
        this.button.focus();
      }));
  }

  #toggle() {
    const { model, state, comparison } = this.scene;
    comparison.compare(state.other === null ? Gains.usualDay(model.start, model.length, state.day) : null);
  }

  update() {
    const { model, state } = this.scene;
    const last = model.length - 1;
    this.button.setAttribute("aria-pressed", String(state.other !== null));
    this.row.hidden = this.flag.hidden = state.other === null;
    if (state.other === null) return;
    this.field.update();
    this.flag.style.setProperty("--other", String(last ? state.other.day / last : 0));
    this.modes.forEach((button, n) => button.setAttribute("aria-pressed", String(state.mode === State.MODES[n])));
  }
}

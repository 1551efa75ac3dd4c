// The divider between two dates: the earlier one on its left, the later one on its right.
import * as Dom from "./dom.js";

const STEP = 2; // per cent of the map's width, for an arrow key
const STRIDE = 10;

export class Swipe {
  #share = 50;
  #texts = ["", ""];
  #move;

  /**
   * @param {HTMLElement} stage
   * @param {() => void} onMove called after every move
   */
  constructor(stage, onMove) {
    this.#move = onMove;
    this.stage = stage;
    this.before = Dom.h("span", { class: "cm-swipe-date cm-swipe-before", "aria-hidden": "true" });
    this.after = Dom.h("span", { class: "cm-swipe-date cm-swipe-after", "aria-hidden": "true" });
    const handle = Dom.h("span", { class: "cm-swipe-handle", "aria-hidden": "true" },
      Dom.icon("M8 4v12L2 10zM12 4v12l6-6z"));
    this.element = Dom.h("div", {
      class: "cm-swipe", role: "slider", tabindex: 0, hidden: true, "aria-label": "Divider between the two dates",
      "aria-orientation": "horizontal", "aria-valuemin": 0, "aria-valuemax": 100,
      onkeydown: (event) => this.#key(event), onpointerdown: (event) => this.#grasp(event),
      onpointermove: (event) => this.#drag(event),
    }, this.before, this.after, handle);
    stage.append(this.element);
  }

  // Where it stands, as a part of the map's width.
  position() {
    return this.#share / 100;
  }

  /** @param {string} first @param {string} second */
  show(first, second) {
    this.#texts = [first, second];
    Dom.setText(this.before, first);
    Dom.setText(this.after, second);
    this.element.hidden = false;
    this.#moveTo(this.#share);
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {number} to */
  #moveTo(to) {
    const [first, second] = this.#texts;
    this.#share = Math.max(0, Math.min(100, to));
    this.element.style.left = `${this.#share}%`;
    this.element.setAttribute("aria-valuenow", String(Math.round(this.#share)));
    this.element.setAttribute("aria-valuetext", `${Math.round(this.#share)} %: ${first} on the left, ${second} on the right`);
    this.#move();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const share = this.#share;
    const by = event.shiftKey ? STRIDE : STEP;
    const target = {
      ArrowLeft: share - by, ArrowDown: share - by, ArrowRight: share + by, ArrowUp: share + by,
      PageDown: share - STRIDE, PageUp: share + STRIDE, Home: 0, End: 100,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#moveTo(target);
  }

  /** @param {PointerEvent} event */
  #grasp(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (!this.element.hasPointerCapture(event.pointerId)) return;
    const box = this.stage.getBoundingClientRect();
    this.#moveTo((100 * (event.clientX - box.left)) / box.width);
  }
}

// Orders of the page around the map, carried out.
import * as Host from "./host.js";
import * as State from "./state.js";

const labelOf = (/** @type {Element} */ element) => element.getAttribute("aria-label");

/** @param {Scene} scene */
export function listen(scene) {
  // A map that takes the place of another one takes over the keyboard where it was.
  scene.root.addEventListener("focusin", ({ target }) => Host.sendFocus(target instanceof Element ? labelOf(target) ?? "" : ""));
  Host.listen((order) => {
    if (order.rest) scene.bar.rest();
    else if (order.focus !== undefined) focusOn(scene.root, order.focus);
    else carryOut(scene, order);
  });
}

/** @param {Scene} scene @param {any} order */
function carryOut(scene, order) {
  const { model, state, viewport, legend, painter, comparison, bar, settling, selection } = scene;
  if (order.view && Array.isArray(order.view.center) && Number.isFinite(order.view.zoom)) viewport.look(order.view);
  if (Array.isArray(order.hidden)) {
    State.hide(model, state, order.hidden);
    legend.sync();
    painter.refresh();
  }
  if (order.compare !== undefined) {
    const other = order.compare === null ? null : State.dayOf(model, order.compare);
    if (order.compare === null || other !== null) comparison.turnTo(other);
  }
  const day = State.dayOf(model, order.date);
  if (day !== null) {
    bar.stop();
    settling.go(day);
  }
  if (order.place === null) selection.select(null);
  else if (order.place !== undefined) {
    const index = model.places.findIndex((place) => place.id === order.place);
    if (index >= 0) selection.show(index);
  }
  settling.settle(order.nonce);
}

/** @param {HTMLElement} root @param {string} label */
function focusOn(root, label) {
  const labelled = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[aria-label], .cm-slider"));
  const same = [...labelled].find((element) => element.tabIndex >= 0 && labelOf(element) === label);
  const slider = [...labelled].find((element) => element.classList.contains("cm-slider"));
  (same ?? slider)?.focus({ preventScroll: true });
}

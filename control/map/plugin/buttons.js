// The buttons of the time bar, with their icons.
import * as Dom from "./dom.js";

const ICONS = {
  previousChange: "M4 4h2v12H4zM16 4v12L7 10z",
  previousDay: "M13 4v12L5 10z",
  play: "M6 3.5v13L17 10z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  nextDay: "M7 4l8 6-8 6z",
  nextChange: "M14 4h2v12h-2zM4 4l9 6-9 6z",
  compare: "M2 4h6v2H4v8h4v2H2zM9 1h2v18H9zM12 4h6v12h-6z",
  table: "M2 3h16v14H2zm2 5v3h4V8zm6 0v3h6V8zm-6 5v2h4v-2zm6 0v2h6v-2z",
  close: "M5 6.4L6.4 5 10 8.6 13.6 5 15 6.4 11.4 10l3.6 3.6-1.4 1.4L10 11.4 6.4 15 5 13.6 8.6 10z",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return Dom.icon(ICONS[name]);
}

// A button that shows nothing but its icon.
/** @param {string} label @param {keyof typeof ICONS} name @param {() => void} onclick */
export function button(label, name, onclick) {
  return Dom.h("button", { type: "button", class: "cm-button", "aria-label": label, title: label, onclick }, icon(name));
}

// A button with a word beside its icon, where there is room for it.
/** @param {string} word @param {keyof typeof ICONS} name @param {Record<string, unknown>} attributes */
export function worded(word, name, attributes) {
  return Dom.h("button", { type: "button", class: "cm-button cm-worded", ...attributes }, icon(name),
    Dom.h("span", { class: "cm-word" }, word));
}

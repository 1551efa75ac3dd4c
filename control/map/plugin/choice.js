// One of a few, side by side and all in sight: radio buttons in the looks of a switch.
import * as Dom from "./dom.js";

let made = 0;

// options: list of [value, text, title]; chosen(value) is told of another one. -> {element, value()}
/**
 * @param {string} label
 * @param {string} className
 * @param {string[][]} options
 * @param {string} first
 * @param {(value: string) => void} chosen
 */
export function create(label, className, options, first, chosen) {
  const name = `cm-choice-${(made += 1)}`;
  let value = first;
  /** @type {Attributes["onchange"]} */
  const choose = (event) => {
    value = event.target.value;
    chosen(value);
  };
  const entries = options.map(([key, text, title]) => Dom.h("label", { class: "cm-option", title },
    Dom.h("input", { type: "radio", name, value: key, checked: key === first, onchange: choose }),
    Dom.h("span", {}, text)));
  const element = Dom.h("div", { class: `cm-choice ${className}`, role: "radiogroup", "aria-label": label }, ...entries);
  return { element, value: () => value };
}

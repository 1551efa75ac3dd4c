// One of a few, side by side and all in sight: radio buttons in the looks of a switch.
const Choice = (() => {
  let made = 0;

  // options: list of [value, text, title]; chosen(value) is told of another one. -> {element, value()}
  function create(label, className, options, first, chosen) {
    const name = `cm-choice-${(made += 1)}`;
    let value = first;
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

  return { create };
})();

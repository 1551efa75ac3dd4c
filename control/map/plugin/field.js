// A field to type a date into.
import * as Days from "./days.js";
import * as Dom from "./dom.js";

// span: {start, last} in days since 1970; `message` says what is wrong; shown() is the day in the map's own count,
// and chosen(day) is told of another one.
/**
 * @param {string} label
 * @param {string} className
 * @param {{start: number, last: number}} arg2
 * @param {HTMLElement} message
 * @param {() => number | null} shown
 * @param {(day: number) => void} chosen
 */
export function create(label, className, { start, last }, message, shown, chosen) {
  const span = `${Days.words(start)} to ${Days.words(start + last)}`;
  const field = Dom.h("input", {
    type: "date", class: className, "aria-label": label, title: label, "aria-describedby": "cm-message",
    min: Days.iso(start), max: Days.iso(start + last),
  });

  // Browsers report half-typed years too, so a complaint waits for Enter or for leaving the field.
  /** @param {boolean} complain */
  function typed(complain) {
    if (field.value === "") {
      if (complain && field.validity?.badInput) Dom.setText(message, `Not a date. The map covers ${span}.`);
      return;
    }
    const day = Days.parse(field.value);
    if (day !== null && day >= start && day <= start + last) {
      Dom.setText(message, "");
      if (day - start !== shown()) chosen(day - start);
    } else if (complain) Dom.setText(message, `The map covers ${span}.`);
  }
  field.addEventListener("change", () => typed(false));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") typed(true); });
  field.addEventListener("blur", () => {
    typed(true);
    // Leave no date standing in the field that the map does not show.
    if (message.textContent === "") update();
  });

  function update() {
    const day = shown();
    if (day !== null) field.value = Days.iso(start + day);
  }

  return {
    element: field,
    update() {
      if (document.activeElement === field) return;
      update();
      Dom.setText(message, "");
    },
  };
}

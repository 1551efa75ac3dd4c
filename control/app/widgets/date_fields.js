// Streamlit takes over what is typed into a date field when the focus goes elsewhere. Whoever types a date and presses Enter
// means it: Enter moves the focus from the parts of the field to the whole of it.
/** @param {any} event */
function leave(event) {
  if (event.key !== "Enter" || event.target?.getAttribute?.("role") !== "spinbutton") return;
  const field = event.target.closest('[data-testid="stDateInput"]');
  if (!field) return;
  field.tabIndex = -1;
  field.focus({ preventScroll: true });
}

export default function () {
  // The same function is added only once, however often the page is mounted.
  document.addEventListener("keydown", leave, true);
}

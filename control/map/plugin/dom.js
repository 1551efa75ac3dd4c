// Building elements. Text goes in as text nodes and attributes as attributes: nothing is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** @param {any} element @param {Record<string, unknown>} attributes @param {(Node | string)[]} children */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * An element; attributes that begin with "on" are listeners, and those that are false, null or undefined are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// An icon from path data on a 20 x 20 grid; drawn in the colour of the text around it.
/** @param {string} path */
export function icon(path) {
  const shape = fill(document.createElementNS(SVG, "path"), { d: path, fill: "currentColor" }, []);
  const attributes = { viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true", focusable: "false" };
  return fill(document.createElementNS(SVG, "svg"), attributes, [shape]);
}

/** @param {Node} element @param {string} text */
export function setText(element, text) {
  // Writing the same text again would still cost a layout.
  if (element.textContent !== text) element.textContent = text;
}

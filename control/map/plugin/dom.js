// Building elements. Text goes in as text nodes and attributes as attributes: nothing is ever parsed as HTML.
const Dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

  // An icon from path data on a 20 x 20 grid; drawn in the colour of the text around it.
  function icon(path) {
    const shape = fill(document.createElementNS(SVG, "path"), { d: path, fill: "currentColor" }, []);
    const attributes = { viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true", focusable: "false" };
    return fill(document.createElementNS(SVG, "svg"), attributes, [shape]);
  }

  function setText(element, text) {
    // Writing the same text again would still cost a layout.
    if (element.textContent !== text) element.textContent = text;
  }

  return { h, icon, setText };
})();

// A map and its parts, each in a module of its own. What they share hangs here: the model, the state, the colours.
import * as Comparison from "./comparison.js";
import * as Dom from "./dom.js";
import * as Layers from "./layers.js";
import * as Legend from "./legend.js";
import * as Model from "./model.js";
import * as Orders from "./orders.js";
import * as Painter from "./painter.js";
import * as Selection from "./selection.js";
import * as Settling from "./settling.js";
import * as State from "./state.js";
import * as Table from "./table.js";
import * as Theme from "./theme.js";
import * as Timebar from "./timebar.js";
import * as Viewport from "./viewport.js";

const NARROW = 760; // px: the key starts closed
const WIDE = 900; // px: room for the sources to stand open

export class Scene {
  /**
   * @param {L.Map} map
   * @param {Payload} payload
   * @param {LayerModule[]} modules of the layers
   */
  constructor(map, payload, modules) {
    this.map = map;
    this.model = Model.prepare(payload);
    this.state = State.opening(this.model, payload.opening.date);
    this.container = map.getContainer();
    this.root = Dom.h("div", { class: "cm-root" });
    this.narrow = window.innerWidth < NARROW;
    this.stage = this.#build(payload);
    this.theme = Theme.read(this.root);
    this.viewport = new Viewport.Viewport(this);
    this.settling = new Settling.Settling(this);
    this.modules = modules;
    this.layers = Layers.create(this, () => this.state);
    this.table = new Table.Table(this);
    this.legend = new Legend.Legend(this);
    this.bar = new Timebar.Timebar(this);
    this.stage.append(this.legend.element, this.legend.key.element, this.legend.key.opener, attribution(payload.attribution ?? ""));
    this.root.append(this.stage, this.bar.element);
    this.selection = new Selection.Selection(this);
    this.comparison = new Comparison.Comparison(this);
    this.legend.key.open(!this.narrow);
    // Controls in their final size first: ground that is painted for another size is painted twice.
    this.legend.restyle(this.theme);
    this.legend.update(null);
    this.bar.update();
    map.invalidateSize({ animate: false });
    this.viewport.fit();
    this.painter = new Painter.Painter(this);
    this.#listen();
  }

  // The map above, the bar below, in the room that the map had.
  /** @param {Payload} payload */
  #build(payload) {
    this.container.before(this.root);
    this.container.classList.add("cm-map");
    this.container.setAttribute("role", "region");
    this.container.setAttribute("aria-label", `Map: ${payload.theatre.title}`);
    this.map.attributionControl?.setPosition("bottomleft"); // ours, of the data, is on the right
    return Dom.h("div", { class: "cm-stage" }, this.container);
  }

  #listen() {
    this.selection.listen();
    this.viewport.listen();
    Orders.listen(this);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#restyle());
  }

  #restyle() {
    this.theme = Theme.read(this.root);
    this.legend.restyle(this.theme);
    this.bar.repaint(this.theme);
    this.painter.repaintStill();
    this.painter.refresh();
  }
}

/** @param {string} text */
function attribution(text) {
  if (!text) return "";
  return Dom.h("details", { class: "cm-attribution", open: window.innerWidth >= WIDE },
    Dom.h("summary", { "aria-label": "Sources and licences", title: "Sources and licences" }, "i"),
    Dom.h("span", {}, text));
}

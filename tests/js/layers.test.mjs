// Each file of plugin/layers is a layer: what the page asks of one.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import * as Layers from "../../control/map/plugin/layers.js";
import * as Model from "../../control/map/plugin/model.js";

globalThis.ImageData = class {
  data = new Uint8ClampedArray(4);
};
const FOLDER = new URL("../../control/map/plugin/layers/", import.meta.url);
// A theatre of which nothing is known.
const model = Model.prepare({
  theatre: { id: "none", title: "Nowhere" }, span: ["2017-01-01", "2018-01-01"],
  opening: { date: "2017-01-05", bounds: [[49.8, 9.8], [52.2, 12.2]] },
  actors: [], statuses: ["unknown"], places: [], intervals: [],
});

async function layers() {
  const names = readdirSync(FOLDER).sort();
  const modules = await Promise.all(names.map((name) => import(new URL(name, FOLDER))));
  return { names, layers: Layers.create({ model, modules }, () => ({ rows: [], hidden: new Set(), estimates: true })) };
}

test("a layer is named like its file, and paints", async () => {
  const made = await layers();
  assert.deepEqual(made.layers.map((layer) => `${layer.name}.js`).sort(), made.names);
  for (const layer of made.layers) assert.equal(typeof layer.paint, "function", layer.name);
});

test("layers lie one above the other, with room for a second date between", async () => {
  const heights = (await layers()).layers.map((layer) => layer.z);
  for (let n = 1; n < heights.length; n += 1) assert.ok(heights[n] - heights[n - 1] >= 2, String(heights));
});

test("what depends on the date can be brought up to date", async () => {
  for (const layer of (await layers()).layers) if (layer.dated) assert.equal(typeof layer.update, "function", layer.name);
});

// Names come from files that strangers send. These tests read the plugin's own text: no way of turning a name into
// markup, code or a request may be in it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../control/map/plugin/", import.meta.url);
const FORBIDDEN = [/\.innerHTML/, /\.outerHTML/, /insertAdjacentHTML/, /document\.write/, /\beval\(/, /new Function/,
  /\bfetch\(/, /XMLHttpRequest/, /WebSocket/, /\bimport\(/, /localStorage/, /bindPopup/, /bindTooltip/];

for (const name of readdirSync(FOLDER, { recursive: true }).filter((file) => file.endsWith(".js"))) {
  test(`${name} writes text only and asks nobody`, () => {
    const source = readFileSync(new URL(name, FOLDER), "utf8");
    for (const pattern of FORBIDDEN) assert.doesNotMatch(source, pattern);
  });
}

test("the map listens to its parent only", () => {
  assert.match(readFileSync(new URL("host.js", FOLDER), "utf8"), /event\.source !== window\.parent\) return/);
});

test("the bridge listens to its own frame only", () => {
  const bridge = readFileSync(new URL("../bridge.js", FOLDER), "utf8");
  assert.match(bridge, /event\.source === frame\.element\.contentWindow/);
  assert.match(bridge, /"sandbox", "allow-scripts"\)/);
});

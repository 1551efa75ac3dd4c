// Text has to be read: 4.5 to 1 against what it stands on, in light and in dark (WCAG 2.2, 1.4.3).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Colours from "../../control/map/plugin/colours.js";

const LEAST = 4.5;
const css = readFileSync(new URL("../../control/map/plugin/timeline.css", import.meta.url), "utf8");
const dark = css.indexOf("@media (prefers-color-scheme: dark)");
const colours = (text) => Object.fromEntries(
  [...text.matchAll(/--cm-([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
);
const light = colours(css.slice(0, dark));
const schemes = { light, dark: { ...light, ...colours(css.slice(dark, css.indexOf(".cm-root *,"))) } };
const PAIRS = [["ink", "bar"], ["bar-ink", "bar"], ["ink", "control"], ["bar-ink", "control"], ["bar", "accent"], ["alarm", "bar"],
  ["ink", "land"], ["ink", "sea"], ["ink", "neighbour"], ["name-faint", "land"], ["river-name", "land"]];

for (const [scheme, known] of Object.entries(schemes)) {
  test(`text can be read in ${scheme}`, () => {
    for (const [text, ground] of PAIRS) {
      const contrast = Colours.contrast(known[text], known[ground]);
      assert.ok(contrast >= LEAST, `${text} on ${ground}: ${contrast.toFixed(2)}`);
    }
  });
}

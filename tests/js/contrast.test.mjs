// Text has to be read: 4.5 to 1 against what it stands on, in light and in dark (WCAG 2.2, 1.4.3).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as Colours from "../../control/map/plugin/colours.js";

const LEAST = 4.5;
const palette = JSON.parse(readFileSync(new URL("../../control/map/palette.json", import.meta.url), "utf8"));
const schemes = { light: palette.light, dark: palette.dark };
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

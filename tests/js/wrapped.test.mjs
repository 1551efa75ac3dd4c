import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import * as Wrapped from "../../control/map/plugin/wrapped.js";

test("what was deflated and written in base 64 comes back, whatever its letters", async () => {
  const data = { name: "القائم </script> {{ 7 * 7 }}", numbers: Array.from({ length: 5000 }, (_, n) => n) };
  assert.ok(Wrapped.isSupported());
  assert.deepEqual(await Wrapped.open(deflateSync(JSON.stringify(data)).toString("base64")), data);
});

test("what is damaged is refused", async () => {
  await assert.rejects(Wrapped.open(btoa("no such stream")));
});

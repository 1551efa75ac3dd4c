import assert from "node:assert/strict";
import { test } from "node:test";
import * as Seams from "../../control/map/plugin/seams.js";

// A field from rows of letters: "." is nobody's.
function field(rows, sure = rows.map((row) => row.replace(/./g, "1"))) {
  const side = rows.join("").split("").map((letter) => (letter === "." ? -1 : letter.charCodeAt(0) - 97));
  const lead = new Float32Array(side.length).fill(1);
  return { width: rows[0].length, height: rows.length, side, lead, sure: sure.join("").split("").map(Number) };
}
const ends = ({ xy }) => [[xy[0], xy[1]], [xy.at(-2), xy.at(-1)]];

test("two sides meet in one line, from edge to edge, half way where neither leads", () => {
  const [line, ...more] = Seams.find(field(["aabb", "aabb", "aabb"]), 0);
  assert.equal(more.length, 0);
  assert.equal(line.closed, false);
  assert.deepEqual(ends(line).map(([, y]) => y).sort(), [0, 3]);
  assert.ok(line.xy.every((value, n) => n % 2 === 1 || value === 2));
});

test("a seam lies nearer to the side that leads by less", () => {
  const one = field(["ab", "ab", "ab"]);
  one.lead = Float32Array.from([1, 3, 1, 3, 1, 3]);
  const [{ xy }] = Seams.find(one, 0);
  assert.ok(Math.abs(xy[4] - 0.75) < 0.05, String(xy));
});

test("nobody's ground has no front, nor has one side", () => {
  assert.deepEqual(Seams.find(field(["aa..", "aa..", ".bb."]), 0).map(({ xy }) => xy.length > 0), [true]);
  assert.deepEqual(Seams.find(field(["aaaa", "aa.."]), 0), []);
});

test("lines of three sides meet in one point", () => {
  const lines = Seams.find(field(["aabb", "aabb", "cccc", "cccc"]), 0);
  assert.equal(lines.length, 3);
  const meeting = lines.flatMap(ends).filter(([x, y]) => x === 2 && y === 2);
  assert.equal(meeting.length, 3);
});

test("an enclave is a loop; small ones are left out where that is asked", () => {
  const rows = ["aaaaaa", "aabbaa", "aabbaa", "aaaaaa"];
  const [loop] = Seams.find(field(rows), 0);
  assert.equal(loop.closed, true);
  assert.deepEqual(Seams.find(field(rows), 8), []);
});

test("stairs become a slope", () => {
  const rows = Array.from({ length: 20 }, (_, y) => "a".repeat(y + 1) + "b".repeat(21 - y));
  const [{ xy }] = Seams.find(field(rows), 0);
  for (let i = 8; i < xy.length - 8; i += 2) assert.ok(Math.abs(xy[i] - xy[i + 1] - 0.5) < 0.05, `${xy[i]}, ${xy[i + 1]}`);
});

test("a front is reported where most of both sides around is, and likely elsewhere", () => {
  const rows = Array.from({ length: 60 }, () => "aabb");
  const sure = rows.map((_, y) => (y < 30 ? (y === 10 ? "0000" : "1111") : "1100"));
  const [line] = Seams.find(field(rows, sure), 0);
  assert.deepEqual([5, 10, 20, 40, 55].map((n) => line.sure[n]), [1, 1, 1, 0, 0]);
});

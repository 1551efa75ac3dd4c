import assert from "node:assert/strict";
import { test } from "node:test";
import * as Labels from "../../control/map/plugin/labels.js";

function candidate(owner, x, y) {
  return { owner, boxes: Labels.positions(x, y, 4, 60, 14) };
}

test("no two labels chosen overlap, whatever the crowd", () => {
  const crowd = Array.from({ length: 400 }, (_, n) => candidate(n, (n * 7919) % 600, (n * 104729) % 400));
  const chosen = Labels.place(crowd, new Labels.Board());
  assert.ok(chosen.length > 20 && chosen.length < 400);
  chosen.forEach(([, a], i) => chosen.slice(i + 1).forEach(([, b]) => assert.ok(!Labels.overlaps(a, b))));
});

test("the more important label wins, the other moves aside", () => {
  const [[first, firstBox], [second, secondBox]] = Labels.place([candidate("a", 100, 100), candidate("b", 102, 101)],
    new Labels.Board());
  assert.equal(first.owner, "a");
  assert.equal(second.owner, "b");
  assert.ok(firstBox[0] > 100); // to the right, the best position
  assert.ok(secondBox[2] < 102); // to the left
});

test("a label keeps off other places' marks, but may touch its own", () => {
  const board = new Labels.Board();
  board.take([104, 90, 200, 110], "other");
  board.take([96, 96, 104, 104], "a");
  const [[, box]] = Labels.place([candidate("a", 100, 100)], board);
  assert.ok(box[2] < 100);
});

test("what finds no room, or is one too many, is left out", () => {
  const board = new Labels.Board();
  board.take([0, 0, 500, 500]);
  assert.deepEqual(Labels.place([candidate("a", 100, 100)], board), []);
  assert.equal(Labels.place([candidate("a", 100, 100), candidate("b", 900, 900)], new Labels.Board(), 1).length, 1);
});

test("boxes that touch do not overlap; negative coordinates work", () => {
  assert.ok(!Labels.overlaps([0, 0, 10, 10], [10, 0, 20, 10]));
  const board = new Labels.Board();
  board.take([-130, -130, -120, -120]);
  assert.ok(!board.free([-125, -125, -115, -115]));
  assert.ok(board.free([-119, -119, -110, -110]));
});

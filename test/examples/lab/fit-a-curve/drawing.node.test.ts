import { afterEach, describe, expect, it } from "vitest";
import { rounded } from "../../../../examples/lab/fit-a-curve/data/point.ts";
import {
  chooseTool,
  clearPoints,
  drawAt,
  drawOn,
  dropDrawing,
  endDrawing,
  isFull,
  seenPoints,
  tool,
} from "../../../../examples/lab/fit-a-curve/drawing.ts";
import { chooseData, setPoints, state } from "../../../../examples/lab/fit-a-curve/state.ts";
import { points } from "../../../../examples/lab/fit-a-curve/task.ts";

afterEach(() => {
  dropDrawing();
  chooseTool("point");
  state.open({});
});

describe("drawing", () => {
  it("adds to the data that is there, which becomes the user's own when the stroke ends", () => {
    const before = points.value;
    drawAt(0.1, 0.2);
    expect(seenPoints.value).toEqual([...before, rounded({ x: 0.1, y: 0.2, group: 0 })]);
    expect(state.value.data).toBe("sine");
    endDrawing();
    expect(state.value.data).toBe("curve");
    expect(points.value).toHaveLength(before.length + 1);
    expect(seenPoints.value).toEqual(points.value);
  });

  it("is forgotten where the finger scrolled", () => {
    drawAt(0.1, 0.2);
    dropDrawing();
    endDrawing();
    expect(state.value.data).toBe("sine");
  });

  it("puts points along a stroke, none too near to the last", () => {
    clearPoints();
    let last = drawOn(undefined, { x: 0, y: 0 });
    for (let step = 1; step <= 10; step++) last = drawOn(last, { x: step / 50, y: 0 });
    endDrawing();
    const nearest = [0, 0.06, 0.12, 0.18].map((x) => rounded({ x, y: 0, group: 0 }));
    expect(points.value).toEqual(nearest);
  });

  it("stays inside the chart", () => {
    clearPoints();
    drawAt(5, -5);
    endDrawing();
    expect(points.value).toEqual([rounded({ x: 1.1, y: -1.1, group: 0 })]);
  });

  it("sets the class of the tool in hand", () => {
    chooseData("xor");
    expect(tool.value).toBe("group0");
    clearPoints();
    drawAt(0, 0);
    chooseTool("group1");
    drawAt(0.5, 0.5);
    endDrawing();
    expect(state.value.data).toBe("classes");
    expect(points.value.map(({ group }) => group)).toEqual([0, 1]);
  });

  it("takes the nearest point away, if it is near", () => {
    setPoints(1, [rounded({ x: 0, y: 0, group: 0 }), rounded({ x: 0.5, y: 0.5, group: 0 })], null);
    drawAt(0.3, 0.3, "erase");
    expect(seenPoints.value).toHaveLength(2);
    drawAt(0.45, 0.52, "erase");
    endDrawing();
    expect(points.value).toEqual([rounded({ x: 0, y: 0, group: 0 })]);
  });

  it("says where there is no room for more", () => {
    const many = Array.from({ length: 400 }, (_, index) => rounded({ x: index / 400, y: 0, group: 0 }));
    setPoints(1, many, null);
    drawAt(0, 0);
    expect(seenPoints.value).toHaveLength(400);
    expect(isFull.value).toBe(true);
    clearPoints();
    expect(isFull.value).toBe(false);
    expect(points.value).toEqual([]);
  });
});

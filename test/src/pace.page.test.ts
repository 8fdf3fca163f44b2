import { expect, it } from "vitest";
import { Pace } from "../../src/pace.ts";

it("lets a page draw while it rests again and again", async () => {
  const pace = new Pace();
  const drawn: number[] = [];
  requestAnimationFrame((time) => drawn.push(time));
  let rests = 0;
  while (drawn.length === 0 && rests < 1e6) {
    await pace.rest();
    rests++;
  }
  expect(drawn).toHaveLength(1);
});

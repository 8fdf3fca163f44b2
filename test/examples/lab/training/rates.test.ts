import { describe, expect, it } from "vitest";
import { FrameRate } from "../../../../examples/lab/training/frame-rate.ts";
import { Speed } from "../../../../examples/lab/training/speed.ts";

describe("the rate of pictures", () => {
  it("is thirty a second", () => {
    const rate = new FrameRate();
    expect(rate.isDue(0)).toBe(true);
    rate.sent(0, 1);
    rate.drawn();
    expect(rate.isDue(33)).toBe(false);
    expect(rate.isDue(34)).toBe(true);
  });

  it("is no lower where each comes a little late", () => {
    const rate = new FrameRate();
    let [now, sent] = [0, 0];
    for (; now < 1000; now += 7) {
      if (!rate.isDue(now)) continue;
      rate.sent(now, now + 1);
      rate.drawn();
      sent++;
    }
    expect(sent).toBe(30);
  });

  it("begins anew, and makes up for nothing, after a halt", () => {
    const rate = new FrameRate();
    rate.sent(0, 1);
    rate.sent(500, 501);
    rate.drawn();
    expect(rate.isDue(533)).toBe(false);
    expect(rate.isDue(534)).toBe(true);
  });

  it("waits while two are not drawn", () => {
    const rate = new FrameRate();
    rate.sent(0, 1);
    expect(rate.isDue(34)).toBe(true);
    rate.sent(34, 35);
    expect(rate.isDue(1000)).toBe(false);
    rate.drawn();
    expect(rate.isDue(1000)).toBe(true);
  });

  it("leaves half of the time to the training where pictures take long", () => {
    const rate = new FrameRate();
    rate.sent(0, 100);
    rate.drawn();
    expect(rate.isDue(199)).toBe(false);
    expect(rate.isDue(200)).toBe(true);
  });
});

describe("the speed", () => {
  it("is that of the last second", () => {
    const speed = new Speed();
    expect(speed.perSecond).toBeUndefined();
    for (let at = 0; at <= 3000; at += 100) speed.mark(at <= 2000 ? at : 2000 + 5 * (at - 2000), at);
    expect(speed.perSecond).toBe(5000);
  });

  it("is unknown for the first tenth of a second, and does not count what lies before a halt", () => {
    const speed = new Speed();
    speed.mark(0, 0);
    speed.mark(10, 99);
    expect(speed.perSecond).toBeUndefined();
    speed.mark(50, 500);
    expect(speed.perSecond).toBe(100);
    speed.halt();
    speed.mark(50, 9000);
    speed.mark(60, 10_000);
    expect(speed.perSecond).toBe(10);
  });
});

import { describe, expect, it } from "vitest";
import { html, jsonInScript } from "../../../src/report/markup.ts";

describe("html", () => {
  it("takes what a user named for text, in elements and in attributes", () => {
    const name = `<img src=x onerror="alert(1)"> & 'co'`;
    const text = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;";
    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(`<p title="${text}">${text}</p>`);
  });

  it("takes its own markup as it stands, lists line by line, and null for nothing", () => {
    const items = [1, 2].map((number) => html`<i>${number}</i>`);
    expect(html`<b>${items}</b>${null}`.toString()).toBe("<b><i>1</i>\n<i>2</i></b>");
  });
});

describe("jsonInScript", () => {
  it("lets no name end the script element, and keeps the name", () => {
    const data = { name: "</script><script>alert(1)</script><!--", text: "\u2028é" };
    const text = jsonInScript(data).toString();
    expect(text).not.toContain("<");
    expect(JSON.parse(text)).toEqual(data);
  });

  it("keeps float32 numbers, whole numbers and nulls exactly", () => {
    const losses = Float32Array.from({ length: 100 }, (_, index) => Math.sin(index) * 10 ** (index % 20));
    const data = { losses: [...losses], whole: [2 ** 53 - 1, 1234567890123], none: null };
    const read = JSON.parse(jsonInScript(data).toString()) as typeof data;
    expect(Float32Array.from(read.losses)).toEqual(losses);
    expect(read.whole).toEqual(data.whole);
    expect(read.none).toBeNull();
  });
});

/** Pixels far outside would only cost time: they are cut before the browser sees them. */
const farOutside = 1e4;

/** The `d` of a path through places in pixels. What is no number breaks it: after it, it goes on anew. */
export function way(places: readonly (readonly [x: number, y: number])[]): string {
  let command = "M";
  return places
    .map(([x, y]) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        command = "M";
        return "";
      }
      const text = `${command}${clamp(x)} ${clamp(y)}`;
      command = "L";
      return text;
    })
    .join("");
}

function clamp(pixels: number): string {
  return Math.max(-farOutside, Math.min(farOutside, pixels)).toFixed(1);
}

/** What Plot returns. */
export type Drawing = SVGSVGElement | HTMLElement;

/** One picture to a screen reader, whose numbers are in the table, in place of a hundred nameless marks. */
export function asPicture(drawn: Drawing): HTMLElement {
  const picture = document.createElement("div");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", drawn.getAttribute("aria-label") ?? "");
  drawn.setAttribute("aria-hidden", "true");
  picture.append(drawn);
  return picture;
}

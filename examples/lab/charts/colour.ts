/**
 * A colour of the styles, resolved for a canvas, which knows no variables.
 *
 * @param element where it is looked up
 * @param name the variable's, `"--accent"`
 */
export function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

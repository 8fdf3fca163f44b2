/** The least of 1, 2 and 5 times a power of ten that is not below a number above 0. */
export function roundAbove(value: number): number {
  return candidatesAround(value).find((candidate) => candidate >= value) ?? value;
}

/** The largest of them that is not above it. */
export function roundBelow(value: number): number {
  return candidatesAround(value).findLast((candidate) => candidate <= value) ?? value;
}

function candidatesAround(value: number): number[] {
  const power = Math.floor(Math.log10(value));
  // 10 ** -3 is not quite 0.001.
  return [power - 1, power, power + 1].flatMap((each) => [1, 2, 5].map((digit) => Number(`${digit}e${each}`)));
}

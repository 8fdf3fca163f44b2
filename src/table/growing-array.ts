/** Numbers of one kind, packed, whose number is not known beforehand. */
export class GrowingArray<Values extends Float64Array | Float32Array | Uint16Array> {
  readonly #make: (length: number) => Values;
  #values: Values;
  #length = 0;

  /** @param make makes an array of this kind, filled with 0 */
  constructor(make: (length: number) => Values) {
    this.#make = make;
    this.#values = make(1024);
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  /** Twice as long: each number is copied once more on average, however many come. */
  #grow(): void {
    const longer = this.#make(this.#values.length * 2);
    longer.set(this.#values);
    this.#values = longer;
  }

  /** The numbers pushed so far. */
  get values(): Values {
    return this.#values.subarray(0, this.#length) as Values;
  }
}

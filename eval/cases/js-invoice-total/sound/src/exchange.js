/** Asks `fetchRate` for each pair of currencies once. */
export class Exchange {
  #fetchRate;
  #rates = new Map();

  constructor(fetchRate) {
    this.#fetchRate = fetchRate;
  }

  async rate(from, to) {
    if (from === to) return 1;
    const pair = `${from}/${to}`;
    if (!this.#rates.has(pair)) this.#rates.set(pair, this.#fetchRate(from, to));
    return this.#rates.get(pair);
  }
}

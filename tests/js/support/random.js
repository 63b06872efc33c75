/** Random inputs that are the same in every run: a generator with a seed (mulberry32). */
export class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** The next number in [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  }

  /**
   * A whole number from `low` to `high`, both possible.
   * @param {number} low
   * @param {number} high
   */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /**
   * @template Item
   * @param {readonly Item[]} items
   * @returns {Item}
   */
  pick(items) {
    return items[this.whole(0, items.length - 1)];
  }

  /**
   * Some of the items in their order, perhaps none.
   * @template Item
   * @param {readonly Item[]} items
   */
  some(items, probability = 0.5) {
    return items.filter(() => this.chance(probability));
  }

  /**
   * @template Item
   * @param {number} length
   * @param {() => Item} make
   */
  list(length, make) {
    return Array.from({ length }, make);
  }
}

/**
 * Call `check` with so many generators; a failure names the seed of the one that led to it.
 * @param {number} times
 * @param {(random: Random) => void} check
 */
export function forSeeds(times, check) {
  for (let seed = 1; seed <= times; seed++) {
    try {
      check(new Random(seed));
    } catch (error) {
      throw new Error(`with seed ${seed}: ${error}`, { cause: error });
    }
  }
}

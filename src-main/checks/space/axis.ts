import { intervalSet, type IntervalSet } from './interval-set.ts';

/** An inclusive range of values. */
export type ValueRange = readonly [from: bigint, to: bigint];

/**
 * One dimension of a space of packets, cut where any rule begins or ends. Sets are made of the numbers of the pieces
 * between the cuts, so that 128-bit addresses are handled as small whole numbers, without loss.
 */
export class Axis {
  readonly #cuts: readonly bigint[];
  readonly #pieceOf: ReadonlyMap<bigint, number>;

  /** `all` is the whole dimension; `ranges` are all that sets will be asked for, each inside it. */
  constructor(all: ValueRange, ranges: Iterable<ValueRange>) {
    const cuts = new Set<bigint>([all[0], all[1] + 1n]);
    for (const [from, to] of ranges) {
      cuts.add(from);
      cuts.add(to + 1n);
    }
    this.#cuts = [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    this.#pieceOf = new Map(this.#cuts.map((cut, piece) => [cut, piece]));
  }

  get whole(): IntervalSet {
    return [0, this.#cuts.length - 2];
  }

  set(ranges: readonly ValueRange[]): IntervalSet {
    return intervalSet(
      ranges.map(([from, to]) => [this.#piece(from), this.#piece(to + 1n) - 1] as const),
    );
  }

  /** How many values a set holds. */
  size(set: IntervalSet): bigint {
    let size = 0n;
    for (let at = 0; at < set.length; at += 2) {
      size += this.#cut((set[at + 1] as number) + 1) - this.#cut(set[at] as number);
    }
    return size;
  }

  #piece(cut: bigint): number {
    const piece = this.#pieceOf.get(cut);
    if (piece === undefined) throw new RangeError(`${cut} is not a cut of this axis`);
    return piece;
  }

  #cut(piece: number): bigint {
    return this.#cuts[piece] as bigint;
  }
}

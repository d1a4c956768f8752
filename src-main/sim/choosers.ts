import { hashText } from './compile/hash.ts';
import type { Chooser, WalkState } from './walk-state.ts';

/** Picks by the hash of the 5-tuple, as routers do: the same connection always goes the same way (RFC 2992). */
export const hashChooser: Chooser = (state, count, at, shares, affinity) => {
  const seed = hashText(at, hashText(state.device.id));
  const hash = affinity ? hashText(affinity.text, seed) : state.packet.hash(seed);
  if (!shares) return hash % count;
  let left = hash % sum(shares);
  for (let pick = 0; pick < count; pick += 1) {
    left -= shares[pick] ?? 0;
    if (left < 0) return pick;
  }
  return count - 1;
};

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

/** Share of the connections, 0–1, that one pick stands for. */
const shareOf = (pick: number, count: number, shares: readonly number[] | undefined) =>
  shares ? (shares[pick] ?? 0) / sum(shares) : 1 / count;

/** Follows one way after another through all choices, each combination once. */
export class EveryPath {
  private readonly made = new Map<string, number>();
  private counts: number[] = [];
  private picks: number[] = [];
  private next = 0;
  /** Share of connections that the current way stands for. */
  probability = 1;

  readonly choose: Chooser = (state, count, at, shares) => {
    const key = `${state.device.index} ${at} ${tupleKey(state)}`;
    const before = this.made.get(key);
    if (before !== undefined) return before;
    const index = this.next;
    this.next += 1;
    const pick = this.picks[index] ?? 0;
    this.picks[index] = pick;
    this.counts[index] = count;
    this.probability *= shareOf(pick, count, shares);
    this.made.set(key, pick);
    return pick;
  };

  /** Makes ready for the next way; false when all have been followed. */
  advance(): boolean {
    for (let index = this.next - 1; index >= 0; index -= 1) {
      const pick = (this.picks[index] ?? 0) + 1;
      if (pick < (this.counts[index] ?? 0)) {
        this.picks = [...this.picks.slice(0, index), pick];
        this.counts = this.counts.slice(0, index + 1);
        this.restart();
        return true;
      }
    }
    return false;
  }

  private restart(): void {
    this.made.clear();
    this.next = 0;
    this.probability = 1;
  }
}

function tupleKey(state: WalkState): string {
  const { top, sourcePort, destinationPort } = state.packet;
  return `${top.src.text} ${sourcePort} ${top.dst.text} ${destinationPort} ${top.protocol}`;
}

/** The hash chooser, keeping count of how likely the way is that it took. */
export class LikelyPath {
  probability = 1;
  hadChoice = false;
  private readonly seen = new Set<string>();

  readonly choose: Chooser = (state, count, at, shares, affinity) => {
    const key = `${state.device.index} ${at} ${tupleKey(state)}`;
    const pick = hashChooser(state, count, at, shares, affinity);
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.hadChoice = true;
      this.probability *= shareOf(pick, count, shares);
    }
    return pick;
  };
}

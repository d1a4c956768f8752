import { conditionOf, seenBy, type Machine } from './conditions.ts';
import type { SavedRule, SavedTables, Target } from './rules.ts';
import { within, without, type Box, type Space } from './space.ts';

/** What becomes of some packets, in the order that the rules are asked in. */
export interface Decision {
  /** Null: the policy of the chain. */
  readonly rule: SavedRule | null;
  readonly target: Target;
  /** Packets that get here and match. */
  readonly packets: Space;
}

export interface Flattened {
  readonly decisions: readonly Decision[];
  /** Rules that hold what is not known: left out, with the packets that it may be about. */
  readonly unknown: readonly { readonly rule: SavedRule; readonly what: string }[];
  /** The user's own chains that are another program's, by the rule that leads to them. */
  readonly foreign: readonly SavedRule[];
}

/** Chains deeper than this lead round in a circle, which iptables itself refuses. */
const deepest = 32;
/** Pieces of a set of packets: more is beyond what can be told in rules. */
const mostPieces = 2000;

/** Targets that let a packet go on to the next rule. */
const passing = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'MARK',
  'CONNMARK',
  'SET',
  'TRACE',
  'TCPMSS',
  'CT',
  'NOTRACK',
  'CHECKSUM',
  'DSCP',
  'TTL',
  'CLASSIFY',
]);

/** kube-proxy's and Calico's chains, which the services, policies and pools of a design stand for. */
export const isForeign = (chain: string): boolean => /^(KUBE-|cali-|FELIX-)/.test(chain);

/** Takes a built-in chain apart: jumps, gotos and returns become the sets of packets that rules see. */
export function flatten(
  tables: SavedTables,
  table: string,
  chain: string,
  machine: Machine,
): Flattened {
  const decisions: Decision[] = [];
  const unknown: { rule: SavedRule; what: string }[] = [];
  const foreign: SavedRule[] = [];
  const own = new Set(tables.chains.filter((one) => one.table === table).map(({ name }) => name));

  /** Packets that a translation's chains have let go as they are. */
  const spared: Box[] = [];
  const all = seenBy(chain, machine);
  walk(chain, [all], 0);
  const policy = tables.chains.find((one) => one.table === table && one.name === chain)?.policy;
  const target = { name: policy ?? 'ACCEPT', isGoto: false, options: new Map<string, string[]>() };
  decisions.push({ rule: null, target, packets: [all] });
  return { decisions, unknown, foreign };

  /**
   * Asks the rules of a chain about packets. The decisions stand in the order of the rules, so that each needs to hold only
   * what was not taken past it: by a return, or by a goto.
   */
  function walk(name: string, packets: Space, depth: number): void {
    let active = packets;
    for (const rule of tables.rules) {
      if (rule.table !== table || rule.chain !== name || active.length === 0) continue;
      const { target: jump } = rule;
      if (!jump || passing.has(jump.name)) continue;
      if (isForeign(jump.name)) {
        foreign.push(rule);
        continue;
      }
      const condition = conditionOf(rule, machine);
      if (condition.kind === 'never') continue;
      if (condition.kind === 'unknown') {
        unknown.push({ rule, what: condition.what });
        continue;
      }
      const matched = spared.reduce<Space>(without, within(active, condition.box));
      if (matched.length === 0) continue;
      if (active.length > mostPieces || depth > deepest) {
        unknown.push({ rule, what: 'so many packets returning from chains' });
        continue;
      }
      if (own.has(jump.name)) walk(jump.name, matched, depth + 1);
      else if (jump.name !== 'RETURN') {
        decisions.push({ rule, target: jump, packets: matched });
        // A design has no translation that leaves packets as they are.
        if (table === 'nat' && jump.name === 'ACCEPT') spared.push(...matched);
      }
      if (jump.name === 'RETURN' || jump.isGoto) active = without(active, condition.box);
    }
  }
}

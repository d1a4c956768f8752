import type {
  CompiledFirewall,
  CompiledRule,
  FilterAction,
  FilterChain,
} from '../compile/network.ts';
import { mayMatch } from '../compile/rule-bounds.ts';
import { matchesAddress, matchesServices } from '../compile/matches.ts';
import type { Disposition } from '../vocabulary/disposition.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';

const dispositionOf: Record<Exclude<FilterAction, 'accept'>, Disposition> = {
  deny: 'denied',
  reject: 'rejected',
};

/**
 * First match wins; what no rule matches is the default's, or is sent where the device itself made it. A session's packets
 * pass without a look at the rules. `chain`: null where one list is for all packets (`nsx-v`).
 */
export function firewall(
  state: WalkState,
  inInterface: number,
  outInterface: number,
  chain: FilterChain | null,
): Outcome {
  const { device, packet, recorder } = state;
  const filter = device.firewall;
  if (!filter || (chain === 'output' && !filter.filtersOutput)) return null;
  if (state.session && isEstablished(state)) {
    recorder?.step('firewall/established', state.tuple(), packet);
    return null;
  }
  if (state.isReply && packet.depth === 0) {
    state.warn('asymmetric', device.id, { device: device.id });
  }
  const rule = firstMatch(filter, state, inInterface, outInterface, chain);
  if (!rule && chain === 'output') return null;
  const action = rule ? rule.action : filter.defaultAction;
  if (!recorder && action === 'accept') return null;
  const named = rule ? { rule: { number: rule.number, id: rule.id, name: rule.name } } : {};
  const detail = { ...state.tuple(), ...named };
  if (action === 'accept') {
    recorder?.step('firewall/accept', detail, packet);
    return null;
  }
  const key = action === 'deny' ? 'firewall/deny' : 'firewall/reject';
  recorder?.step(key, detail, packet);
  return state.drop(
    dispositionOf[action],
    because('filtered', { device: device.id, action, ...detail }),
  );
}

/** A request that comes by once more before it is answered is judged again (conntrack: still new). */
const isEstablished = ({ direction, isReply, keepsSessions }: WalkState): boolean =>
  direction === 'reply' || isReply || !keepsSessions;

function firstMatch(
  filter: CompiledFirewall,
  state: WalkState,
  inInterface: number,
  outInterface: number,
  chain: FilterChain | null,
): CompiledRule | undefined {
  const { top, destinationPort } = state.packet;
  const { rules, bounds } = filter;
  for (let index = 0; index < rules.length; index += 1) {
    if (!mayMatch(bounds, index, top.src, top.dst, destinationPort)) continue;
    const rule = rules[index] as CompiledRule;
    if (rule.chain === null ? chain === 'output' : rule.chain !== chain) continue;
    if (rule.inInterface >= 0 && rule.inInterface !== inInterface) continue;
    if (rule.outInterface >= 0 && rule.outInterface !== outInterface) continue;
    if (!matchesServices(rule.services, top.protocol, destinationPort)) continue;
    if (!matchesAddress(rule.sources, top.src)) continue;
    if (matchesAddress(rule.destinations, top.dst)) return rule;
  }
  return undefined;
}

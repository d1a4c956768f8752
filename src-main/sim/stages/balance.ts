import { sameIp } from '../../model/ip.ts';
import type { CompiledBalancer } from '../compile/network.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { endpointText, rewriteDestination } from './nat.ts';

/** A virtual server that rewrites packets (layer 4). Those of layer 7 end the connection: see the next leg. */
export function balance(state: WalkState): Outcome | 'none' {
  const { device, packet, recorder } = state;
  if (device.balancers.length === 0) return 'none';
  const { top, destinationPort } = packet;
  const balancer = device.balancers.find(
    (candidate) =>
      candidate.layer === 4 &&
      candidate.protocol === top.protocol &&
      candidate.port === destinationPort &&
      sameIp(candidate.address, top.dst),
  );
  if (!balancer) return 'none';
  const member = chooseMember(state, balancer);
  if (!member) {
    recorder?.step('load-balance/no-member', { balancer: balancer.id }, packet);
    return state.drop('no-endpoints', reasons.noMember(balancer.id));
  }
  rewriteDestination(packet, member.address, member.port);
  if (balancer.mode === 'proxy') state.masquerade = 'load-balancer';
  recorder?.step(
    'load-balance/choose',
    {
      balancer: balancer.id,
      member: member.id,
      to: endpointText(member.address, member.port),
      choices: balancer.members.length,
      mode: balancer.mode,
    },
    packet,
  );
  return null;
}

/** One of the members that speak the packet's family, in proportion to their weights. */
export function chooseMember(
  state: WalkState,
  balancer: CompiledBalancer,
): CompiledBalancer['members'][number] | undefined {
  const { family } = state.packet.top.dst;
  const turns = balancer.members
    .filter((member) => balancer.layer === 7 || member.address.family === family)
    .flatMap((member) => Array.from({ length: member.weight }, () => member));
  if (turns.length <= 1) return turns[0];
  return turns[state.choose(state, turns.length, `balancer ${balancer.id}`)];
}

import { sameIp } from '../../model/ip.ts';
import type { CompiledBalancer } from '../compile/network.ts';
import { because } from '../vocabulary/reason.ts';
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
  const members = usableMembers(state, balancer);
  const member = chooseMember(state, balancer, members);
  if (!member) {
    recorder?.step('load-balance/no-member', { balancer: balancer.id }, packet);
    return state.drop('no-endpoints', because('no-member', { balancer: balancer.id }));
  }
  rewriteDestination(packet, member.address, member.port);
  if (balancer.mode === 'proxy') state.masquerade = 'load-balancer';
  recorder?.step(
    'load-balance/choose',
    {
      balancer: balancer.id,
      member: member.id,
      to: endpointText(member.address, member.port),
      choices: members.length,
      mode: balancer.mode,
    },
    packet,
  );
  return null;
}

export type Member = CompiledBalancer['members'][number];

/** One of the members that a connection may go to, in proportion to their weights. */
export function chooseMember(
  state: WalkState,
  balancer: CompiledBalancer,
  members: readonly Member[],
): Member | undefined {
  if (members.length <= 1) return members[0];
  const weights = members.map((member) => member.weight);
  return members[state.choose(state, members.length, `balancer ${balancer.id}`, weights)];
}

/** What rewrites packets or keeps their source cannot change their family. */
export function usableMembers(state: WalkState, balancer: CompiledBalancer): readonly Member[] {
  if (balancer.layer === 7 && balancer.mode === 'proxy') return balancer.members;
  const { family } = state.packet.top.dst;
  return balancer.members.filter((member) => member.address.family === family);
}

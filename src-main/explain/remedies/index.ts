import type { Candidate } from '../change.ts';
import { seenOf } from '../blocked.ts';
import type { Context } from './context.ts';
import { openFirewall } from './filters.ts';
import { askElsewhere, nameKnown, renamed } from './names.ts';
import { admit } from './policies.ts';
import { permit, proxySettings } from './proxies.ts';
import {
  addIngressRule,
  addMember,
  admitSource,
  everyNode,
  giveEndpoints,
  listen,
} from './receivers.ts';
import { routeBefore, routeFrom, withoutDiscard } from './routes.ts';
import { makeRoom } from './sizes.ts';
import {
  addVtep,
  connectInterface,
  forwardingOn,
  giveAddress,
  joinZone,
  moveOwner,
  raiseDevice,
  raiseInterface,
  raiseOwner,
  stretchUp,
  wakeInterfaces,
} from './state.ts';
import { hideSource, redirect } from './translations.ts';
import { otherEnd, sleepingTunnels } from './tunnels.ts';
import { nodeOf } from '../change.ts';

/** What may open the blocker, the smallest first. Nothing of it is proven. */
export function remediesFor(asked: Omit<Context, 'seen'>): readonly Candidate[] {
  const context: Context = { ...asked, seen: seenOf(asked.blocked.packet) };
  const { purpose, dns, hops } = context.blocked;
  const asker = hops[0]?.node;
  // A question that is lost may be put to another server; one of the flow's own connections may go by another name.
  const around =
    purpose === 'dns-query' || purpose === 'dns-answer'
      ? dns && asker !== undefined && !context.blocked.isReply
        ? askElsewhere(context, asker, dns.name)
        : []
      : [];
  return [...direct(context), ...proxySettings(context), ...wakeInterfaces(context), ...around];
}

function direct(context: Context): readonly Candidate[] {
  const { blocked, seen } = context;
  const { because, node } = blocked;
  const destination = seen?.destination ?? '';
  switch (because.code) {
    case 'filtered':
      return openFirewall(context, because.detail);
    case 'denied-by-policy':
      return admit(context, because.detail);
    case 'device-down':
      return [...raiseDevice(context, because.detail.device), ...routeBefore(context, destination)];
    case 'interface-down':
      return [
        ...raiseInterface(context, because.detail.device, because.detail.interface),
        ...routeFrom(context, because.detail.device, destination),
      ];
    case 'withdrawn':
      return [
        ...raiseInterface(context, because.detail.device, because.detail.interface),
        ...routeFrom(context, because.detail.device, destination),
      ];
    case 'segment-down':
      return (context.design.links ?? [])
        .filter(({ id }) => id === because.detail.segment)
        .flatMap(({ a }) => raiseInterface(context, a.node, a.interface));
    case 'not-connected':
      return connectInterface(context, because.detail);
    case 'neighbor-down':
      return [...raiseOwner(context, because.detail.owner), ...routeBefore(context, destination)];
    case 'no-neighbor':
      return [
        ...moveOwner(context, because.detail),
        ...routeFrom(context, node, destination),
        ...giveAddress(context, because.detail),
        ...hideSource(context),
        ...routeBefore(context, destination),
        ...redirect(context),
        ...renamed(context),
      ];
    case 'no-route':
      return [
        ...routeFrom(context, node, destination),
        ...behind(context, destination),
        ...redirect(context),
        ...renamed(context),
      ];
    case 'no-source':
      return routeFrom(context, because.detail.device, because.detail.destination);
    case 'discards':
      return withoutDiscard(context, node, destination);
    case 'does-not-forward':
      return [...routeBefore(context, destination), forwardingOn(because.detail.device)];
    case 'loop':
    case 'ttl':
    case 'own-source':
    case 'wrong-peer':
      return behind(context, destination);
    case 'private-on-internet':
      return [...hideSource(context), ...routeFrom(context, node, destination)];
    case 'no-listener':
      return listen(context, because.detail);
    case 'no-member':
      return addMember(context, because.detail);
    case 'service-without-endpoints':
    case 'ingress-without-endpoints':
      return giveEndpoints(context, because.detail.service);
    case 'service-without-local-endpoints':
      return everyNode(context, because.detail.service, because.detail.policy);
    case 'outside-source-ranges':
      return admitSource(context, because.detail);
    case 'no-ingress-rule':
      return [...addIngressRule(context, because.detail), ...renamed(context)];
    case 'no-resolver':
      return askElsewhere(context, because.detail.device, askedFor(context));
    case 'no-resolver-answered':
    case 'no-address-for-family':
      return askElsewhere(context, node, because.detail.name);
    case 'nobody-to-ask':
    case 'resolver-outside':
    case 'no-name-server':
      return askElsewhere(context, node, askedFor(context));
    case 'no-such-name':
      return [
        ...nameKnown(context, because.detail),
        ...askElsewhere(context, context.blocked.node, because.detail.name),
      ];
    case 'proxy-refused':
      return permit(because.detail);
    case 'mtu':
      return makeRoom(context, { ...because.detail, node });
    case 'mtu-black-hole': {
      const { segment: place, device, interface: item, lengthBytes, mtuBytes } = because.detail;
      return makeRoom(context, { place, node: device, interface: item, lengthBytes, mtuBytes });
    }
    case 'outside-zone':
      return [joinZone(because.detail.hypervisor, because.detail.zone)];
    case 'no-vtep':
      return addVtep(context, because.detail.hypervisor);
    case 'no-instance': {
      const router = nodeOf(context.design, because.detail.router);
      const zone = router?.kind === 'distributed-router' ? router.transportZone : '';
      const hypervisor = blocked.hops.findLast(({ nodeKind }) => nodeKind === 'hypervisor')?.node;
      return hypervisor === undefined ? [] : [joinZone(hypervisor, zone)];
    }
    case 'stretch-down':
    case 'stretch-incomplete':
      return stretchUp(context, because.detail.stretch);
    case 'ipsec-without-peer':
      return [...otherEnd(context, because.detail), ...sleepingTunnels(context, node)];
    case 'no-proxy':
    case 'not-on-hypervisor':
    case 'no-common-family':
    case 'tunnel-leaves':
    case 'unknown-vni':
    case 'unknown-spi':
    case 'not-a-tunnel-end':
    case 'martian':
    case 'not-unicast':
    case 'other-tag':
    case 'too-many-tunnels':
    case 'connections-in-circle':
    case 'no-target-address':
    case 'resolution-too-deep':
    case 'too-many-questions':
      return behind(context, destination);
    default:
      return because satisfies never;
  }
}

/** Whoever sent it here may have sent it wrong, or with a source that nobody can answer to. */
const behind = (context: Context, destination: string): readonly Candidate[] => [
  ...context.blocked.hops.flatMap(({ node }) => sleepingTunnels(context, node)).slice(0, 4),
  ...(context.blocked.isReply ? hideSource(context) : []),
  ...routeBefore(context, destination),
];

function askedFor({ flow, blocked }: Context): string {
  if (blocked.dns) return blocked.dns.name;
  if (flow.to.kind === 'name') return flow.to.name;
  return flow.to.kind === 'url' ? new URL(flow.to.url).hostname : '';
}

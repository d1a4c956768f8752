import { filterText } from './filter-text.ts';
import type { ReasonFacts } from './reason.ts';
import { denialText } from './policy-text.ts';
import { refusals } from './refusals.ts';
import { say, type SayingTable } from './saying.ts';

/** In English: why a walk ended. Sentences begin with whom they are about, in small letters. */
export const reasons: SayingTable<ReasonFacts> = {
  'device-down': ({ device }) => `${device} is down`,
  'interface-down': ({ device, interface: item }) => `interface ${item} of ${device} is down`,
  'not-connected': ({ device, interface: item }) =>
    `interface ${item} of ${device} is not connected`,
  'segment-down': ({ segment }) => `${segment} is down`,
  'no-route': ({ device, destination }) => `${device} has no route to ${destination}`,
  withdrawn: ({ device, prefix, interface: item }) =>
    `${device} has withdrawn its route ${prefix}: interface ${item} is down`,
  discards: ({ device, prefix }) => `${device}'s route ${prefix} discards`,
  'does-not-forward': ({ device, destination }) =>
    `${device} is not a router, and ${destination} is not its address`,
  'no-neighbor': ({ address, segment }) => `nobody on ${segment} owns ${address}`,
  'neighbor-down': ({ address, owner }) => `${owner}, which owns ${address}, is down`,
  'no-listener': ({ device, service }) => `nothing on ${device} listens on ${service}`,
  'wrong-peer': ({ device, expected, found }) =>
    `${device} spoke to ${expected}; an answer from ${found} belongs to no connection of its own`,
  loop: ({ device }) => `the packet was at ${device} before, unchanged`,
  ttl: ({ device }) => `the TTL ran out at ${device}`,
  'too-many-tunnels': ({ limit }) => `more than ${limit} tunnels inside each other`,
  mtu: ({ lengthBytes, mtuBytes, place }) =>
    `${lengthBytes} bytes do not fit the MTU of ${mtuBytes} bytes on ${place}`,
  'no-member': ({ balancer }) => `load balancer ${balancer} has no member`,
  'service-without-endpoints': ({ service }) => `service ${service} has no endpoint that is ready`,
  'service-without-local-endpoints': ({ service, node, policy }) =>
    `service ${service} has no endpoint on ${node}, and its ${policy}TrafficPolicy is Local`,
  'outside-source-ranges': ({ service, source }) =>
    `${source} is in none of the loadBalancerSourceRanges of service ${service}`,
  'ingress-without-endpoints': ({ service }) =>
    `service ${service} behind the ingress has no endpoint that is ready`,
  'connections-in-circle': ({ limit }) =>
    `more than ${limit} connections in a row: they go round in a circle`,
  'no-ingress-rule': ({ host, path }) =>
    `no ingress rule is for ${host}${path}: the controller itself answers 404`,
  'not-on-hypervisor': ({ machine, vni }) =>
    `${machine} runs on no hypervisor of the design, so nobody carries VNI ${vni} to it`,
  'outside-zone': ({ hypervisor, zone, vni }) =>
    `${hypervisor} is not in transport zone ${zone}, so it cannot carry VNI ${vni}`,
  'no-vtep': ({ hypervisor }) => `${hypervisor} has no VTEP that is up`,
  'no-common-family': ({ from, to }) =>
    `the VTEPs of ${from} and ${to} have no address family in common`,
  'stretch-down': ({ stretch }) => `stretch ${stretch} is down`,
  'stretch-incomplete': ({ stretch }) =>
    `stretch ${stretch} has no address at the end of its tunnel`,
  'tunnel-leaves': ({ destination }) => `the tunnel's far end ${destination} is not in the design`,
  'unknown-vni': ({ hypervisor, vni }) => `${hypervisor} knows no segment with VNI ${vni}`,
  'ipsec-without-peer': ({ tunnel, peer }) =>
    `IPsec tunnel ${tunnel}: nobody at ${peer} has the same tunnel the other way round for these addresses`,
  'unknown-spi': ({ device }) => `${device} has no IPsec tunnel that the packet belongs to`,
  'not-a-tunnel-end': ({ device }) => `${device} does not end this tunnel`,
  martian: ({ address }) =>
    `${address} is a loopback address: no packet for it crosses a network (RFC 1122 §3.2.1.3)`,
  'own-source': ({ device, source }) =>
    `${device} takes no packet from a network that comes from ${source}, an address of its own`,
  'not-unicast': ({ address }) =>
    `${address} is no unicast address: multicast and broadcast are not simulated`,
  'other-tag': ({ owner, address, tag, own }) =>
    `${owner} owns ${address}, but its frames carry ${tag > 0 ? `802.1Q tag ${tag}` : 'no 802.1Q tag'} and the sender's ${own > 0 ? `tag ${own}` : 'none'}`,
  'no-proxy': ({ server, port }) => `${server} listens on port ${port}, but is no HTTP proxy`,
  'no-instance': ({ router }) =>
    `${router} has no instance where the frame is: no hypervisor of its transport zone sent it`,
  'private-on-internet': ({ address }) =>
    `${address} is a private address: the internet has no route to it`,
  'no-source': ({ device, destination }) =>
    `${device} has no address of the family of ${destination}`,
  'no-resolver': ({ device }) => `${device} has no resolver`,
  'no-such-name': ({ name }) => `there is no such name as ${name}`,
  'no-address-for-family': ({ name }) => `${name} has no address that the client can use`,
  'nobody-to-ask': ({ server }) => `${server} itself gets no answer from whom it asks`,
  'resolver-outside': ({ server }) =>
    `${server} is on the internet and not in the design: what it answers is not known`,
  'no-resolver-answered': ({ name }) => `no resolver answered for ${name}`,
  'resolution-too-deep': ({ name }) => `the servers send the question for ${name} in a circle`,
  'too-many-questions': ({ name, limit }) =>
    `more than ${limit} questions to name servers for ${name}: they ask each other without end`,
  'no-target-address': ({ target }) => `${target} has no address`,
  filtered: ({ device, ...filter }) => `${device}: ${filterText(filter)}`,
  'denied-by-policy': (denial) => denialText(denial),
  'proxy-refused': ({ proxy, refusal }) => `${proxy}: ${say(refusals, refusal)}`,
  'no-name-server': ({ server }) => `${server} is no name server`,
};

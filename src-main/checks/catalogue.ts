import {
  askerText,
  carrierText,
  gatewayKinds,
  holderText,
  innerText,
  listed,
  networkText,
  noWayText,
  openerText,
  ownerText,
  rangeUseText,
  ruleText,
  thing,
  userText,
  unmatchedText,
} from './catalogue-words.ts';
import type {
  AddressFacts,
  AddressHolder,
  Asker,
  Carrier,
  ClusterRange,
  GatewayKind,
  Holder,
  InnerVxlan,
  NetworkRef,
  NoWay,
  Opener,
  Owner,
  RangeUse,
  RuleFacts,
  SourceNat,
  TunnelDifference,
  Unmatched,
} from './facts.ts';
import type { Names } from './names.ts';

/** `error`: something does not work. `warning`: it works, but not as one would want. */
export type Severity = 'error' | 'warning';

interface Entry<Facts> {
  readonly severity: Severity;
  /** What is wrong, with its names and values. */
  readonly sentence: (facts: Facts, name: Names) => string;
  /** Why it matters, the same for every finding of this code. */
  readonly why: string;
}

const error = <Facts>(sentence: Entry<Facts>['sentence'], why: string): Entry<Facts> => ({
  severity: 'error',
  sentence,
  why,
});
const warning = <Facts>(sentence: Entry<Facts>['sentence'], why: string): Entry<Facts> => ({
  severity: 'warning',
  sentence,
  why,
});

const owners = (facts: { readonly owners: readonly Owner[] }, name: Names): string =>
  listed(facts.owners.map((owner) => ownerText(owner, name)));

/**
 * Every fault that the checks know, in the order in which findings of one place are told. The one home of their
 * severities and sentences.
 */
export const catalogue = {
  'duplicate-address': error(
    (facts: { address: string; owners: readonly Owner[]; network?: NetworkRef }, name) =>
      `${facts.address} is on ${owners(facts, name)}, all on ${facts.network === undefined ? 'networks that are routed to each other' : networkText(facts.network, name)}; an address belongs to one owner`,
    'Whoever answers ARP or neighbour discovery first gets the packets, and that changes from one moment to the next.',
  ),
  'duplicate-mac': error(
    (facts: { mac: string; owners: readonly Owner[]; network: NetworkRef }, name) =>
      `${facts.mac} is the MAC address of ${owners(facts, name)}, all on ${networkText(facts.network, name)}`,
    'Switches learn one port for a MAC address, so frames go to one of the owners only.',
  ),
  'address-outside-subnet': error(
    (facts: AddressFacts & { segment: string; subnets: readonly string[] }, name) =>
      `${facts.address} of ${name('node', facts.node)} ${facts.interface} lies in no subnet of ${thing('segment', facts.segment, name)} (${listed(facts.subnets)})`,
    'The neighbours take the address for a remote one and send what is for it to their gateway.',
  ),
  'prefix-length-mismatch': warning(
    (facts: AddressFacts & { segment: string; subnet: string }, name) =>
      `${facts.address} of ${name('node', facts.node)} ${facts.interface} has another prefix length than its subnet ${facts.subnet} on ${thing('segment', facts.segment, name)}`,
    'The node and its neighbours disagree about who is on the segment: one side asks by ARP, the other sends to its gateway.',
  ),
  'address-is-network': error(
    (facts: { address: string; subnet: string; holder: AddressHolder }, name) =>
      `${facts.address}, ${holderText(facts.holder, name)}, is the network address of ${facts.subnet} and belongs to no host`,
    'The address stands for the subnet itself: many systems refuse to use it, and some take packets to it for broadcasts.',
  ),
  'address-is-broadcast': error(
    (facts: { address: string; subnet: string; holder: AddressHolder }, name) =>
      `${facts.address}, ${holderText(facts.holder, name)}, is the broadcast address of ${facts.subnet} and belongs to no host`,
    'What is sent to it goes to every host of the subnet, so nobody can speak to this one alone.',
  ),
  'address-is-router-anycast': warning(
    (facts: { address: string; subnet: string; holder: AddressHolder }, name) =>
      `${facts.address}, ${holderText(facts.holder, name)}, is the anycast address of the routers of ${facts.subnet}`,
    'Every router of the subnet answers for its first address (RFC 4291 §2.6.1), so packets for this host may go to a router.',
  ),
  'overlapping-subnets': error(
    (
      facts: { subnet: string; network: NetworkRef; other: string; otherNetwork: NetworkRef },
      name,
    ) =>
      `${facts.subnet} of ${networkText(facts.network, name)} overlaps ${facts.other} of ${networkText(facts.otherNetwork, name)}, which is another network`,
    'A router can lead an address to one of the two networks only; hosts of the other cannot be reached.',
  ),
  'gateway-outside-subnet': error(
    (facts: { gateway: string; subnet: string; segment: string }, name) =>
      `Gateway ${facts.gateway} is not in its subnet ${facts.subnet} of ${thing('segment', facts.segment, name)}`,
    'Hosts reach their gateway over their own subnet, so they cannot reach this one.',
  ),
  'gateway-unowned': error(
    (facts: { gateway: string; subnet: string; network: NetworkRef }, name) =>
      `Nobody on ${networkText(facts.network, name)} owns ${facts.gateway}, the gateway of ${facts.subnet}`,
    'Nobody answers for the gateway, so no host of the subnet gets a packet out of it.',
  ),
  'gateway-one-sided': warning(
    (facts: { node: string; kind: GatewayKind; networks: readonly NetworkRef[] }, name) =>
      facts.networks.length === 0
        ? `${gatewayKinds[facts.kind]} ${name('node', facts.node)} is connected to no network`
        : `${gatewayKinds[facts.kind]} ${name('node', facts.node)} is connected to ${listed(facts.networks.map((network) => networkText(network, name)))} only, so it has nothing to route to`,
    'A gateway that has one side leads nowhere; a link or an interface is probably missing.',
  ),
  'next-hop-own-address': error(
    (facts: { node: string; destination: string; via: string }, name) =>
      `The next hop ${facts.via} of ${name('node', facts.node)}'s route to ${facts.destination} is its own address`,
    'The route leads back into the node, so packets go nowhere.',
  ),
  'next-hop-off-subnet': error(
    (facts: { node: string; destination: string; via: string; interface?: string }, name) =>
      facts.interface === undefined
        ? `The next hop ${facts.via} of ${name('node', facts.node)}'s route to ${facts.destination} is on no subnet that the node is connected to`
        : `The next hop ${facts.via} of ${name('node', facts.node)}'s route to ${facts.destination} is on no subnet of its interface ${facts.interface}, and nobody there owns it`,
    'A next hop is found by ARP on a connected network; a route whose next hop is elsewhere is not used.',
  ),
  'next-hop-unowned': error(
    (
      facts: {
        node: string;
        destination: string;
        via: string;
        /** Absent: the interface is connected to nothing. */
        network?: NetworkRef;
        interface: string;
      },
      name,
    ) =>
      `Nobody on ${facts.network === undefined ? `interface ${facts.interface}, which is not connected,` : networkText(facts.network, name)} owns ${facts.via}, the next hop of ${name('node', facts.node)}'s route to ${facts.destination}`,
    'Nobody answers for the next hop, so all that takes this route is lost.',
  ),
  'virtual-ip-outside-subnet': error(
    (facts: AddressFacts & { subnets: readonly string[] }, name) =>
      facts.subnets.length === 0
        ? `Virtual address ${facts.address} of ${name('node', facts.node)} is on ${facts.interface}, which has no subnet`
        : `Virtual address ${facts.address} of ${name('node', facts.node)} is in no subnet of ${facts.interface} (${listed(facts.subnets)})`,
    'Neighbours do not ask by ARP for an address outside their subnet, so nobody finds the virtual address.',
  ),
  'resolver-unreachable': error(
    (facts: { who: Asker; resolver: string; reason: NoWay }, name) =>
      `${askerText(facts.who, name)} asks ${facts.resolver} for names, but ${noWayText(facts.reason, name)}`,
    'Every look-up first waits for a server that cannot answer; without another one no name is resolved.',
  ),

  'snat-address-not-on-edge': error(
    (facts: RuleFacts & { address: string; interface?: string }, name) =>
      `NAT ${ruleText(facts)} of ${name('node', facts.node)} gives packets the source ${facts.address}, which is not on ${facts.interface === undefined ? 'the node' : `its interface ${facts.interface}`}`,
    'Nobody answers ARP for the address, so replies to it never come back.',
  ),
  'dnat-address-not-on-edge': error(
    (facts: RuleFacts & { address: string; interface?: string }, name) =>
      `NAT ${ruleText(facts)} of ${name('node', facts.node)} waits for packets to ${facts.address}, which is not on ${facts.interface === undefined ? 'the node' : `its interface ${facts.interface}`}`,
    'Nobody answers ARP for the address, so the packets never get to the rule.',
  ),
  'balancer-address-not-on-node': error(
    (facts: { node: string; balancer: string; address: string }, name) =>
      `Load balancer ${facts.balancer} waits on ${facts.address}, which is not on ${name('node', facts.node)}`,
    'Nobody answers ARP for the address, so the connections never get to the balancer.',
  ),
  'dnat-to-cluster-ip': error(
    (facts: RuleFacts & { address: string; cluster: string }, name) =>
      `NAT ${ruleText(facts)} of ${name('node', facts.node)} leads to ${facts.address}, a service address of ${thing('cluster', facts.cluster, name)}: a cluster IP lives inside the cluster only, and no route of ${name('node', facts.node)} leads to a node of it`,
    'No interface has a cluster IP, and kube-proxy on the cluster nodes alone knows what it stands for. Lead to a node, a virtual IP or a load-balancer address instead.',
  ),
  'dnat-to-cluster-ip-by-route': warning(
    (facts: RuleFacts & { address: string; cluster: string; member: string }, name) =>
      `NAT ${ruleText(facts)} of ${name('node', facts.node)} leads to ${facts.address}, a service address of ${thing('cluster', facts.cluster, name)}: a cluster IP lives inside the cluster only, and is reachable just by the route to ${name('node', facts.member)}`,
    'A static route by one node works until that node is down, and costs a second hop and the client address.',
  ),
  'any-to-any-from-internet': error(
    (facts: { node: string; rule: string; number: number; interface: string }, name) =>
      facts.number === 0
        ? `The firewall of ${name('node', facts.node)} accepts what no rule matches, from the internet too, by ${facts.interface}`
        : `Rule ${ruleText(facts)} of ${name('node', facts.node)} accepts everything from anywhere to anywhere, from the internet too, by ${facts.interface}`,
    'Everything behind the firewall that has a way from the internet is open to it.',
  ),
  'node-port-from-internet': warning(
    (
      facts: {
        where: Opener;
        cluster: string;
        address: string;
        ports: string;
        service?: string;
      },
      name,
    ) =>
      `${openerText(facts.where, name)} opens ${facts.address} ${facts.ports}${facts.service === undefined ? '' : ` (${thing('service', facts.service, name)})`} of ${thing('cluster', facts.cluster, name)} to the internet: a NodePort`,
    'A NodePort is for development: it bypasses the ingress with its TLS and host rules, and opens on every node. Publish by ingress or load balancer.',
  ),
  'rule-shadowed': warning(
    (facts: RuleFacts & { by: readonly string[]; conflicts: boolean }, name) =>
      `Rule ${ruleText(facts)} of ${name('node', facts.node)} never matches: ${facts.by.length === 1 ? 'rule' : 'rules'} ${listed(facts.by)} before it ${facts.by.length === 1 ? 'takes' : 'take'} everything that it names${facts.conflicts ? ', and not with the same action' : ''}`,
    'First match wins, so the rule has no effect; whoever relies on it is mistaken.',
  ),
  'nat-shadowed': warning(
    (facts: RuleFacts & { by: readonly string[] }, name) =>
      `NAT ${ruleText(facts)} of ${name('node', facts.node)} never matches: NAT ${listed(facts.by)} before it ${facts.by.length === 1 ? 'takes' : 'take'} everything that it names`,
    'First match wins, so the rule has no effect; whoever relies on it is mistaken.',
  ),
  'rule-never-used': warning(
    (facts: RuleFacts & { reason: Unmatched }, name) =>
      `Rule ${ruleText(facts)} of ${name('node', facts.node)} can match no packet: ${unmatchedText(facts.reason)}`,
    'A rule without effect hides what is really let through, and may be meant to say something else.',
  ),
  'rule-disabled': warning(
    (facts: RuleFacts, name) =>
      `Rule ${ruleText(facts)} of ${name('node', facts.node)} is switched off, and no note says why`,
    'A rule that is switched off has no effect. Remove it, or say in its notes when it is wanted.',
  ),
  'reply-by-other-edge': warning(
    (facts: { source: Holder; target: Holder; edge: string; other: string; rule?: string }, name) =>
      `Requests from ${name('node', facts.source.node)} (${facts.source.address}) to ${name('node', facts.target.node)} (${facts.target.address}) come in by ${name('node', facts.edge)}${facts.rule === undefined ? '' : ` (NAT ${facts.rule})`}, but the replies leave by ${name('node', facts.other)}`,
    'Only the edge that let the request in has a session for the reply: another one drops it, or sends it on with the wrong source address.',
  ),
  'nat-out-of-tunnel': error(
    (facts: { node: string; tunnel: string; by: SourceNat }, name) =>
      facts.by.kind === 'rule'
        ? `NAT ${facts.by.number} ${facts.by.rule} of ${name('node', facts.node)} gives packets for IPsec tunnel ${facts.tunnel} a source that the tunnel does not take`
        : `natOutgoing of address pool ${facts.by.pool} of ${thing('cluster', facts.by.cluster, name)} gives packets for IPsec tunnel ${facts.tunnel} of ${name('node', facts.node)} a node's address: ${listed(facts.by.destinations)} ${facts.by.destinations.length === 1 ? 'is' : 'are'} in no pool`,
    'Source NAT comes before encryption, so the packets leave unencrypted, past the tunnel. Leave them out of the rule; for Calico, add a disabled pool for the other side.',
  ),

  'ipsec-mismatch': error(
    (
      facts: { node: string; tunnel: string } & (
        { peer: string } | { otherNode: string; otherTunnel: string; differs: TunnelDifference }
      ),
      name,
    ) =>
      'peer' in facts
        ? `IPsec tunnel ${facts.tunnel} of ${name('node', facts.node)} has no other end: nobody at ${facts.peer} has it for a peer`
        : `IPsec tunnels ${facts.tunnel} of ${name('node', facts.node)} and ${facts.otherTunnel} of ${name('node', facts.otherNode)} do not mirror each other: ${facts.differs.kind === 'nat-traversal' ? 'one of them alone has NAT traversal' : `${listed(facts.differs.subnets)} ${facts.differs.subnets.length === 1 ? 'is' : 'are'} on one side only`}`,
    'Both ends have to be configured for each other, or no packet gets through the tunnel.',
  ),
  'ipsec-address-not-on-node': error(
    (facts: { node: string; tunnel: string; address: string }, name) =>
      `IPsec tunnel ${facts.tunnel} of ${name('node', facts.node)} starts at ${facts.address}, which the node does not have`,
    'What the other end sends to the address does not come to this node, so nothing gets through the tunnel.',
  ),
  'underlay-mtu-too-small': error(
    (
      facts: {
        underlay: Carrier;
        mtuBytes: number;
        neededBytes: number;
        segment: string;
        innerBytes: number;
        overheadBytes: number;
      },
      name,
    ) =>
      `${carrierText(facts.underlay, name)} carries IP packets of ${facts.mtuBytes} bytes, but ${thing('segment', facts.segment, name)} needs ${facts.neededBytes}: ${facts.innerBytes} + ${facts.overheadBytes} for its tunnel`,
    'Small packets get through and full-size ones vanish in the tunnel: connections open and then hang.',
  ),
  'pod-mtu-too-large': error(
    (
      facts: {
        cluster: string;
        podBytes: number;
        overheadBytes: number;
        node: string;
        linkBytes: number;
      },
      name,
    ) =>
      `Pods of ${thing('cluster', facts.cluster, name)} send ${facts.podBytes} bytes, with ${facts.overheadBytes} for Calico's tunnel ${facts.podBytes + facts.overheadBytes}; the link of ${name('node', facts.node)} carries ${facts.linkBytes}`,
    'Full-size packets between pods of different nodes do not fit the link: connections open and then hang.',
  ),
  'nested-vxlan-port': warning(
    (facts: { inner: InnerVxlan; outer: string; port: number }, name) =>
      `${innerText(facts.inner, name)} sends VXLAN on UDP ${facts.port} inside ${thing('segment', facts.outer, name)}, whose own VXLAN uses that port too`,
    'Network cards and hypervisors that handle VXLAN in hardware mistake the inner packets for the outer ones; give one of them another port.',
  ),
  'vm-outside-transport-zone': error(
    (facts: { node: string; segment: string; zone: string; hypervisor?: string }, name) =>
      facts.hypervisor === undefined
        ? `${name('node', facts.node)} has an interface on ${thing('segment', facts.segment, name)} of ${thing('transport-zone', facts.zone, name)}, which is not its own`
        : `${name('node', facts.node)} runs on ${name('node', facts.hypervisor)}, which is not in ${thing('transport-zone', facts.zone, name)} of its ${thing('segment', facts.segment, name)}`,
    'Only hypervisors of the zone carry the segment, so the machine is connected to nothing.',
  ),
  'hypervisor-without-vtep': error(
    (facts: { node: string; zones: readonly string[] }, name) =>
      `${name('node', facts.node)} is in transport zone ${listed(facts.zones.map((zone) => name('transport-zone', zone)))}, but no interface with an address is its VTEP`,
    'Without a tunnel endpoint the machines on this hypervisor reach nobody on the others.',
  ),
  'duplicate-vni': error(
    (facts: { vni: number; zone: string; segments: readonly string[] }, name) =>
      `VNI ${facts.vni} of ${thing('transport-zone', facts.zone, name)} is given to segments ${listed(facts.segments.map((segment) => name('segment', segment)))}`,
    'A VXLAN packet names its segment by the VNI alone, so the two segments become one.',
  ),
  'vni-outside-pool': warning(
    (facts: { vni: number; segment: string; zone: string; from: number; to: number }, name) =>
      `VNI ${facts.vni} of ${thing('segment', facts.segment, name)} is outside the pool ${facts.from}–${facts.to} of ${thing('transport-zone', facts.zone, name)}`,
    'The manager gives out VNIs of its pool only; this one may clash with another owner.',
  ),

  'cluster-range-in-use': error(
    (facts: ClusterRange & { uses: readonly RangeUse[] }, name) =>
      `The ${facts.role} range ${facts.range} of ${thing('cluster', facts.cluster, name)} is in use outside the cluster: ${listed(facts.uses.map((use) => rangeUseText(use, name)))}`,
    'Nodes and pods keep every packet for the range inside the cluster, so they cannot reach what is there outside.',
  ),
  'cluster-range-swallows-resolver': error(
    (facts: ClusterRange & { resolvers: readonly string[]; users: readonly Asker[] }, name) =>
      `The ${facts.role} range ${facts.range} of ${thing('cluster', facts.cluster, name)} swallows the DNS servers ${listed(facts.resolvers)} of ${listed(facts.users.map((user) => userText(user, name)))}`,
    'Look-ups to these servers are captured by the cluster on their way out of the node and never answered.',
  ),
  'cluster-ranges-overlap': error(
    (facts: { cluster: string; podRange: string; serviceRange: string }, name) =>
      `The pod range ${facts.podRange} and the service range ${facts.serviceRange} of ${thing('cluster', facts.cluster, name)} overlap`,
    'An address in both is a pod for the routes and a service for kube-proxy.',
  ),
  'member-without-address': error(
    (facts: { cluster: string; node: string }, name) =>
      `${name('node', facts.node)} is a node of ${thing('cluster', facts.cluster, name)}, but has no address`,
    'The other nodes cannot reach its pods, nor it the cluster.',
  ),
  'member-address-not-on-node': error(
    (facts: { cluster: string; node: string; address: string }, name) =>
      `Cluster ${name('cluster', facts.cluster)} knows ${name('node', facts.node)} by ${facts.address}, which is not an address of it`,
    'Tunnels to the node end at an address that it does not have.',
  ),
  'cluster-without-role': warning(
    (facts: { cluster: string; role: 'master' | 'proxy' }, name) =>
      `No node of ${thing('cluster', facts.cluster, name)} has the role ${facts.role}: ${facts.role === 'master' ? 'nothing answers for its API' : 'its ingress controller has nowhere to listen'}`,
    'The cluster lacks a part that others rely on, or the roles of its nodes are not what was meant.',
  ),
  'pod-address-outside-ranges': error(
    (facts: { pod: string; address: string; cluster: string; ranges: readonly string[] }, name) =>
      `${facts.address} of pod ${facts.pod} is in no pod range of ${thing('cluster', facts.cluster, name)} (${listed(facts.ranges)})`,
    'No node has a route to the address, and it is taken for one outside the cluster.',
  ),
  'block-outside-pools': error(
    (facts: { block: string; node: string; cluster: string; pools: readonly string[] }, name) =>
      `Block ${facts.block} of ${name('node', facts.node)} is in no address pool of ${thing('cluster', facts.cluster, name)} (${listed(facts.pools)})`,
    'Calico takes blocks from its pools; one outside has neither encapsulation nor outgoing NAT.',
  ),
  'block-shared': error(
    (
      facts: { cluster: string; block: string; node: string; other: string; otherNode: string },
      name,
    ) =>
      `Block ${facts.block} of ${name('node', facts.node)} overlaps block ${facts.other} of ${name('node', facts.otherNode)} in ${thing('cluster', facts.cluster, name)}`,
    'A block belongs to one node: the others route all of its addresses there.',
  ),
  'cluster-ip-outside-range': error(
    (
      facts: { service: string; address: string; cluster: string; ranges: readonly string[] },
      name,
    ) =>
      `Cluster IP ${facts.address} of ${thing('service', facts.service, name)} is in no service range of ${thing('cluster', facts.cluster, name)} (${listed(facts.ranges)})`,
    'Kubernetes refuses such a service; what is outside the range is not taken for a service address.',
  ),
  'cluster-ip-shared': error(
    (facts: { address: string; cluster: string; services: readonly string[] }, name) =>
      `Services ${listed(facts.services.map((service) => name('service', service)))} of ${thing('cluster', facts.cluster, name)} have one cluster IP, ${facts.address}`,
    'A cluster IP belongs to one service; kube-proxy would answer for either.',
  ),
  'node-port-outside-range': error(
    (facts: { service: string; port: number; cluster: string; from: number; to: number }, name) =>
      `Node port ${facts.port} of ${thing('service', facts.service, name)} is outside the range ${facts.from}–${facts.to} of ${thing('cluster', facts.cluster, name)}`,
    'Kubernetes refuses such a service.',
  ),
  'service-address-unheld': warning(
    (
      facts: {
        service: string;
        address: string;
        cluster: string;
        use: 'load-balancer' | 'external';
      },
      name,
    ) =>
      `Nobody answers for ${facts.address}, ${facts.use === 'external' ? 'an external' : 'the load-balancer'} address of ${thing('service', facts.service, name)}: no node has it, and no route leads it to ${thing('cluster', facts.cluster, name)}`,
    'From outside the cluster nobody finds the address. Let a node hold it as a virtual IP, or route it to one.',
  ),
  'ingress-backend-missing': error(
    (facts: { ingress: string; service: string; namespace: string; cluster: string }, name) =>
      `Ingress ${name('ingress', facts.ingress)} leads to service ${facts.service}, which namespace ${facts.namespace} of ${thing('cluster', facts.cluster, name)} does not have`,
    'The controller answers requests for this path with an error.',
  ),
  'ingress-backend-port-missing': error(
    (facts: { ingress: string; service: string; port: string; ports: readonly string[] }, name) =>
      `Ingress ${name('ingress', facts.ingress)} leads to port ${facts.port} of service ${facts.service}, which has ${facts.ports.length === 0 ? 'no ports' : `only ${listed(facts.ports)}`}`,
    'The controller answers requests for this path with an error.',
  ),
} as const;

export type FindingCode = keyof typeof catalogue;
/** The facts that a finding of that code tells. */
export type Detail<Code extends FindingCode> = Readonly<
  Parameters<(typeof catalogue)[Code]['sentence']>[0]
>;

export const findingCodes = Object.keys(catalogue) as readonly FindingCode[];

/** Why a finding of that code matters. */
export const whyItMatters = (code: FindingCode): string => catalogue[code].why;

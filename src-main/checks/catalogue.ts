/** `error`: something does not work. `warning`: it works, but not as one would want. */
export type Severity = 'error' | 'warning';

interface Entry<Facts> {
  readonly severity: Severity;
  /** What is wrong, with its names and values. */
  readonly sentence: (facts: Facts) => string;
  /** Why it matters, the same for every finding of this code. */
  readonly why: string;
}

const error = <Facts>(sentence: (facts: Facts) => string, why: string): Entry<Facts> => ({
  severity: 'error',
  sentence,
  why,
});
const warning = <Facts>(sentence: (facts: Facts) => string, why: string): Entry<Facts> => ({
  severity: 'warning',
  sentence,
  why,
});

/** `a, b and c`; the tail is counted where there are many. */
function listed(names: readonly string[], most = 5): string {
  const shown = names.length > most ? [...names.slice(0, most - 1)] : [...names];
  if (shown.length < names.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

interface ClusterRange {
  readonly cluster: string;
  readonly role: 'pod' | 'service';
  readonly range: string;
}
interface RuleFacts {
  readonly node: string;
  readonly rule: string;
  readonly number: number;
}
interface AddressFacts {
  readonly node: string;
  readonly interface: string;
  readonly address: string;
}
const ruleName = ({ rule, number }: RuleFacts) => `Rule ${number} ${rule}`;

/**
 * Every fault that the checks know, in the order in which findings of one place are told. The one home of their
 * severities and sentences.
 */
export const catalogue = {
  'duplicate-address': error(
    (facts: { address: string; owners: readonly string[]; network: string }) =>
      `${facts.address} is on ${listed(facts.owners)}, all on ${facts.network}; an address belongs to one owner`,
    'Whoever answers ARP or neighbour discovery first gets the packets, and that changes from one moment to the next.',
  ),
  'duplicate-mac': error(
    (facts: { mac: string; owners: readonly string[]; network: string }) =>
      `${facts.mac} is the MAC address of ${listed(facts.owners)}, all on ${facts.network}`,
    'Switches learn one port for a MAC address, so frames go to one of the owners only.',
  ),
  'address-outside-subnet': error(
    (facts: AddressFacts & { segment: string; subnets: readonly string[] }) =>
      `${facts.address} of ${facts.node} ${facts.interface} lies in no subnet of segment ${facts.segment} (${listed(facts.subnets)})`,
    'The neighbours take the address for a remote one and send what is for it to their gateway.',
  ),
  'prefix-length-mismatch': warning(
    (facts: AddressFacts & { segment: string; subnet: string }) =>
      `${facts.address} of ${facts.node} ${facts.interface} has another prefix length than its subnet ${facts.subnet} on segment ${facts.segment}`,
    'The node and its neighbours disagree about who is on the segment: one side asks by ARP, the other sends to its gateway.',
  ),
  'overlapping-subnets': error(
    (facts: { subnet: string; network: string; other: string; otherNetwork: string }) =>
      `${facts.subnet} of ${facts.network} overlaps ${facts.other} of ${facts.otherNetwork}, which is another network`,
    'A router can lead an address to one of the two networks only; hosts of the other cannot be reached.',
  ),
  'gateway-outside-subnet': error(
    (facts: { gateway: string; subnet: string; segment: string }) =>
      `Gateway ${facts.gateway} is not in its subnet ${facts.subnet} of segment ${facts.segment}`,
    'Hosts reach their gateway over their own subnet, so they cannot reach this one.',
  ),
  'gateway-unowned': error(
    (facts: { gateway: string; subnet: string; network: string }) =>
      `Nobody on ${facts.network} owns ${facts.gateway}, the gateway of ${facts.subnet}`,
    'Nobody answers for the gateway, so no host of the subnet gets a packet out of it.',
  ),
  'gateway-one-sided': warning(
    (facts: { node: string; kind: string; networks: readonly string[] }) =>
      facts.networks.length === 0
        ? `${facts.kind} ${facts.node} is connected to no network`
        : `${facts.kind} ${facts.node} is connected to ${listed(facts.networks)} only, so it has nothing to route to`,
    'A gateway that has one side leads nowhere; a link or an interface is probably missing.',
  ),
  'next-hop-own-address': error(
    (facts: { node: string; destination: string; via: string }) =>
      `The next hop ${facts.via} of ${facts.node}'s route to ${facts.destination} is its own address`,
    'The route leads back into the node, so packets go nowhere.',
  ),
  'next-hop-off-subnet': error(
    (facts: { node: string; destination: string; via: string; interface?: string }) =>
      facts.interface === undefined
        ? `The next hop ${facts.via} of ${facts.node}'s route to ${facts.destination} is on no subnet that the node is connected to`
        : `The next hop ${facts.via} of ${facts.node}'s route to ${facts.destination} is on no subnet of its interface ${facts.interface}, and nobody there owns it`,
    'A next hop is found by ARP on a connected network; a route whose next hop is elsewhere is not used.',
  ),
  'next-hop-unowned': error(
    (facts: { node: string; destination: string; via: string; network: string }) =>
      `Nobody on ${facts.network} owns ${facts.via}, the next hop of ${facts.node}'s route to ${facts.destination}`,
    'Nobody answers for the next hop, so all that takes this route is lost.',
  ),
  'virtual-ip-outside-subnet': error(
    (facts: AddressFacts & { subnets: readonly string[] }) =>
      facts.subnets.length === 0
        ? `Virtual address ${facts.address} of ${facts.node} is on ${facts.interface}, which has no subnet`
        : `Virtual address ${facts.address} of ${facts.node} is in no subnet of ${facts.interface} (${listed(facts.subnets)})`,
    'Neighbours do not ask by ARP for an address outside their subnet, so nobody finds the virtual address.',
  ),
  'resolver-unreachable': error(
    (facts: { who: string; resolver: string; reason: string }) =>
      `${facts.who} asks ${facts.resolver} for names, but ${facts.reason}`,
    'Every look-up first waits for a server that cannot answer; without another one no name is resolved.',
  ),

  'snat-address-not-on-edge': error(
    (facts: RuleFacts & { address: string; interface?: string }) =>
      `NAT ${facts.number} ${facts.rule} of ${facts.node} gives packets the source ${facts.address}, which is not on ${facts.interface === undefined ? 'the node' : `its interface ${facts.interface}`}`,
    'Nobody answers ARP for the address, so replies to it never come back.',
  ),
  'dnat-address-not-on-edge': error(
    (facts: RuleFacts & { address: string; interface?: string }) =>
      `NAT ${facts.number} ${facts.rule} of ${facts.node} waits for packets to ${facts.address}, which is not on ${facts.interface === undefined ? 'the node' : `its interface ${facts.interface}`}`,
    'Nobody answers ARP for the address, so the packets never get to the rule.',
  ),
  'balancer-address-not-on-node': error(
    (facts: { node: string; balancer: string; address: string }) =>
      `Load balancer ${facts.balancer} waits on ${facts.address}, which is not on ${facts.node}`,
    'Nobody answers ARP for the address, so the connections never get to the balancer.',
  ),
  'dnat-to-cluster-ip': error(
    (facts: RuleFacts & { address: string; cluster: string }) =>
      `NAT ${facts.number} ${facts.rule} of ${facts.node} leads to ${facts.address}, a service address of cluster ${facts.cluster}: a cluster IP lives inside the cluster only, and no route of ${facts.node} leads to a node of it`,
    'No interface has a cluster IP, and kube-proxy on the cluster nodes alone knows what it stands for. Lead to a node, a virtual IP or a load-balancer address instead.',
  ),
  'dnat-to-cluster-ip-by-route': warning(
    (facts: RuleFacts & { address: string; cluster: string; member: string }) =>
      `NAT ${facts.number} ${facts.rule} of ${facts.node} leads to ${facts.address}, a service address of cluster ${facts.cluster}: a cluster IP lives inside the cluster only, and is reachable just by the route to ${facts.member}`,
    'A static route by one node works until that node is down, and costs a second hop and the client address.',
  ),
  'any-to-any-from-internet': error(
    (facts: { node: string; rule: string; number: number; interface: string }) =>
      facts.number === 0
        ? `The firewall of ${facts.node} accepts what no rule matches, from the internet too, by ${facts.interface}`
        : `${ruleName(facts)} of ${facts.node} accepts everything from anywhere to anywhere, from the internet too, by ${facts.interface}`,
    'Everything behind the firewall that has a way from the internet is open to it.',
  ),
  'node-port-from-internet': warning(
    (facts: { where: string; cluster: string; address: string; ports: string; service?: string }) =>
      `${facts.where} opens ${facts.address} ${facts.ports}${facts.service === undefined ? '' : ` (service ${facts.service})`} of cluster ${facts.cluster} to the internet: a NodePort`,
    'A NodePort is for development: it bypasses the ingress with its TLS and host rules, and opens on every node. Publish by ingress or load balancer.',
  ),
  'rule-shadowed': warning(
    (facts: RuleFacts & { by: readonly string[]; conflicts: boolean }) =>
      `${ruleName(facts)} of ${facts.node} never matches: ${facts.by.length === 1 ? 'rule' : 'rules'} ${listed(facts.by)} before it ${facts.by.length === 1 ? 'takes' : 'take'} everything that it names${facts.conflicts ? ', and not with the same action' : ''}`,
    'First match wins, so the rule has no effect; whoever relies on it is mistaken.',
  ),
  'nat-shadowed': warning(
    (facts: RuleFacts & { by: readonly string[] }) =>
      `NAT ${facts.number} ${facts.rule} of ${facts.node} never matches: NAT ${listed(facts.by)} before it ${facts.by.length === 1 ? 'takes' : 'take'} everything that it names`,
    'First match wins, so the rule has no effect; whoever relies on it is mistaken.',
  ),
  'rule-never-used': warning(
    (facts: RuleFacts & { reason: string }) =>
      `${ruleName(facts)} of ${facts.node} can match no packet: ${facts.reason}`,
    'A rule without effect hides what is really let through, and may be meant to say something else.',
  ),
  'rule-disabled': warning(
    (facts: RuleFacts) =>
      `${ruleName(facts)} of ${facts.node} is switched off, and no note says why`,
    'A rule that is switched off has no effect. Remove it, or say in its notes when it is wanted.',
  ),
  'reply-by-other-edge': warning(
    (facts: { source: string; target: string; edge: string; other: string; rule?: string }) =>
      `Requests from ${facts.source} to ${facts.target} come in by ${facts.edge}${facts.rule === undefined ? '' : ` (NAT ${facts.rule})`}, but the replies leave by ${facts.other}`,
    'Only the edge that let the request in has a session for the reply: another one drops it, or sends it on with the wrong source address.',
  ),

  'underlay-mtu-too-small': error(
    (facts: {
      underlay: string;
      mtuBytes: number;
      neededBytes: number;
      segment: string;
      innerBytes: number;
      overheadBytes: number;
    }) =>
      `${facts.underlay} carries IP packets of ${facts.mtuBytes} bytes, but segment ${facts.segment} needs ${facts.neededBytes}: ${facts.innerBytes} + ${facts.overheadBytes} for its tunnel`,
    'Small packets get through and full-size ones vanish in the tunnel: connections open and then hang.',
  ),
  'pod-mtu-too-large': error(
    (facts: {
      cluster: string;
      podBytes: number;
      overheadBytes: number;
      node: string;
      linkBytes: number;
    }) =>
      `Pods of cluster ${facts.cluster} send ${facts.podBytes} bytes, with ${facts.overheadBytes} for Calico's tunnel ${facts.podBytes + facts.overheadBytes}; the link of ${facts.node} carries ${facts.linkBytes}`,
    'Full-size packets between pods of different nodes do not fit the link: connections open and then hang.',
  ),
  'nested-vxlan-port': warning(
    (facts: { inner: string; outer: string; port: number }) =>
      `${facts.inner} sends VXLAN on UDP ${facts.port} inside segment ${facts.outer}, whose own VXLAN uses that port too`,
    'Network cards and hypervisors that handle VXLAN in hardware mistake the inner packets for the outer ones; give one of them another port.',
  ),
  'vm-outside-transport-zone': error(
    (facts: { node: string; segment: string; zone: string; hypervisor?: string }) =>
      facts.hypervisor === undefined
        ? `${facts.node} has an interface on segment ${facts.segment} of transport zone ${facts.zone}, which is not its own`
        : `${facts.node} runs on ${facts.hypervisor}, which is not in transport zone ${facts.zone} of its segment ${facts.segment}`,
    'Only hypervisors of the zone carry the segment, so the machine is connected to nothing.',
  ),
  'hypervisor-without-vtep': error(
    (facts: { node: string; zones: readonly string[] }) =>
      `${facts.node} is in transport zone ${listed(facts.zones)}, but no interface with an address is its VTEP`,
    'Without a tunnel endpoint the machines on this hypervisor reach nobody on the others.',
  ),
  'duplicate-vni': error(
    (facts: { vni: number; zone: string; segments: readonly string[] }) =>
      `VNI ${facts.vni} of transport zone ${facts.zone} is given to segments ${listed(facts.segments)}`,
    'A VXLAN packet names its segment by the VNI alone, so the two segments become one.',
  ),
  'vni-outside-pool': warning(
    (facts: { vni: number; segment: string; zone: string; from: number; to: number }) =>
      `VNI ${facts.vni} of segment ${facts.segment} is outside the pool ${facts.from}–${facts.to} of transport zone ${facts.zone}`,
    'The manager gives out VNIs of its pool only; this one may clash with another owner.',
  ),

  'cluster-range-in-use': error(
    (facts: ClusterRange & { uses: readonly string[] }) =>
      `The ${facts.role} range ${facts.range} of cluster ${facts.cluster} is in use outside the cluster: ${listed(facts.uses)}`,
    'Nodes and pods keep every packet for the range inside the cluster, so they cannot reach what is there outside.',
  ),
  'cluster-range-swallows-resolver': error(
    (facts: ClusterRange & { resolvers: readonly string[]; users: readonly string[] }) =>
      `The ${facts.role} range ${facts.range} of cluster ${facts.cluster} swallows the DNS servers ${listed(facts.resolvers)} of ${listed(facts.users)}`,
    'Look-ups to these servers are captured by the cluster on their way out of the node and never answered.',
  ),
  'cluster-ranges-overlap': error(
    (facts: { cluster: string; podRange: string; serviceRange: string }) =>
      `The pod range ${facts.podRange} and the service range ${facts.serviceRange} of cluster ${facts.cluster} overlap`,
    'An address in both is a pod for the routes and a service for kube-proxy.',
  ),
  'member-without-address': error(
    (facts: { cluster: string; node: string }) =>
      `${facts.node} is a node of cluster ${facts.cluster}, but has no address`,
    'The other nodes cannot reach its pods, nor it the cluster.',
  ),
  'member-address-not-on-node': error(
    (facts: { cluster: string; node: string; address: string }) =>
      `Cluster ${facts.cluster} knows ${facts.node} by ${facts.address}, which is not an address of it`,
    'Tunnels to the node end at an address that it does not have.',
  ),
  'cluster-without-role': warning(
    (facts: { cluster: string; role: string; reason: string }) =>
      `No node of cluster ${facts.cluster} has the role ${facts.role}: ${facts.reason}`,
    'The cluster lacks a part that others rely on, or the roles of its nodes are not what was meant.',
  ),
  'pod-address-outside-ranges': error(
    (facts: { pod: string; address: string; cluster: string; ranges: readonly string[] }) =>
      `${facts.address} of pod ${facts.pod} is in no pod range of cluster ${facts.cluster} (${listed(facts.ranges)})`,
    'No node has a route to the address, and it is taken for one outside the cluster.',
  ),
  'block-outside-pools': error(
    (facts: { block: string; node: string; cluster: string; pools: readonly string[] }) =>
      `Block ${facts.block} of ${facts.node} is in no address pool of cluster ${facts.cluster} (${listed(facts.pools)})`,
    'Calico takes blocks from its pools; one outside has neither encapsulation nor outgoing NAT.',
  ),
  'block-shared': error(
    (facts: { cluster: string; block: string; node: string; other: string; otherNode: string }) =>
      `Block ${facts.block} of ${facts.node} overlaps block ${facts.other} of ${facts.otherNode} in cluster ${facts.cluster}`,
    'A block belongs to one node: the others route all of its addresses there.',
  ),
  'cluster-ip-outside-range': error(
    (facts: { service: string; address: string; cluster: string; ranges: readonly string[] }) =>
      `Cluster IP ${facts.address} of service ${facts.service} is in no service range of cluster ${facts.cluster} (${listed(facts.ranges)})`,
    'Kubernetes refuses such a service; what is outside the range is not taken for a service address.',
  ),
  'cluster-ip-shared': error(
    (facts: { address: string; cluster: string; services: readonly string[] }) =>
      `Services ${listed(facts.services)} of cluster ${facts.cluster} have one cluster IP, ${facts.address}`,
    'A cluster IP belongs to one service; kube-proxy would answer for either.',
  ),
  'node-port-outside-range': error(
    (facts: { service: string; port: number; cluster: string; from: number; to: number }) =>
      `Node port ${facts.port} of service ${facts.service} is outside the range ${facts.from}–${facts.to} of cluster ${facts.cluster}`,
    'Kubernetes refuses such a service.',
  ),
  'ingress-backend-missing': error(
    (facts: { ingress: string; service: string; namespace: string; cluster: string }) =>
      `Ingress ${facts.ingress} leads to service ${facts.service}, which namespace ${facts.namespace} of cluster ${facts.cluster} does not have`,
    'The controller answers requests for this path with an error.',
  ),
  'ingress-backend-port-missing': error(
    (facts: { ingress: string; service: string; port: string; ports: readonly string[] }) =>
      `Ingress ${facts.ingress} leads to port ${facts.port} of service ${facts.service}, which has ${facts.ports.length === 0 ? 'no ports' : `only ${listed(facts.ports)}`}`,
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

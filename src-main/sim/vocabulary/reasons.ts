/** Why a walk ended, and what a result takes for granted: every sentence that is no step's, in one place. */
export const reasons = {
  deviceDown: (device: string) => `${device} is down`,
  interfaceDown: (device: string, item: string) => `interface ${item} of ${device} is down`,
  notConnected: (device: string, item: string) => `interface ${item} of ${device} is not connected`,
  segmentDown: (segment: string) => `${segment} is down`,
  noRoute: (device: string, destination: string) => `${device} has no route to ${destination}`,
  withdrawn: (device: string, prefix: string, item: string) =>
    `${device} has withdrawn its route ${prefix}: interface ${item} is down`,
  discards: (device: string, prefix: string) => `${device}'s route ${prefix} discards`,
  doesNotForward: (device: string, destination: string) =>
    `${device} is not a router, and ${destination} is not its address`,
  noNeighbor: (address: string, segment: string) => `nobody on ${segment} owns ${address}`,
  neighborDown: (address: string, owner: string) => `${owner}, which owns ${address}, is down`,
  filtered: (device: string, rule: string) => `${device}: ${rule}`,
  noListener: (device: string, service: string) => `nothing on ${device} listens on ${service}`,
  wrongPeer: (device: string, expected: string, found: string) =>
    `${device} spoke to ${expected}; an answer from ${found} belongs to no connection of its own`,
  loop: (device: string) => `the packet was at ${device} before, unchanged`,
  ttl: (device: string) => `the TTL ran out at ${device}`,
  tooManyTunnels: (limit: number) => `more than ${limit} tunnels inside each other`,
  mtu: (lengthBytes: number, mtuBytes: number, place: string) =>
    `${lengthBytes} bytes do not fit the MTU of ${mtuBytes} bytes on ${place}`,
  noMember: (balancer: string) => `load balancer ${balancer} has no member`,
  serviceWithoutEndpoints: (service: string) => `service ${service} has no endpoint that is ready`,
  ingressWithoutEndpoints: (service: string) =>
    `service ${service} behind the ingress has no endpoint that is ready`,
  connectionsInCircle: (limit: number) =>
    `more than ${limit} connections in a row: they go round in a circle`,
  noIngressRule: (host: string, path: string) =>
    `no ingress rule is for ${host}${path}: the controller itself answers 404`,
  notOnHypervisor: (machine: string, vni: number) =>
    `${machine} runs on no hypervisor of the design, so nobody carries VNI ${vni} to it`,
  outsideZone: (hypervisor: string, zone: string, vni: number) =>
    `${hypervisor} is not in transport zone ${zone}, so it cannot carry VNI ${vni}`,
  noVtep: (hypervisor: string) => `${hypervisor} has no VTEP that is up`,
  noCommonFamily: (from: string, to: string) =>
    `the VTEPs of ${from} and ${to} have no address family in common`,
  stretchDown: (stretch: string) => `stretch ${stretch} is down`,
  stretchIncomplete: (stretch: string) =>
    `stretch ${stretch} has no address at the end of its tunnel`,
  tunnelLeaves: (destination: string) => `the tunnel's far end ${destination} is not in the design`,
  unknownVni: (hypervisor: string, vni: number) => `${hypervisor} knows no segment with VNI ${vni}`,
  notATunnelEnd: (device: string) => `${device} does not end this tunnel`,
  noDesignatedInstance: (router: string, segment: string) =>
    `${router}'s interface on ${segment}: physical machines reach a distributed router by its designated instance, which is not simulated`,
  martian: (address: string) =>
    `${address} is a loopback address: no packet for it crosses a network (RFC 1122 §3.2.1.3)`,
  notUnicast: (address: string) =>
    `${address} is no unicast address: multicast and broadcast are not simulated`,
  otherTag: (owner: string, address: string, tag: number, own: number) =>
    `${owner} owns ${address}, but its frames carry ${tag > 0 ? `802.1Q tag ${tag}` : 'no 802.1Q tag'} and the sender's ${own > 0 ? `tag ${own}` : 'none'}`,
  moreStretches: (segment: string) =>
    `${segment} is joined to several stretches: only the first is followed`,
  instanceChosen: (router: string, hypervisor: string) =>
    `a packet that ${router} itself makes starts at its instance on ${hypervisor}`,
  noProxy: (server: string, port: number) =>
    `${server} listens on port ${port}, but is no HTTP proxy`,
  noInstance: (router: string) =>
    `${router} has no instance where the frame is: no hypervisor of its transport zone sent it`,
  privateOnInternet: (address: string) =>
    `${address} is a private address: the internet has no route to it`,
  noSource: (device: string, destination: string) =>
    `${device} has no address of the family of ${destination}`,
  noResolver: (device: string) => `${device} has no resolver`,
  noSuchName: (name: string) => `there is no such name as ${name}`,
  noAddressForFamily: (name: string) => `${name} has no address that the client can use`,
  nobodyToAsk: (server: string) => `${server} itself gets no answer from whom it asks`,
  resolverOutside: (server: string) =>
    `${server} is on the internet and not in the design: what it answers is not known`,
  noResolverAnswered: (name: string) => `no resolver answered for ${name}`,
  resolutionTooDeep: (name: string) => `the servers send the question for ${name} in a circle`,
  tooManyQuestions: (name: string, limit: number) =>
    `more than ${limit} questions to name servers for ${name}: they ask each other without end`,
  noTargetAddress: (target: string) => `${target} has no address`,
} as const;

export const assumptions = {
  internet: 'internet routing assumed: what leaves by the internet segment gets to its destination',
  internetReply: 'internet routing assumed: the reply comes back to where the request left',
  mss: 'TCP segment sizes: each end announces what its own interface takes (MSS), and nobody on the way changes that',
  searchDomains:
    'search domains: the questions that find nothing go the way of the one that does, and are not walked on their own',
  dnsCache: 'names are looked up each time: no cache',
  icmpErrors:
    'the ICMP message that tells the sender to make its packets smaller is taken to reach it',
} as const;

import { anyToAny } from './any-to-any.ts';
import { clusterMembers } from './cluster-members.ts';
import { clusterRanges } from './cluster-ranges.ts';
import { dnatToClusterIp } from './dnat-to-cluster-ip.ts';
import { duplicateAddresses, duplicateClusterAddresses } from './duplicate-addresses.ts';
import { duplicateMacs } from './duplicate-macs.ts';
import { edgeAddresses } from './edge-addresses.ts';
import type { Found } from './finding.ts';
import { oneSidedGateways, subnetGateways } from './gateways.ts';
import { ingressBackends } from './ingress-backends.ts';
import { interfaceSubnets } from './interface-subnets.ts';
import { ipsecTunnels } from './ipsec.ts';
import { natOutOfTunnels } from './nat-out-of-tunnel.ts';
import { nestedVxlan } from './nested-vxlan.ts';
import { nextHops } from './next-hops.ts';
import { nodePorts } from './node-ports.ts';
import { overlappingSubnets } from './overlapping-subnets.ts';
import { podAddresses } from './pod-addresses.ts';
import { podMtus } from './pod-mtu.ts';
import { replyPaths } from './reply-path.ts';
import { reservedAddresses } from './reserved-addresses.ts';
import { resolvers } from './resolvers.ts';
import { serviceAddresses } from './service-addresses.ts';
import { services } from './services.ts';
import { shadowedRules } from './shadowed-rules.ts';
import { hypervisorsWithoutVtep, outsideTransportZone, vnis } from './transport-zones.ts';
import { underlayMtus } from './underlay-mtu.ts';
import { unusedRules } from './unused-rules.ts';
import type { Survey } from './view/survey.ts';
import { virtualIps } from './virtual-ips.ts';

/** Looks for its own faults and for nothing else; it changes nothing and knows no other check. */
export type Check = (survey: Survey) => Iterable<Found>;

export const checks: readonly Check[] = [
  duplicateAddresses,
  duplicateClusterAddresses,
  duplicateMacs,
  interfaceSubnets,
  reservedAddresses,
  overlappingSubnets,
  subnetGateways,
  oneSidedGateways,
  nextHops,
  virtualIps,
  resolvers,

  edgeAddresses,
  dnatToClusterIp,
  anyToAny,
  nodePorts,
  shadowedRules,
  unusedRules,
  replyPaths,
  natOutOfTunnels,

  ipsecTunnels,
  underlayMtus,
  podMtus,
  nestedVxlan,
  outsideTransportZone,
  hypervisorsWithoutVtep,
  vnis,

  clusterRanges,
  clusterMembers,
  podAddresses,
  services,
  serviceAddresses,
  ingressBackends,
];

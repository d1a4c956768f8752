import type { SayingTable } from '../../sim/vocabulary/saying.ts';
import type { OpensFacts, RemedyFacts } from '../vocabulary.ts';
import { service, type Traffic } from './traffic.ts';

const traffic = (one: Traffic) => `${service(one)} from ${one.source} to ${one.destination}`;

export const remedies: SayingTable<RemedyFacts> = {
  'rule-add': ({ node, before, ...one }) =>
    `Add a rule on ${node} that accepts ${traffic(one)}${
      before === undefined ? ', at the end' : `, before rule ${before}`
    }`,
  'rule-enable': ({ node, rule }) => `Switch on rule ${rule} of ${node}`,
  'nat-enable': ({ node, nat }) => `Switch on NAT ${nat} of ${node}`,
  'snat-add': ({ node, interface: item, original, translated }) =>
    `Add a source NAT on ${node}, interface ${item}: ${original} becomes ${translated}`,
  'dnat-add': ({ node, original, protocol, port, translated }) =>
    `Add a destination NAT on ${node}: ${protocol} ${port} to ${original} goes to ${translated}`,
  'dnat-change': ({ node, nat, from, to }) =>
    `Let NAT ${nat} of ${node} lead to ${to}, not ${from}`,
  'dnat-port-add': ({ node, nat, port }) => `Add port ${port} to NAT ${nat} of ${node}`,
  'route-add': ({ node, destination, via }) => `Add a route on ${node}: ${destination} via ${via}`,
  'route-change': ({ node, destination, from, via }) =>
    `Change the route of ${node} to ${destination}: via ${via}${
      from === '' ? '' : `, not ${from}`
    }`,
  'route-remove': ({ node, destination }) =>
    `Remove the route of ${node} that discards ${destination}`,
  'node-up': ({ node }) => `Bring ${node} up`,
  'interface-up': ({ node, interface: item }) => `Bring interface ${item} of ${node} up`,
  'link-up': ({ link }) => `Bring link ${link} up`,
  'stretch-up': ({ stretch }) => `Bring the stretched network ${stretch} up`,
  'interface-connect': ({ node, interface: item, segment }) =>
    `Connect interface ${item} of ${node} to ${segment}`,
  'address-add': ({ node, interface: item, address }) =>
    `Give interface ${item} of ${node} the address ${address}`,
  'forwarding-on': ({ node }) => `Let ${node} forward packets`,
  'listener-add': ({ node, protocol, port }) =>
    `Let a program on ${node} listen on ${protocol} ${port}`,
  'record-add': ({ node, name, address }) => `Add a DNS record on ${node}: ${name} is ${address}`,
  'record-change': ({ node, name, from, to }) =>
    `Change the DNS record on ${node}: ${name} is ${to}, not ${from}`,
  'resolver-set': ({ node, resolver }) => `Let ${node} ask ${resolver} for names`,
  'forwarder-add': ({ node, forwarder }) => `Let the name server ${node} ask ${forwarder}`,
  'zone-add': ({ hypervisor, zone }) => `Add ${hypervisor} to the transport zone ${zone}`,
  'vtep-add': ({ hypervisor, interface: item }) =>
    `Let interface ${item} of ${hypervisor} be a VTEP`,
  'tunnel-enable': ({ node, tunnel }) => `Switch on IPsec tunnel ${tunnel} of ${node}`,
  'tunnel-add': ({ node, tunnel, peer }) =>
    `Configure IPsec tunnel ${tunnel} on ${node} as the other end of ${peer}`,
  'member-enable': ({ node, balancer, member }) =>
    `Switch on member ${member} of balancer ${balancer} of ${node}`,
  'member-add': ({ node, balancer, address }) =>
    `Add ${address} to balancer ${balancer} of ${node}`,
  'pod-ready': ({ pod }) => `Make pod ${pod} ready`,
  'selector-set': ({ service: id, workload }) => `Let service ${id} select the pods of ${workload}`,
  'endpoint-port-set': ({ service: id, port, target }) =>
    `Let port ${port} of service ${id} lead to container port ${target}`,
  'traffic-policy-cluster': ({ service: id, policy }) =>
    `Set the ${policy} traffic policy of service ${id} to Cluster`,
  'source-range-add': ({ service: id, range }) =>
    `Add ${range} to the load-balancer source ranges of service ${id}`,
  'ingress-rule-add': ({ ingress, host, path, service: id }) =>
    `Add a rule to ingress ${ingress}: ${host}${path} goes to ${id}`,
  'policy-add': ({ policy, direction, ...one }) =>
    `Add network policy ${policy}: ${direction} of ${traffic(one)}`,
  'calico-rule-add': ({ policy, direction, ...one }) =>
    `Add an ${direction} rule at the top of Calico policy ${policy} that allows ${traffic(one)}`,
  'proxy-source-add': ({ node, source }) => `Let the proxy ${node} serve ${source}`,
  'proxy-destination-add': ({ node, host }) => `Let the proxy ${node} go to ${host}`,
  'proxy-port-add': ({ node, port }) => `Open port ${port} to CONNECT on the proxy ${node}`,
  'proxy-set': ({ host, port }) => `Let the client use the proxy ${host}:${port}`,
  'no-proxy-add': ({ token }) => `Add ${token} to NO_PROXY`,
  'no-proxy-remove': ({ token }) => `Remove ${token} from NO_PROXY`,
  'segment-mtu': ({ segment, from, to }) =>
    `Raise the MTU of ${segment} from ${from} to ${to} bytes`,
  'interface-mtu': ({ node, interface: item, from, to }) =>
    `Raise the MTU of interface ${item} of ${node} from ${from} to ${to} bytes`,
  'link-mtu': ({ link, from, to }) => `Raise the MTU of link ${link} from ${from} to ${to} bytes`,
  'pod-mtu': ({ cluster, to }) => `Lower Calico's MTU in ${cluster} to ${to} bytes`,
};

export const opens: SayingTable<OpensFacts> = {
  'every-port': ({ source, destination }) =>
    `Every port from ${source} to ${destination}: an answer's port is its client's own`,
  rule: ({ node, rule, match }) => `All that rule ${rule} of ${node} matches: ${match}`,
  prefix: ({ node, destination }) => `Everything that ${node} sends to ${destination}`,
  translation: ({ node, address }) =>
    `Whoever gets past the firewall of ${node} to ${address}, not this sender alone`,
  published: ({ node, address }) => `${node} answers for ${address} to everybody`,
  name: ({ name }) => `Everybody who asks for ${name}`,
  service: ({ service: id }) => `Every client of service ${id}`,
  node: ({ node }) => `Whoever may reach ${node}`,
};

import { network, type NetworkBuilder } from '../../builders/network.ts';
import { behindEdge, families, inBothFamilies, type Family, type FaultCase } from './case.ts';

const [ipv4] = families as [Family];
type Options = NonNullable<Parameters<NetworkBuilder['edge']>[2]>;

const edge = (family: Family, ...firewall: NonNullable<Options['firewall']> & readonly unknown[]) =>
  behindEdge(family, { firewall: firewall as readonly string[] }).build();

export const ruleCases: readonly FaultCase[] = [
  ...inBothFamilies((family) => ({
    code: 'any-to-any-from-internet',
    title: 'a rule for everything, on an edge of the internet',
    wrong: edge(family, `accept tcp 443 to ${family.host(1, 9)}`, 'all: accept'),
    at: 'node:esg firewall.rules[1]',
    says: 'Rule 2 all of esg accepts everything from anywhere to anywhere, from the internet too, by wan',
    right: edge(family, `accept tcp 443 to ${family.host(1, 9)}`, 'all: accept in lan'),
  })),
  {
    code: 'any-to-any-from-internet',
    title: 'a rule for every TCP port, where another has decided on half of the network only',
    wrong: edge(ipv4, 'deny to 10.0.1.0/25', 'deny to 198.51.102.2', 'all: accept tcp'),
    at: 'node:esg firewall.rules[2]',
    says: 'Rule 3 all of esg accepts everything from anywhere to anywhere, from the internet too, by wan',
    // With all that lies behind decided on before, the rule lets packets out only.
    right: edge(
      ipv4,
      'deny to 10.0.1.0/24 in wan',
      'deny to 198.51.102.2 in wan',
      'all: accept tcp',
    ),
  },
  {
    code: 'any-to-any-from-internet',
    title: 'a default that accepts',
    wrong: behindEdge(ipv4, { firewall: { defaultAction: 'accept', rules: [] } }).build(),
    at: 'node:esg firewall.defaultAction',
    says: 'The firewall of esg accepts what no rule matches, from the internet too, by wan',
    right: behindEdge(ipv4, { firewall: { defaultAction: 'deny', rules: [] } }).build(),
  },
  {
    code: 'any-to-any-from-internet',
    title: 'the same where no internet is drawn, but the default route leaves by public addresses',
    wrong: withoutInternet('203.0.113.0/29'),
    at: 'node:fw firewall.rules[0]',
    says: 'Rule 1 rule-1 of fw accepts everything from anywhere to anywhere, from the internet too, by wan',
    // Between private networks the rule is nobody else's business.
    right: withoutInternet('10.9.9.0/29'),
  },
  ...inBothFamilies((family) => ({
    code: 'node-port-from-internet',
    title: 'a DNAT to the NodePort of a service',
    wrong: nodePort(family, 'accept tcp 443', `tcp 443 to ${family.host(1, 9)} port 30080`),
    at: 'node:esg firewall.rules[0]',
    says: `Rule 1 rule-1 of esg opens ${family.host(1, 9)} tcp 30080 (service web) of cluster k to the internet: a NodePort`,
    right: nodePort(family, 'accept tcp 443', `tcp 443 to ${family.host(1, 9)}`),
  })),
  {
    code: 'node-port-from-internet',
    title: 'a DNAT of the NodePort itself, behind a filter that sees what the DNAT makes of it',
    wrong: nodePort(ipv4, 'accept tcp 30080 to 10.0.1.9', 'tcp 30080 to 10.0.1.9', 'linux'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg opens 10.0.1.9 tcp 30080 (service web) of cluster k to the internet: a NodePort',
    // For one customer it is open, not for the internet.
    right: nodePort(
      ipv4,
      'accept tcp 30080 from 192.0.2.0/24 to 10.0.1.9',
      'tcp 30080 to 10.0.1.9',
      'linux',
    ),
  },
  {
    code: 'node-port-from-internet',
    title: 'a rule for a port of the range that no service has yet',
    wrong: nodePort(ipv4, 'accept tcp 31000', 'tcp 31000 to 10.0.1.9'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg opens 10.0.1.9 tcp 30000–32767 of cluster k to the internet: a NodePort',
    right: nodePort(ipv4, 'accept tcp 80', 'tcp 80 to 10.0.1.9'),
  },
  {
    code: 'node-port-from-internet',
    title: 'a NodePort service on a worker with a public address and no firewall before it',
    wrong: publicWorker(' node 30080'),
    at: 'service:web ports[0].nodePort',
    says: 'Nothing filters what comes to worker, which opens 198.51.102.9 tcp 30080 (service web) of cluster k to the internet: a NodePort',
    right: publicWorker(''),
  },

  ...inBothFamilies((family) => ({
    code: 'rule-shadowed',
    title: 'a rule that an earlier one covers',
    wrong: edge(
      family,
      `servers: accept to ${family.subnet(1)}`,
      `web: accept tcp 443 to ${family.host(1, 9)}`,
    ),
    at: 'node:esg firewall.rules[1]',
    says: 'Rule 2 web of esg never matches: rule 1 servers before it takes everything that it names',
    right: edge(
      family,
      `web: accept tcp 443 to ${family.host(1, 9)}`,
      `servers: accept to ${family.subnet(1)}`,
    ),
  })),
  {
    code: 'rule-shadowed',
    title: 'a rule that earlier ones cover together: halves of the addresses, parts of the ports',
    wrong: edge(
      ipv4,
      'low: accept tcp 1-1000 to 10.0.1.0/25',
      'other: accept tcp 443 to 10.0.2.0/24',
      'high: deny tcp 443-65535 to 10.0.1.128/25',
      'web: accept tcp 443,1001 to 10.0.1.100-10.0.1.127,10.0.1.128-10.0.1.130',
      'https: accept tcp 443 to 10.0.1.0/24',
    ),
    at: 'node:esg firewall.rules[4]',
    says: 'Rule 5 https of esg never matches: rules 1 low and 3 high before it take everything that it names, and not with the same action',
    right: edge(
      ipv4,
      'low: accept tcp 1-1000 to 10.0.1.0/25',
      'high: deny tcp 443-65535 to 10.0.1.129-10.0.1.255',
      'https: accept tcp 443 to 10.0.1.0/24',
    ),
  },
  {
    code: 'rule-shadowed',
    title: 'a rule for every interface, after one rule for each',
    wrong: edge(
      ipv4,
      'accept tcp 22 in wan',
      'accept tcp 22 in lan',
      'deny',
      'late: accept tcp 22',
    ),
    at: 'node:esg firewall.rules[3]',
    says: 'Rule 4 late of esg never matches: rule 3 rule-3 before it takes everything that it names, and not with the same action',
    // What the edge itself sends comes in by none of them.
    right: edge(ipv4, 'accept tcp 22 in wan', 'accept tcp 22 in lan', 'late: accept tcp 22'),
  },
  {
    code: 'nat-shadowed',
    title: 'a DNAT whose ports an earlier one takes',
    wrong: behindEdge(ipv4, {
      nat: [
        'all: dnat 198.51.102.2 to 10.0.1.9 on wan',
        'web: dnat 198.51.102.2 tcp 443 to 10.0.1.8 on wan',
      ],
    }).build(),
    at: 'node:esg nat[1]',
    says: 'NAT 2 web of esg never matches: NAT 1 all before it takes everything that it names',
    right: behindEdge(ipv4, {
      nat: [
        'web: dnat 198.51.102.2 tcp 443 to 10.0.1.8 on wan',
        'all: dnat 198.51.102.2 to 10.0.1.9 on wan',
      ],
    }).build(),
  },
  {
    code: 'nat-shadowed',
    title: 'an SNAT for a part of what an earlier one translates',
    wrong: behindEdge(ipv4, {
      nat: ['snat 10.0.0.0/8 to interface', 'snat 10.0.1.0/24 to interface on wan'],
    }).build(),
    at: 'node:esg nat[1]',
    says: 'NAT 2 nat-2 of esg never matches: NAT 1 nat-1 before it takes everything that it names',
    // Another interface, other packets.
    right: behindEdge(ipv4, {
      nat: ['snat 10.0.0.0/8 to interface on lan', 'snat 10.0.1.0/24 to interface on wan'],
    }).build(),
  },
  {
    code: 'rule-never-used',
    title: 'an interface wan, where the filter comes before the route',
    wrong: edge(ipv4, 'accept from 10.0.1.0/24 out wan'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg can match no packet: it asks for the interface out, wan, which is not known yet when this firewall looks at a packet',
    right: behindEdge(ipv4, {
      stageOrder: 'linux',
      firewall: ['accept from 10.0.1.0/24 out wan'],
    }).build(),
  },
  {
    code: 'rule-never-used',
    title: 'sources of one family and destinations of the other',
    wrong: edge(ipv4, 'accept from 10.0.1.0/24 to 2001:db8::/32'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg can match no packet: its sources and destinations are of different address families',
    right: edge(ipv4, 'accept from 10.0.1.0/24,2001:db8::/32 to 2001:db8::/32'),
  },
  ...inBothFamilies((family) => ({
    code: 'rule-never-used',
    title: 'sources that no network has and no route leads to',
    wrong: edge(family, `accept tcp 22 from ${family.subnet(77)}`),
    at: 'node:esg firewall.rules[0]',
    says: `Rule 1 rule-1 of esg can match no packet: no network of the design has its sources (${family.subnet(77)})`,
    right: edge(family, `accept tcp 22 from ${family.subnet(1)}`),
  })),
  {
    code: 'rule-never-used',
    title: 'private destinations that only the internet could have',
    wrong: edge(ipv4, 'accept tcp 22 to 192.168.7.0/24'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg can match no packet: no network of the design has its destinations (192.168.7.0/24)',
    // Behind a next hop that is not drawn there may be such a network.
    right: behindEdge(ipv4, {
      routes: ['0.0.0.0/0 via 198.51.102.1', '192.168.0.0/16 via 10.0.1.9'],
      firewall: ['accept tcp 22 to 192.168.7.0/24'],
    }).build(),
  },
  {
    code: 'rule-disabled',
    title: 'a rule that is switched off without a word',
    wrong: edge(ipv4, 'disabled accept tcp 22'),
    at: 'node:esg firewall.rules[0]',
    says: 'Rule 1 rule-1 of esg is switched off, and no note says why',
    right: edge(ipv4, {
      id: 'ssh',
      enabled: false,
      notes: 'For maintenance windows.',
      action: 'accept',
    }),
  },
];

function withoutInternet(outside: string) {
  const start = outside.slice(0, outside.lastIndexOf('.'));
  return network()
    .segment('out-net', outside)
    .segment('in-net', '10.0.1.0/24')
    .router('up', [`${start}.1/29@out-net`, { id: 'wan' }])
    .router('far', [{ id: 'wan' }, { id: 'stub' }])
    .router('stub', [{ id: 'wan' }, '10.0.3.1/24@stub-net'])
    .segment('stub-net', '10.0.3.0/24')
    .link('wan', 'up/wan', 'far/wan')
    .link('stub', 'far/stub', 'stub/wan')
    .router('fw', [`wan=${start}.2/29@out-net`, 'lan=10.0.1.1/24'], {
      gateway: `${start}.1`,
      firewall: ['accept'],
    })
    .build();
}

/** A cluster node behind the edge, with a NodePort service, and a DNAT that ends as told. */
function nodePort(family: Family, rule: string, dnat: string, stageOrder?: 'linux') {
  const podCidrs = [family.name === 'IPv4' ? '172.28.0.0/16' : 'fd00:28::/64'];
  const serviceCidrs = [family.name === 'IPv4' ? '172.29.0.0/16' : 'fd00:29::/112'];
  return behindEdge(family, {
    firewall: [rule],
    nat: [`web: dnat ${family.publicHost(2, 2)} ${dnat} on wan`],
    ...(stageOrder ? { stageOrder } : {}),
  })
    .cluster('k', ['server master'], { podCidrs, serviceCidrs })
    .service('web', [], ['80 -> 8080 node 30080'])
    .build();
}

function publicWorker(node: string) {
  return behindEdge(ipv4)
    .host('worker', '198.51.102.9/24', { gateway: '198.51.102.1' })
    .cluster('k', ['worker master'])
    .service('web', '172.29.0.80', [`80 -> 8080${node}`])
    .build();
}

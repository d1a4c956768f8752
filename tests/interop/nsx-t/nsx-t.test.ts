/** Edge gateways as objects of NSX-T's policy API, and back. */
import { describe, expect, test } from 'vitest';
import type { Exported } from '../../../src-main/interop/exchange.ts';
import { nsxtOf } from '../../../src-main/interop/nsx-t/index.ts';
import type { Design, HostLike, NatRule } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { eachRandomEdge } from '../edges/random-edges.ts';
import {
  isChanged,
  type EdgeRules,
  waysOf,
  withoutLeftOut,
  withRules,
} from '../edges/same-ways.ts';
import { infraOf, objectsOf, readNsxT } from './read-nsx-t.ts';
import { isInfra } from './schema.ts';

type EdgeOptions = Parameters<ReturnType<typeof network>['edge']>[2];
const edgeNet = (options: EdgeOptions = {}) =>
  network()
    .segment('out', ['203.0.113.0/24', '2001:db8::/64'])
    .segment('in', '10.0.0.0/24')
    .edge('esg', ['wan=203.0.113.2/24', 'lan=10.0.0.1/24'], options)
    .build();

function checked(design: Design): Exported {
  const exported = nsxtOf(design);
  if (exported.files.length > 0) {
    isInfra(infraOf(exported));
    expect(isInfra.errors ?? []).toEqual([]);
  }
  return exported;
}
const first = (design: Design, type: string) =>
  objectsOf(infraOf(checked(design)), type)[0]?.object;
const leftOutOf = (design: Design) =>
  checked(design)
    .leftOut.filter(({ path }) => path !== '')
    .map(({ ref, path, text }) => `${ref} ${path}: ${text}`);

const wan = '/infra/tier-1s/esg/locale-services/default/interfaces/wan';

describe('a firewall rule', () => {
  const l4 = (name: string, l4_protocol: string, destination_ports?: string[]) => ({
    resource_type: 'L4PortSetServiceEntry',
    id: name,
    display_name: name,
    l4_protocol,
    ...(destination_ports ? { destination_ports } : {}),
  });
  test.each<[rule: string, expected: object]>([
    [
      'accept',
      {
        action: 'ALLOW',
        source_groups: ['ANY'],
        destination_groups: ['ANY'],
        services: ['ANY'],
        scope: ['/infra/tier-1s/esg'],
        direction: 'IN_OUT',
        disabled: false,
        sequence_number: 0,
      },
    ],
    ['deny', { action: 'DROP' }],
    ['disabled reject', { action: 'REJECT', disabled: true }],
    [
      'accept from 10.0.0.0/8, 192.0.2.1 to 203.0.113.5 - 203.0.113.9',
      {
        source_groups: ['10.0.0.0/8', '192.0.2.1'],
        destination_groups: ['203.0.113.5-203.0.113.9'],
      },
    ],
    [
      'accept tcp 80,8000-8100 udp',
      { service_entries: [l4('TCP-80_8000-8100', 'TCP', ['80', '8000-8100']), l4('UDP', 'UDP')] },
    ],
    // 15 ports an entry, a range counting twice.
    [
      'accept tcp 1,2,3,4,5,6,7,8,9,10,11,12,13,14,20-30',
      {
        service_entries: [
          l4(
            'TCP-1_2_3_4_5_6_7_8_9_10_11_12_13_14',
            'TCP',
            Array.from({ length: 14 }, (_, at) => String(at + 1)),
          ),
          l4('TCP-20-30', 'TCP', ['20-30']),
        ],
      },
    ],
    [
      'accept icmp',
      {
        service_entries: ['ICMPv4', 'ICMPv6'].map((protocol) => ({
          resource_type: 'ICMPTypeServiceEntry',
          id: protocol,
          display_name: protocol,
          protocol,
        })),
      },
    ],
    [
      'accept esp',
      {
        service_entries: [
          {
            resource_type: 'IPProtocolServiceEntry',
            id: 'ESP',
            display_name: 'ESP',
            protocol_number: 50,
          },
        ],
      },
    ],
    // NSX-T asks for the interface and the source at once.
    [
      'accept from 192.0.2.1 in wan',
      { scope: [wan], direction: 'IN', source_groups: ['192.0.2.1'] },
    ],
  ])('%s', (rule, expected) => {
    const design = edgeNet({ firewall: [rule] });
    expect(first(design, 'Rule')).toMatchObject(expected);
    expect(leftOutOf(design)).toEqual([]);
  });

  test.each<[rule: string, options: EdgeOptions, reason: string]>([
    ['deny out wan', {}, 'never matches'],
    ['deny in lan out wan', { stageOrder: 'linux' }, 'for what comes in by an interface or'],
  ])('%s is left out, and told', (rule, options, reason) => {
    const design = edgeNet({ ...options, firewall: [rule] });
    expect(leftOutOf(design)).toEqual([
      expect.stringMatching(/^node:esg firewall\.rules\[0\]: the deny rule is left out: /),
    ]);
    expect(leftOutOf(design)[0]).toContain(reason);
  });

  test('what no rule matches is the last rule, whatever others are called', () => {
    const design = edgeNet({
      firewall: { defaultAction: 'reject', rules: ['default: accept tcp 22'] },
    });
    const rules = objectsOf(infraOf(checked(design)), 'Rule').map(({ object }) => object);
    expect(rules.map(({ id, action }) => [id, action])).toEqual([
      ['default', 'ALLOW'],
      ['default_2', 'REJECT'],
    ]);
  });

  test('more addresses than a rule has room for become groups', () => {
    const sources = Array.from({ length: 4100 }, (_, at) => `10.1.${at >> 8}.${at & 255}`);
    const rule = { id: 'many', action: 'accept' as const, sources };
    const design = edgeNet({ firewall: [rule] });
    expect(first(design, 'Rule')).toMatchObject({
      source_groups: [1, 2].map((at) => `/infra/domains/default/groups/esg-many-sources-${at}`),
    });
    expect(readNsxT(checked(design)).get('esg')?.rules[0]?.sources).toEqual(sources);
  });
});

describe('a NAT rule', () => {
  test.each<[rule: string, expected: object, ports: readonly string[] | undefined]>([
    [
      'snat 10.0.0.0/8 to 203.0.113.2 on wan for 192.0.2.0/24',
      {
        action: 'SNAT',
        source_network: '10.0.0.0/8',
        destination_network: '192.0.2.0/24',
        translated_network: '203.0.113.2',
        scope: [wan],
        firewall_match: 'MATCH_INTERNAL_ADDRESS',
      },
      undefined,
    ],
    // The field takes no ranges.
    [
      'snat 10.0.0.3-10.0.0.9 to 203.0.113.2',
      { source_network: '10.0.0.3,10.0.0.4/30,10.0.0.8/31' },
      undefined,
    ],
    ['snat any to 203.0.113.2', { source_network: '0.0.0.0/0' }, undefined],
    [
      'snat any to interface on wan',
      { translated_network: '203.0.113.2', scope: [wan] },
      undefined,
    ],
    [
      'dnat 203.0.113.5 to 10.0.0.9 from 192.0.2.0/24',
      {
        action: 'DNAT',
        source_network: '192.0.2.0/24',
        destination_network: '203.0.113.5',
        translated_network: '10.0.0.9',
        firewall_match: 'MATCH_EXTERNAL_ADDRESS',
      },
      undefined,
    ],
    [
      'dnat 203.0.113.5 tcp 443 to 10.0.0.9',
      { service: '/infra/services/edge-nat-tcp-443' },
      ['443'],
    ],
    ['dnat 203.0.113.5 udp to 10.0.0.9', { service: '/infra/services/edge-nat-udp' }, undefined],
    // The service has the new port, the other field the one that packets come to.
    [
      'dnat 203.0.113.5 tcp 80 to 10.0.0.9 port 8080',
      { service: '/infra/services/edge-nat-tcp-8080', translated_ports: '80' },
      ['8080'],
    ],
  ])('%s', (rule, expected, ports) => {
    const design = edgeNet({ nat: [rule] });
    expect(first(design, 'PolicyNatRule')).toMatchObject(expected);
    const entries = first(design, 'Service')?.['service_entries'] as
      { destination_ports?: string[] }[] | undefined;
    expect(entries?.[0]?.destination_ports).toEqual(ports);
    expect(leftOutOf(design)).toEqual([]);
  });

  test('of DNAT is met by the firewall behind it, where the edge filters so', () => {
    const design = edgeNet({ stageOrder: 'linux', nat: ['dnat 203.0.113.5 to 10.0.0.9'] });
    expect(first(design, 'PolicyNatRule')).toMatchObject({
      firewall_match: 'MATCH_INTERNAL_ADDRESS',
    });
  });

  test.each([
    ['dnat 203.0.113.5 tcp to 10.0.0.9 port 80', 'the rule is left out: NSX-T does not lead every'],
    ['dnat 203.0.113.5 tcp 80-90 to 10.0.0.9 port 80', 'the rule is left out: ports 80-90 are not'],
    ['dnat 2001:db8::5 to 2001:db8::9', 'the rule is left out: it is about IPv6'],
  ])('%s is left out, and told', (rule, reason) => {
    expect(leftOutOf(edgeNet({ nat: [rule] }))[0]).toContain(`node:esg nat[0]: ${reason}`);
  });
});

test('the schema refuses what is not right', () => {
  const wrong = [
    { resource_type: 'Infra', children: [{ resource_type: 'ChildRule' }] },
    { resource_type: 'Infra', extra: 1 },
    { children: [] },
  ];
  expect(wrong.map((value) => isInfra(value))).toEqual([false, false, false]);
});

/** Rules in one form, whichever way they were written. */
function plainRules(design: Design, id: string) {
  const edge = design.nodes?.find((node) => node.id === id) as HostLike;
  const everybody = (texts: readonly string[] | undefined) =>
    !texts || texts.includes('any') ? ['any'] : texts;
  const rules = (edge.firewall?.rules ?? []).map(({ name, id: own, ...rule }) => ({
    enabled: true,
    ...rule,
    name: name ?? own,
    sources: everybody(rule.sources),
    destinations: everybody(rule.destinations),
  }));
  return { defaultAction: edge.firewall?.defaultAction ?? 'deny', rules };
}

const natTexts = (design: Design, id: string) =>
  ((design.nodes?.find((node) => node.id === id) as HostLike).nat ?? []).flatMap(
    (rule: NatRule) => {
      const other = (rule.kind === 'snat' ? rule.destination : rule.source) ?? 'any';
      const ports = rule.kind === 'dnat' ? (rule.originalPorts ?? ['any']) : ['any'];
      return ports.map((port) =>
        [
          rule.kind,
          rule.interface,
          rule.original,
          other,
          rule.protocol,
          port,
          rule.translated,
        ].join(' '),
      );
    },
  );

describe('read back', () => {
  test.each(sampleNames)('the rules are those of the sample: %s', (name) => {
    const design = sample(name);
    const exported = checked(design);
    const edges = exported.files.length > 0 ? readNsxT(exported) : new Map<string, EdgeRules>();
    const back = withRules(design, edges);
    expect([...edges.keys()]).toEqual(
      (design.nodes ?? []).flatMap(({ kind, id }) => (kind === 'edge-gateway' ? [id] : [])),
    );
    for (const id of edges.keys()) {
      expect(plainRules(back, id)).toEqual(plainRules(design, id));
      expect(natTexts(back, id)).toEqual(natTexts(design, id));
      expect(
        exported.leftOut.filter(({ ref, path }) => ref === `node:${id}` && path !== ''),
      ).toEqual([]);
    }
    const flows = design.flows ?? [];
    expect(waysOf(back, flows)).toEqual(waysOf(design, flows));
  });

  test('packets go as they went, in random networks', () => {
    eachRandomEdge((design, flows) => {
      const exported = checked(design);
      if (exported.leftOut.some(isChanged)) return;
      const back = withRules(design, readNsxT(exported));
      const kept = withoutLeftOut(design, exported.leftOut);
      expect(waysOf(back, flows)).toEqual(waysOf(kept, flows));
    });
  });
});

describe('what stands around the rules', () => {
  test('rules that one policy cannot hold go on in the next, in their order', () => {
    const rules = Array.from({ length: 2001 }, (_, at) => ({
      id: `r${at}`,
      action: at % 2 === 0 ? ('accept' as const) : ('deny' as const),
    }));
    const design = network()
      .segment('in', '10.0.0.0/24')
      .edge('esg', 'lan=10.0.0.1/24', { firewall: rules })
      .edge('esg_2', 'lan=10.0.0.2/24', { firewall: ['accept'] })
      .build();
    const exported = checked(design);
    const policies = objectsOf(infraOf(exported), 'GatewayPolicy').map(({ object }) => object);
    expect(policies.map(({ id, sequence_number: at }) => `${String(id)} ${String(at)}`)).toEqual([
      'esg 0',
      expect.stringMatching(/^esg_2.+ 1$/),
      expect.stringMatching(/^esg_3 2$/),
      'esg_2 3',
    ]);
    const back = readNsxT(exported);
    expect([...back.keys()]).toEqual(['esg', 'esg_2']);
    expect(back.get('esg')?.rules.map(({ action }) => action)).toEqual(
      rules.map(({ action }) => action),
    );
  });

  test('each edge is told to be taken for a gateway that has to be there', () => {
    const { leftOut } = checked(edgeNet({ firewall: [] }));
    expect(leftOut.map(({ ref, path }) => [ref, path])).toEqual([
      ['node:esg', ''],
      ['design', ''],
    ]);
  });

  test('other filters, and what an edge does besides, are told', () => {
    const design = network()
      .segment('lan', '10.0.0.0/24')
      .edge('esg', 'eth0=10.0.0.1/24', { firewall: [], dns: { zones: {} } })
      .router('r', '10.0.0.2/24', { nat: ['snat any to interface'] })
      .build();
    expect(leftOutOf(design)).toEqual([
      'node:esg dnsServer: not written: of an edge, this export has firewall and NAT rules alone',
      "node:r nat: not written: a router is none of NSX's edge gateways",
    ]);
  });

  test('without edges there is no file, and that is told', () => {
    const { files, leftOut } = nsxtOf(network().build());
    expect(files).toEqual([]);
    expect(leftOut.map(({ ref }) => ref)).toEqual(['design']);
  });

  test.each([
    '"}],"x":[{',
    '</script>',
    'a\r\nb\u2028',
    '\u202etxt.exe\u2066',
    '$(rm) =cmd|x',
    '\u0000',
  ])('a name keeps to itself: %j', (text) => {
    const rule = { id: 'r', name: text, notes: text, action: 'accept' as const };
    const design = edgeNet({ firewall: [rule] });
    const exported = checked(design);
    expect(exported.files[0]?.content).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(readNsxT(exported).get('esg')?.rules[0]).toMatchObject({ name: text, notes: text });
  });

  test('notes that are too long are cut between two signs, and that is told', () => {
    const rule = { id: 'r', notes: `${'x'.repeat(1023)}😀`, action: 'accept' as const };
    const design = edgeNet({ firewall: [rule] });
    expect(first(design, 'Rule')?.['description']).toBe('x'.repeat(1023));
    expect(leftOutOf(design)[0]).toContain('node:esg firewall.rules[0].notes: ');
  });

  test('the same design gives the same bytes', () => {
    const design = sample('icp-on-vcenter');
    expect(nsxtOf(design)).toEqual(nsxtOf(structuredClone<Design>(design)));
  });
});

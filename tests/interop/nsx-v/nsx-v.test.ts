/** Edge gateways as XML of NSX for vSphere, and back. */
import type { Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { nsxvOf } from '../../../src-main/interop/nsx-v/index.ts';
import type { Design, HostLike } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { eachRandomEdge } from '../edges/random-edges.ts';
import { isChanged, waysOf, withoutLeftOut, withRules } from '../edges/same-ways.ts';
import { childrenOf, documentOf, parsed, readNsxV } from './read-nsx-v.ts';

const edgeNet = (options: Parameters<ReturnType<typeof network>['edge']>[2] = {}) =>
  network()
    .segment('out', ['203.0.113.0/24', '2001:db8::/64'])
    .segment('in', '10.0.0.0/24')
    .edge('esg', ['vnic1=203.0.113.2/24', 'vnic0=10.0.0.1/24'], options)
    .build();

const ruleTexts = (design: Design, file: string, list: string): readonly string[] => {
  const [rules] = childrenOf(documentOf(nsxvOf(design), file), list);
  return rules ? childrenOf(rules).map(shortly) : [];
};
/** `name=a source(exclude=false ipAddress=10.0.0.0/8) …` */
const shortly = (rule: Element): string =>
  childrenOf(rule)
    .map((child) => {
      const inside = childrenOf(child);
      return inside.length > 0
        ? `${child.nodeName}(${shortly(child)})`
        : `${child.nodeName}=${child.textContent ?? ''}`;
    })
    .join(' ');
const leftOutOf = (design: Design) =>
  nsxvOf(design).leftOut.map(({ ref, path, text }) => `${ref} ${path}: ${text}`);

const tail = 'matchTranslated=false action=accept enabled=true loggingEnabled=false';

describe('a firewall rule', () => {
  test.each([
    // What is for everybody has no such element.
    ['accept', `name=rule-1 ${tail}`],
    [
      'accept from 10.0.0.0/8, 192.0.2.1 to 203.0.113.5 - 203.0.113.9',
      `name=rule-1 source(exclude=false ipAddress=10.0.0.0/8 ipAddress=192.0.2.1) destination(exclude=false ipAddress=203.0.113.5-203.0.113.9) ${tail}`,
    ],
    [
      'web: accept tcp 80,8000-8100 udp 53 icmp',
      `name=web application(service(protocol=tcp port=80 port=8000-8100) service(protocol=udp port=53) service(protocol=icmp)) ${tail}`,
    ],
    ['accept any tcp 80', `name=rule-1 ${tail}`],
    // Interfaces by the numbers in their ids, whatever their order.
    ['accept in vnic1', `name=rule-1 source(exclude=false vnicGroupId=vnic-index-1) ${tail}`],
    [
      'accept from any in vnic0',
      `name=rule-1 source(exclude=false vnicGroupId=vnic-index-0) ${tail}`,
    ],
    ['disabled accept', `name=rule-1 ${tail.replace('enabled=true', 'enabled=false')}`],
    ['reject', `name=rule-1 ${tail.replace('accept', 'reject')}`],
  ])('%s', (rule, expected) => {
    const design = edgeNet({ firewall: [rule] });
    expect(ruleTexts(design, 'esg-firewall.xml', 'firewallRules')).toEqual([expected]);
    expect(nsxvOf(design).leftOut.map(({ ref }) => ref)).toEqual(['design']);
  });

  test.each([
    ['accept from 10.0.0.0/8 in vnic1', 'the interface and the source address at once'],
    ['deny out vnic1', 'asks for the way out by vnic1 and never matches'],
    ['accept esp', 'no word for esp'],
  ])('%s is left out, and told', (rule, reason) => {
    const design = edgeNet({ firewall: ['accept tcp 22', rule] });
    expect(ruleTexts(design, 'esg-firewall.xml', 'firewallRules')).toHaveLength(1);
    expect(leftOutOf(design)[0]).toMatch(/^node:esg firewall\.rules\[1\]: the (accept|deny) rule/);
    expect(leftOutOf(design)[0]).toContain(reason);
  });

  test('behind DNAT it is matched against translated addresses', () => {
    const design = edgeNet({
      stageOrder: 'linux',
      firewall: ['accept out vnic1'],
      nat: ['dnat 203.0.113.5 to 10.0.0.9'],
    });
    expect(ruleTexts(design, 'esg-firewall.xml', 'firewallRules')).toEqual([
      'name=rule-1 destination(exclude=false vnicGroupId=vnic-index-1) matchTranslated=true action=accept enabled=true loggingEnabled=false',
    ]);
    expect(leftOutOf(design)[0]).toContain('node:esg stageOrder: ');
  });

  test('what no rule matches is as the design has it', () => {
    const design = edgeNet({ firewall: { defaultAction: 'reject', rules: [] } });
    const [policy] = childrenOf(documentOf(nsxvOf(design), 'esg-firewall.xml'), 'defaultPolicy');
    expect(policy && shortly(policy)).toBe('action=reject loggingEnabled=false');
  });
});

describe('a NAT rule', () => {
  const rest = 'loggingEnabled=false enabled=true description=nat-1';
  test.each([
    [
      'snat 10.0.0.0/8 to 203.0.113.2 on vnic1 for 192.0.2.0/24',
      [
        `action=snat vnic=1 originalAddress=10.0.0.0/8 snatMatchDestinationAddress=192.0.2.0/24 translatedAddress=203.0.113.2 ${rest} protocol=any translatedPort=any originalPort=any`,
      ],
    ],
    // NSX is told an address, one for each interface.
    [
      'snat any to interface',
      ['1 203.0.113.2', '0 10.0.0.1'].map((text) => {
        const [vnic, address] = text.split(' ');
        return `action=snat vnic=${vnic} originalAddress=any snatMatchDestinationAddress=any translatedAddress=${address} ${rest} protocol=any translatedPort=any originalPort=any`;
      }),
    ],
    [
      'dnat 203.0.113.5 tcp 80,8000-8100 to 10.0.0.9 port 8080 from 192.0.2.0/24',
      ['80', '8000-8100'].map(
        (port) =>
          `action=dnat originalAddress=203.0.113.5 dnatMatchSourceAddress=192.0.2.0/24 translatedAddress=10.0.0.9 ${rest} protocol=tcp translatedPort=8080 originalPort=${port}`,
      ),
    ],
    [
      'dnat 203.0.113.5 tcp 443 to 10.0.0.9',
      [
        `action=dnat originalAddress=203.0.113.5 dnatMatchSourceAddress=any translatedAddress=10.0.0.9 ${rest} protocol=tcp translatedPort=443 originalPort=443`,
      ],
    ],
    [
      'dnat 203.0.113.5 udp to 10.0.0.9 port 8080',
      [
        `action=dnat originalAddress=203.0.113.5 dnatMatchSourceAddress=any translatedAddress=10.0.0.9 ${rest} protocol=udp translatedPort=8080 originalPort=any`,
      ],
    ],
    [
      'dnat any to 10.0.0.9',
      [
        `action=dnat originalAddress=any dnatMatchSourceAddress=any translatedAddress=10.0.0.9 ${rest} protocol=any translatedPort=any originalPort=any`,
      ],
    ],
  ])('%s', (rule, expected) => {
    const design = edgeNet({ nat: [rule] });
    expect(ruleTexts(design, 'esg-nat.xml', 'natRules')).toEqual(expected);
    expect(nsxvOf(design).leftOut.map(({ ref }) => ref)).toEqual(['design']);
  });

  test('of IPv6 is left out, and told', () => {
    const design = edgeNet({ nat: ['dnat 2001:db8::5 to 2001:db8::9'] });
    expect(leftOutOf(design)[0]).toMatch(/^node:esg nat\[0\]: the rule is left out: .*IPv6/);
  });
});

/**
 * Elements in the order of VMware's own description of the API (vmware-archive/nsxraml, schemas/firewallRulesCreate.xsd,
 * nsxEdgeFirewallConfigUpdate.xsd and edgeNatConfig.xsd, which are made of one example each: how often an element stands
 * is that of the slices and `omitempty` in vmware/go-vcloud-director, types/v56/nsxv_types.go, EdgeFirewallRule and
 * EdgeNatRule). `!` once, `?` once or not at all, `*` any number.
 */
const order: Readonly<Record<string, string>> = {
  firewall: 'defaultPolicy! enabled! globalConfig? firewallRules!',
  defaultPolicy: 'action! loggingEnabled!',
  firewallRules: 'firewallRule*',
  firewallRule:
    'ruleTag? name! source? destination? application? matchTranslated? direction? action! enabled! loggingEnabled! description?',
  source: 'exclude! ipAddress* groupingObjectId* vnicGroupId*',
  destination: 'exclude! ipAddress* groupingObjectId* vnicGroupId*',
  application: 'applicationId* service*',
  service: 'protocol! port* sourcePort*',
  // `enabled` as a read configuration has it.
  nat: 'enabled? natRules!',
  natRules: 'natRule*',
  natRule:
    'ruleTag? action! vnic? originalAddress! dnatMatchSourceAddress? snatMatchDestinationAddress? translatedAddress! loggingEnabled! enabled! description? protocol? translatedPort? originalPort? dnatMatchSourcePort? snatMatchDestinationPort?',
};

/** What is wrong with the order, or undefined. */
function fault(element: Element): string | undefined {
  const expected = order[element.nodeName];
  const children = childrenOf(element);
  if (expected === undefined) {
    return children.length > 0 ? `${element.nodeName} has elements in it` : undefined;
  }
  const pattern = expected
    .split(' ')
    .map((part) => `(${part.slice(0, -1)} )${part.endsWith('!') ? '' : part.slice(-1)}`)
    .join('');
  const names = children.map(({ nodeName }) => `${nodeName} `).join('');
  if (!new RegExp(`^${pattern}$`).test(names)) {
    return `${element.nodeName}: ${names}is not ${expected}`;
  }
  return children.map(fault).find((one) => one !== undefined);
}

describe('the order of elements', () => {
  test('is looked at', () => {
    expect(fault(parsed('<natRules><natRule><vnic>0</vnic></natRule></natRules>'))).toContain(
      'natRule',
    );
  });

  test.each(sampleNames)('is that of the API: %s', (name) => {
    for (const { content } of nsxvOf(sample(name)).files) {
      expect(fault(parsed(String(content)))).toBeUndefined();
    }
  });
});

/** Rules in one form, whichever way they were written. */
function plainRules(design: Design, id: string) {
  const edge = design.nodes?.find((node) => node.id === id) as HostLike;
  const rules = (edge.firewall?.rules ?? []).map(({ id: own, name = own, notes, ...rule }) => ({
    enabled: true,
    ...rule,
    name,
    ...(notes === undefined ? {} : { notes }),
    sources: everybody(rule.sources),
    destinations: everybody(rule.destinations),
  }));
  return { defaultAction: edge.firewall?.defaultAction ?? 'deny', rules };
}
const everybody = (texts: readonly string[] | undefined) =>
  !texts || texts.includes('any') ? ['any'] : texts;

describe('read back', () => {
  test.each(sampleNames)('the rules are those of the sample: %s', (name) => {
    const design = sample(name);
    const exported = nsxvOf(design);
    const edges = readNsxV(design, exported);
    const back = withRules(design, edges);
    expect([...edges.keys()]).toEqual(
      (design.nodes ?? []).flatMap(({ kind, id }) => (kind === 'edge-gateway' ? [id] : [])),
    );
    expect(exported.leftOut.filter(({ path }) => /^(firewall|nat)/.test(path))).toEqual(
      exported.leftOut.filter(
        ({ ref }) => ref !== 'design' && !edges.has(ref.slice('node:'.length)),
      ),
    );
    for (const id of edges.keys()) expect(plainRules(back, id)).toEqual(plainRules(design, id));
    const flows = design.flows ?? [];
    expect(waysOf(back, flows)).toEqual(waysOf(design, flows));
  });

  test('packets go as they went, in random networks', () => {
    eachRandomEdge((design, flows) => {
      const exported = nsxvOf(design);
      for (const { content } of exported.files) {
        expect(fault(parsed(String(content)))).toBeUndefined();
      }
      if (exported.leftOut.some(isChanged)) return;
      const back = withRules(design, readNsxV(design, exported));
      const kept = withoutLeftOut(design, exported.leftOut);
      expect(waysOf(back, flows)).toEqual(waysOf(kept, flows));
    });
  });
});

describe('what stands around the rules', () => {
  test('an edge that denies all by saying nothing has a firewall that does, if it translates', () => {
    const design = edgeNet({ nat: ['snat any to 203.0.113.2'] });
    expect(nsxvOf(design).files.map(({ path }) => path)).toEqual([
      'esg-firewall.xml',
      'esg-nat.xml',
    ]);
  });

  test('other filters, and what an edge does besides, are told', () => {
    const design = network()
      .segment('lan', '10.0.0.0/24')
      .edge('esg', 'eth0=10.0.0.1/24', {
        firewall: [],
        dns: { zones: {} },
      })
      .host('h', '10.0.0.2/24', { firewall: ['accept'] })
      .build();
    expect(leftOutOf(design)).toEqual([
      'node:esg interfaces: the first interface is taken for vnic 0, the next for vnic 1, and so on',
      'node:esg dnsServer: not written: of an edge, this export has firewall and NAT rules alone',
      "node:h firewall: not written: a host is none of NSX's edge gateways",
      'design : only firewall and NAT rules of edge gateways are written: interfaces, routes and all else of the design are not',
    ]);
  });

  test('without edges there is no file, and that is told', () => {
    const { files, leftOut } = nsxvOf(network().build());
    expect(files).toEqual([]);
    expect(leftOut.map(({ ref }) => ref)).toEqual(['design']);
  });

  test('files of edges that differ by case do not take each other’s place', () => {
    const design = network()
      .edge('ESG', [], { firewall: [] })
      .edge('esg', [], { firewall: [] })
      .build();
    expect(nsxvOf(design).files.map(({ path }) => path)).toEqual([
      'ESG-firewall.xml',
      'esg_2-firewall.xml',
    ]);
  });

  test.each([
    '</name><enabled>true</enabled>',
    '"<!--\']]>&lt;&amp;',
    'a\r\nb\tc\u2028d',
    '\u202etxt.exe\u2066',
    '=cmd|x!A1 $(rm -rf /) {{x}}',
    '😀 \ue000',
  ])('a name keeps to itself: %j', (text) => {
    const rule = { id: 'r', name: text, notes: text, action: 'accept' as const };
    const snat = {
      id: 'n',
      name: text,
      kind: 'snat' as const,
      original: 'any',
      translated: '203.0.113.2',
    };
    const design = edgeNet({ firewall: [rule], nat: [snat] });
    const exported = nsxvOf(design);
    for (const { content } of exported.files) {
      expect(fault(parsed(String(content)))).toBeUndefined();
      expect(content).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    const edge = readNsxV(design, exported).get('esg');
    expect(edge?.rules[0]).toMatchObject({ name: text, notes: text });
    expect(edge?.nat[0]).toMatchObject({ name: text });
  });

  test('what is no character of XML becomes the sign for that', () => {
    const rule = { id: 'r', name: 'a\u0000b\u001b[31m\uffff', action: 'accept' as const };
    const design = edgeNet({ firewall: [rule] });
    const [back] = readNsxV(design, nsxvOf(design)).get('esg')?.rules ?? [];
    expect(back?.name).toBe('a\ufffdb\ufffd[31m\ufffd');
  });

  test('the same design gives the same bytes', () => {
    const design = sample('icp-on-vcenter');
    expect(nsxvOf(design)).toEqual(nsxvOf(structuredClone<Design>(design)));
  });
});

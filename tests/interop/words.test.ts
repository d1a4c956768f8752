/** What exports leave out and drawings lack is told in both languages: every code, with the facts that it takes. */
import { describe, expect, test } from 'vitest';
import { exportDesign } from '../../src-main/app/designs/export.ts';
import {
  drawioRemarkText,
  type DrawioRemarkFacts,
  type DrawioRemarkSaying,
} from '../../src-main/interop/words/drawio-remarks.ts';
import {
  leftOutText,
  type LeftOutFacts,
  type LeftOutSaying,
} from '../../src-main/interop/words/left-out.ts';
import { readyDesign } from '../../src-main/app/designs/ready.ts';
import { visibleText } from '../../src-main/model/visible-text.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { readExample } from '../app/editing/examples.ts';
import { network } from '../builders/network.ts';
import { hostileDesigns } from './hostile-names.ts';

const step = () => {
  const design = network().segment('s', '10.0.0.0/24').host('a', '10.0.0.2/24').build();
  const flow = {
    id: 'f',
    from: { kind: 'node', node: 'a' },
    to: { kind: 'address', address: '10.0.0.9' },
    protocol: 'tcp',
    port: 80,
  } as const;
  return simulate(compile(design), flow).forward[0]?.legs.at(-1)?.hops.at(-1)?.steps.at(-1);
};
const last = step();

const leftOut: { readonly [Code in keyof LeftOutFacts]: LeftOutFacts[Code] } = {
  'no-place-for-kind': { format: 'netbox', kind: 'flow' },
  'no-place-for-key': { format: 'diagram', key: 'dnsServer' },
  'no-place-for-layout': { format: 'netbox' },
  'site-too-deep': { most: 32 },
  'drawn-at-hypervisor': {},
  'drawn-in-other-cluster': { node: 'n', cluster: 'c' },
  'mermaid-characters': { most: 50, characters: 60 },
  'mermaid-connections': { most: 5, connections: 6 },
  'part-not-drawn': { part: 'routes' },
  'notes-not-drawn': {},
  'zone-by-id-alone': {},
  'drawn-in-first-cluster': { node: 'n', cluster: 'c' },
  'member-addresses-not-drawn': {},
  'pods-alone-drawn': {},
  'pods-without-place': {},
  'no-shape': {},
  'places-of-views': {},
  'control-characters': {},
  'blanks-in-tag': {},
  'stretch-not-joined': {},
  'internet-silent': {},
  'frames-untagged': { vlan: 7 },
  'no-way-to-next-hop': {},
  'first-vtep-alone': {},
  'plain-machine': {},
  'filters-behind-dnat': {},
  'ranges-as-prefixes': {},
  'no-layer-7': {},
  'not-set-up': { part: 'kubernetes' },
  'no-vrrp': {},
  'resolvers-not-set': {},
  'no-program': { listeners: [{ protocol: 'tcp', port: 80 }] },
  'nodes-are-plain': {},
  'questions-left-out': {},
  'pods-have-a-network': {},
  'not-carried': { format: 'zarf', reference: 'icr.io/x:1' },
  'netbox-name': { name: 'n', mostCharacters: 64 },
  'apostrophe-before-formula': {},
  'no-host-address': {},
  'address-known': { address: '10.0.0.1', owner: 'node:a' },
  'known-once': { value: '10.0.0.1', owner: 'node:a' },
  'address-length-zero': {},
  'prefix-length-zero': { prefix: '0.0.0.0/0' },
  'site-of-hypervisor': {},
  'site-wanted': { site: 's' },
  'tag-of-no-vlan': { vlan: 7 },
  'no-cable': {},
  'plain-lan': {},
  'vlan-known': { vlan: 7, owner: 'segment:s' },
  'rule-left-out': { action: 'deny', why: { code: 'chain-never-matches', detail: { chain: 'x' } } },
  'rule-in-part': { why: { code: 'every-port-to-one', detail: {} } },
  'services-left-out': { protocols: ['esp'] },
  'icmp-of-ipv4': {},
  'choice-of-address': {},
  'ipv6-sources-stay': { interface: 'e' },
  'no-ipv4-address': { interface: 'e' },
  'one-source-address': { interface: 'e', address: '10.0.0.1' },
  'vnics-in-order': {},
  'match-translated': {},
  'description-cut': { mostCharacters: 1024 },
  'taken-for-tier-1': { gateway: 'esg' },
  'filter-and-nat-alone': {},
  'no-edge-gateway': { kind: 'host' },
  'edges-alone': {},
  'no-edges': {},
  'no-flow': {},
  'too-many-flows': { flows: 7, most: 5 },
  'never-reachable': { some: { flows: 1, of: 2 }, last },
  'blocked-anyway': { last: undefined },
  'no-policy-judges': {},
  'not-told-apart': { flow: 'f' },
  'broken-by-policies': { last },
  'policy-stays': {},
  'pods-unlabelled': { namespace: 'n' },
};

const remarks: { readonly [Code in keyof DrawioRemarkFacts]: DrawioRemarkFacts[Code] } = {
  'page-not-read': { words: '"p"' },
  'no-shapes': {},
  'id-twice': {},
  'neither-shape-nor-connector': { words: '"x"' },
  'parent-missing': { parent: '"x"' },
  'stands-in-itself': {},
  'too-many-siblings': {},
  'nested-too-deep': { most: 7 },
  'copy-of': { ref: 'node a', id: 'b' },
  'words-alone': { words: '"x"' },
  'part-not-taken': { within: 'a', words: '"x"' },
  'not-of-network': { words: '"x"' },
  'bare-figure': {},
  'number-alone': { number: '3' },
  'host-by-default': {},
  wordless: {},
  'vxlan-as-lan': {},
  'segment-as-lan': { kind: 'vlan' },
  'dlr-as-router': {},
  'address-of-network': { address: '10.0.0.1' },
  'address-of-nobody': { address: '10.0.0.1/24' },
  'address-of-container': { address: '10.0.0.1' },
  'network-of-machine': { network: '10.0.0.0/24' },
  'pod-not-taken': { pod: 'p' },
  'label-subnets': {},
  'address-of-no-interface': { address: '10.0.0.1' },
  'site-missing': { site: 's' },
  'left-hypervisor': {},
  'networks-inside': { networks: ['10.0.0.0/24'] },
  'machines-connected': { networks: ['10.0.0.0/24'] },
  'connector-addresses': {},
  'stretch-without-gateways': {},
  'joins-itself': { id: 'a' },
  'connector-not-taken': { words: '"x"', why: { code: 'ends-nowhere', detail: { at: '"y"' } } },
  'networks-joined': { gone: 'a', kept: 'b' },
  'owner-unclear': { addresses: ['10.0.0.1'] },
  'connector-words': { words: '"x"' },
  'fact-malformed': { key: 'mtu', expected: { code: 'number', detail: { least: 1, most: 2 } } },
  'length-guessed': { address: '10.0.0.1', length: 24 },
  'interface-guessed': { addresses: ['10.0.0.1'] },
};

const hangul = /\p{Script=Hangul}/u;
/** What a sentence must not have: no fact, a particle that was not chosen, a full stop. */
const unfinished = /undefined|\[object|[이은을과]\([가는를와]\)|\(으\)로|[.]$/;

describe('every code has a sentence in both languages', () => {
  test.each(Object.entries(leftOut))('left out: %s', (code, detail) => {
    const saying = { code, detail } as LeftOutSaying;
    expect(leftOutText(saying)).toMatch(/^[A-Za-z0-9]/);
    expect(leftOutText(saying)).not.toMatch(hangul);
    expect(leftOutText(saying, 'ko')).toMatch(hangul);
    for (const language of ['en', 'ko'] as const) {
      expect(leftOutText(saying, language)).not.toMatch(unfinished);
    }
  });

  test.each(Object.entries(remarks))('remark: %s', (code, detail) => {
    const saying = { code, detail } as DrawioRemarkSaying;
    expect(drawioRemarkText(saying)).not.toMatch(hangul);
    expect(drawioRemarkText(saying, 'ko')).toMatch(hangul);
    for (const language of ['en', 'ko'] as const) {
      expect(drawioRemarkText(saying, language)).not.toMatch(unfinished);
    }
  });
});

const formats = [
  'drawio',
  'mermaid',
  'dot',
  'netbox',
  'linux',
  'containerlab',
  'clabernetes',
  'nsx-v',
  'nsx-t',
  'policies',
] as const;
const samples = ['icp-on-vcenter', 'icp-as-documented', 'icp-cluster-ip', 'iks-on-ibm-cloud'];

describe.each(samples)('an export of %s', (name) => {
  const open = readyDesign(readExample(name));

  test.each(formats)('as %s is told in Korean', (format) => {
    const answer = exportDesign(undefined, open, format);
    const found = answer.ok ? answer.value.leftOut : [];
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.text).toBe(leftOutText(one));
      expect(leftOutText(one, 'ko')).toMatch(hangul);
      expect(leftOutText(one, 'ko')).not.toMatch(unfinished);
    }
  });
});

test.each(hostileDesigns())('no name hides or turns what is told: $names', ({ design }) => {
  for (const format of formats) {
    const answer = exportDesign(undefined, readyDesign(design), format);
    for (const one of answer.ok ? answer.value.leftOut : []) {
      const shown = visibleText(leftOutText(one, 'ko'));
      expect(shown).toMatch(hangul);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  }
});

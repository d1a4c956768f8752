import { describe, expect, it } from 'vitest';
import { flowBetween, readSource, readTarget } from '../../../src-main/hosts/cli/ends.ts';
import type { Attempt } from '../../../src-main/hosts/cli/outcome.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';

const lan = (id: string, cidr: string) => ({ id, kind: 'lan', subnets: [{ cidr }] });
const host = (id: string, address: string) => ({
  id,
  kind: 'host',
  interfaces: [{ id: 'eth0', segment: 'lan', addresses: [`${address}/24`] }],
});
const parsed = parseDesign({
  hopscope: 1,
  name: 'ends',
  segments: [lan('lan', '10.0.0.0/24')],
  nodes: [
    host('client', '10.0.0.2'),
    host('web', '10.0.0.3'),
    host('alias.example', '10.0.0.4'),
    {
      ...host('dns', '10.0.0.53'),
      dnsServer: {
        zones: [
          {
            name: 'example',
            records: [
              { type: 'A', name: 'shop.example', address: '10.0.0.3' },
              { type: 'A', name: 'alias.example', address: '10.0.0.4' },
            ],
          },
        ],
      },
    },
    host('worker', '10.0.0.11'),
  ],
  clusters: [
    {
      id: 'k',
      flavour: 'kubernetes',
      nodes: [{ node: 'worker', roles: ['worker'] }],
      podCidrs: ['172.28.0.0/16'],
      serviceCidrs: ['172.29.0.0/16'],
    },
  ],
  workloads: [
    {
      id: 'web',
      cluster: 'k',
      namespace: 'default',
      kind: 'deployment',
      pods: [
        { id: 'web-1', node: 'worker', addresses: ['172.28.0.2'] },
        { id: 'worker', node: 'worker', addresses: ['172.28.0.3'] },
      ],
    },
  ],
  services: [
    {
      id: 'web',
      cluster: 'k',
      namespace: 'default',
      type: 'ClusterIP',
      clusterIps: ['172.29.0.9'],
    },
    {
      id: 'cart',
      cluster: 'k',
      namespace: 'default',
      type: 'ClusterIP',
      clusterIps: ['172.29.0.8'],
    },
  ],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const design: Design = parsed.value;

function answerOf<Value>(attempt: Attempt<Value>): unknown {
  if (attempt.ok) return attempt.value;
  const { code, text, hint } = attempt.failure;
  return [code, text, hint];
}

describe('--from', () => {
  it.each<[text: string, expected: unknown]>([
    ['client', { kind: 'node', node: 'client' }],
    ['web-1', { kind: 'pod', pod: 'web-1' }],
    ['node:worker', { kind: 'node', node: 'worker' }],
    ['pod:worker', { kind: 'pod', pod: 'worker' }],
    // An address that a node has on that segment is that node's.
    ['10.0.0.2@lan', { kind: 'node', node: 'client', address: '10.0.0.2' }],
    ['10.0.0.99@lan', { kind: 'address', address: '10.0.0.99', segment: 'lan' }],
    ['2001:DB8::9@lan', { kind: 'address', address: '2001:db8::9', segment: 'lan' }],
    [
      'worker',
      [
        'end-ambiguous',
        '--from worker means more than one thing: node:worker, pod:worker',
        'Say which, as in --from node:worker',
      ],
    ],
    [
      'clinet',
      [
        'end-unknown',
        '--from is clinet: expected the id of a node or a pod, or ADDRESS@SEGMENT',
        'Did you mean client?',
      ],
    ],
    // A service sends nothing.
    [
      'cart',
      [
        'end-unknown',
        '--from is cart: expected the id of a node or a pod, or ADDRESS@SEGMENT',
        undefined,
      ],
    ],
    [
      '10.0.0.2',
      [
        'end-unknown',
        '--from is 10.0.0.2: an address needs its segment, 10.0.0.2@SEGMENT',
        'The segments are: lan',
      ],
    ],
    [
      '10.0.0.2@lna',
      [
        'end-unknown',
        '--from is 10.0.0.2@lna: expected the id of a segment after the @',
        'Did you mean lan?',
      ],
    ],
    [
      '10.0.0.300@lan',
      ['usage', '--from is 10.0.0.300@lan: expected an address before the @', undefined],
    ],
  ])('%s', (text, expected) => {
    expect(answerOf(readSource(design, text))).toEqual(expected);
  });
});

describe('--to', () => {
  it.each<[text: string, expected: unknown]>([
    ['https://shop.example/a', { kind: 'url', url: 'https://shop.example/a' }],
    ['10.0.0.3', { kind: 'address', address: '10.0.0.3' }],
    ['2001:DB8::9', { kind: 'address', address: '2001:db8::9' }],
    ['client', { kind: 'node', node: 'client' }],
    ['web-1', { kind: 'pod', pod: 'web-1' }],
    ['cart', { kind: 'service', service: 'cart' }],
    ['service:web', { kind: 'service', service: 'web' }],
    ['shop.example', { kind: 'name', name: 'shop.example' }],
    // A host name that the design has nothing of is still a question: nobody may resolve it.
    ['elsewhere.example', { kind: 'name', name: 'elsewhere.example' }],
    ['name:shop', { kind: 'name', name: 'shop' }],
    ['name:alias.example', { kind: 'name', name: 'alias.example' }],
    [
      'web',
      [
        'end-ambiguous',
        '--to web means more than one thing: node:web, service:web',
        'Say which, as in --to node:web',
      ],
    ],
    [
      'alias.example',
      [
        'end-ambiguous',
        '--to alias.example means more than one thing: node:alias.example, name:alias.example',
        'Say which, as in --to node:alias.example',
      ],
    ],
    // What ends in a number is an IPv4 address or nothing.
    ...['300.1.1.1', '10.0.0.3.', '10.0.0', '10.0.0.0x3', 'web.1'].map(
      (text): [string, unknown] => [
        text,
        [
          'usage',
          `--to is ${text}, which is no IPv4 address: expected four numbers from 0 to 255, such as 192.0.2.1`,
          undefined,
        ],
      ],
    ),
    [
      'name:300.1.1.1',
      [
        'end-unknown',
        '--to is name:300.1.1.1: expected a DNS name, such as shop.example.com',
        undefined,
      ],
    ],
    [
      'crat',
      [
        'end-unknown',
        '--to is crat: expected a URL, an address, a host name, or the id of a node, pod or service',
        'Did you mean cart?',
      ],
    ],
    [
      'service:client',
      ['end-unknown', '--to is service:client: expected the id of a service', undefined],
    ],
    [
      'ftp://shop.example/',
      ['usage', '--to is ftp://shop.example/: expected an http:// or https:// URL', undefined],
    ],
  ])('%s', (text, expected) => {
    expect(answerOf(readTarget(design, text))).toEqual(expected);
  });
});

describe('a flow from --from to --to', () => {
  const ends = { from: 'client', to: 'cart' };
  it('takes the port and the protocol', () => {
    expect(answerOf(flowBetween(design, { ...ends, port: 53, protocol: 'udp' }))).toEqual({
      id: 'command-line',
      name: 'client → cart, udp 53',
      from: { kind: 'node', node: 'client' },
      to: { kind: 'service', service: 'cart' },
      protocol: 'udp',
      port: 53,
    });
  });
  it('takes the port of a URL from the URL', () => {
    const to = 'https://shop.example/';
    for (const port of [{}, { port: 443 }]) {
      expect(answerOf(flowBetween(design, { from: 'client', to, ...port }))).toEqual({
        id: 'command-line',
        name: `client → ${to}`,
        from: { kind: 'node', node: 'client' },
        to: { kind: 'url', url: to },
      });
    }
  });
  it.each<[title: string, options: Partial<Parameters<typeof flowBetween>[1]>, text: string]>([
    ['a port is missing', {}, '--port is missing: expected a tcp port from 1 to 65535'],
    [
      'a port is missing for udp',
      { protocol: 'udp' },
      '--port is missing: expected a udp port from 1 to 65535',
    ],
    [
      'icmp has a port',
      { protocol: 'icmp', port: 7 },
      '--port goes with tcp or udp, and this is icmp',
    ],
    [
      'port and URL differ',
      { to: 'http://shop.example:8080/', port: 80 },
      '--port 80 contradicts the URL, which means port 8080',
    ],
    [
      'protocol and URL differ',
      { to: 'http://shop.example/', protocol: 'udp' },
      '--protocol udp contradicts the URL, which means tcp',
    ],
  ])('is refused where %s', (_title, options, text) => {
    const refused = flowBetween(design, { ...ends, ...options });
    expect(refused.ok ? 'accepted' : refused.failure.text).toBe(text);
  });
});

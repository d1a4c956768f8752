/** What validators expected is told in Korean: each of those that a form can run into, as the validators say it. */
import { describe, expect, test } from 'vitest';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { expectationKo } from '../../../src-renderer/i18n/expectations-ko.ts';

const withNode = (more: object) => ({
  hopscope: 1,
  name: 'x',
  nodes: [{ id: 'a', kind: 'host', ...more }],
});
const inCluster = (more: object) => ({
  hopscope: 1,
  name: 'x',
  clusters: [{ id: 'c', flavour: 'icp', nodes: [], podCidrs: [], serviceCidrs: [] }],
  ...more,
});

describe('an expectation in Korean', () => {
  test.each<[what: string, document: object, ko: RegExp]>([
    [
      'an address',
      withNode({ interfaces: [{ id: 'e', addresses: ['10.0.0.1'] }] }),
      /프리픽스 길이가 있는 주소. 예: 192/,
    ],
    ['an id', withNode({ interfaces: [{ id: '!' }] }), /^ID: 영문자/],
    ['an MTU', withNode({ interfaces: [{ id: 'e', mtu: 9 }] }), /^68부터 65535까지의 바이트 수$/],
    ['a VLAN', withNode({ interfaces: [{ id: 'e', vlan: 5000 }] }), /^1부터 4094까지의 VLAN 번호$/],
    [
      'a segment',
      withNode({ interfaces: [{ id: 'e', segment: 'no' }] }),
      /^이 설계에 있는 세그먼트의 ID$/,
    ],
    ['a state', withNode({ state: 'off' }), /^"up", "down" 중 하나$/],
    ['a twin', withNode({ interfaces: [{ id: 'e' }, { id: 'e' }] }), /에서 이미 사용 중입니다$/],
    [
      'a prefix',
      withNode({ routes: [{ destination: '10.0.0.1/8', via: '10.0.0.1' }] }),
      /호스트 비트가 0인/,
    ],
    ['a port', withNode({ listeners: [{ protocol: 'tcp', port: 0 }] }), /^1부터 65535까지의 포트$/],
    [
      'a match',
      withNode({ firewall: { rules: [{ id: 'r', sources: ['x'], action: 'deny' }] } }),
      /^any, 주소, 대역/,
    ],
    [
      'an interface',
      withNode({ virtualIps: [{ id: 'v', address: '10.0.0.1', interface: 'e' }] }),
      /^a에 있는 인터페이스의 ID$/,
    ],
    [
      'an external name',
      inCluster({ services: [{ id: 's', type: 'ExternalName', cluster: 'c', namespace: 'n' }] }),
      /^DNS 이름. 유형이 ExternalName/,
    ],
    [
      'a member',
      inCluster({
        nodes: [{ id: 'a', kind: 'host' }],
        workloads: [
          {
            id: 'w',
            kind: 'job',
            cluster: 'c',
            namespace: 'n',
            pods: [{ id: 'p', node: 'a', addresses: ['10.0.0.1'] }],
          },
        ],
      }),
      /^클러스터 c에 속한 노드$/,
    ],
  ])('%s', (_, document, ko) => {
    const parsed = parseDesign(document);
    if (parsed.ok) throw new Error('the validators have nothing against it');
    const said = parsed.issues.map(({ expected }) => expectationKo(expected));
    expect(said.filter((text) => text !== undefined && ko.test(text))).not.toEqual([]);
    expect(said).not.toContain(undefined);
  });

  test('of what is not known is left to its English', () => {
    expect(expectationKo('something that no validator says')).toBeUndefined();
  });
});

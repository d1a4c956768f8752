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

const calico = (more: object) =>
  inCluster({ calicoPolicies: [{ id: 'p', cluster: 'c', ...more }] });

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
    [
      'a chain',
      {
        hopscope: 1,
        name: 'x',
        nodes: [
          {
            id: 'a',
            kind: 'edge-gateway',
            firewall: { rules: [{ id: 'r', chain: 'input', action: 'deny' }] },
          },
        ],
      },
      /^체인 없음. 처리 단계 순서가 nsx-v/,
    ],
    [
      'a next hop',
      withNode({ routes: [{ destination: '10.0.0.0/8' }] }),
      /^다음 홉\(주소, 인터페이스 또는 둘 다\)이나 패킷 폐기/,
    ],
    [
      'a selector',
      calico({ selector: 'role =' }),
      /^Calico 셀렉터\..* 6번째 글자에 레이블 뒤에 “==”/,
    ],
    [
      'the end of a selector',
      calico({ selector: 'all() x' }),
      /7번째 글자에 “&&”, “\|\|” 또는 끝이/,
    ],
    ['what is before DNAT', calico({ preDNAT: true }), /^켜짐. 전달되는 패킷에도/],
    [
      'what comes in alone',
      calico({
        preDNAT: true,
        applyOnForward: true,
        types: ['Egress'],
        egress: [{ action: 'Deny' }],
      }),
      /^나가는 규칙 없음/,
    ],
    [
      'an ICMP type',
      calico({ ingress: [{ action: 'Deny', protocol: 'ICMP', icmp: { type: 255 } }] }),
      /^0부터 254까지의 ICMP 유형$/,
    ],
    [
      'an ICMP code',
      calico({ ingress: [{ action: 'Deny', protocol: 'ICMP', icmp: { code: 256 } }] }),
      /^ICMP 유형. 코드가 있기 때문입니다$/,
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

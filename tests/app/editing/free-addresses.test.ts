import { describe, expect, it } from 'vitest';
import { freeAddresses } from '../../../src-main/app/editing/index.ts';
import { network } from '../../builders/network.ts';

const design = network()
  .segment('s', ['10.0.0.0/29', '2001:db8::/64'], { gateway: '10.0.0.1' })
  .segment('tiny', '10.9.0.0/31')
  .segment('full', '10.8.0.0/30')
  .host('a', '10.0.0.3/29')
  .edge('e', '10.0.0.4/29', { nat: ['dnat 10.0.0.5 tcp 80 to 192.0.2.1'] })
  .host('b', '10.8.0.1/30')
  .host('c', '10.8.0.2/30')
  .build();

describe('what is free on a segment', () => {
  it.each([
    // Taken: the gateway, two interfaces, and an address that an edge answers for.
    [
      's',
      [
        { cidr: '10.0.0.0/29', gateway: '10.0.0.1', next: '10.0.0.2/29', used: 4, size: '6' },
        { cidr: '2001:db8::/64', next: '2001:db8::1/64', used: 0, size: '18446744073709551615' },
      ],
    ],
    ['tiny', [{ cidr: '10.9.0.0/31', next: '10.9.0.0/31', used: 0, size: '2' }]],
    ['full', [{ cidr: '10.8.0.0/30', used: 2, size: '2' }]],
    ['nowhere', []],
  ])('%s', (segment, subnets) => {
    expect(freeAddresses(design, segment)).toEqual({ subnets });
  });

  it.each([
    ['10.0.0.1', 'the gateway of 10.0.0.0/29'],
    ['10.0.0.3', 'interface eth0 of a'],
    ['10.0.0.0', 'the network address of 10.0.0.0/29'],
    ['10.0.0.7', 'the broadcast address of 10.0.0.0/29'],
    ['10.0.0.6', undefined],
    ['192.0.2.1', undefined],
  ])('%s is taken by %s', (address, who) => {
    expect(freeAddresses(design, 's', address).taken).toBe(who);
  });

  it('counts both sides of a stretch', () => {
    const joined = network()
      .segment('here', '10.0.0.0/24')
      .segment('there', '10.0.0.0/24')
      .host('far', [{ id: 'eth0', segment: 'there', addresses: ['10.0.0.1/24'] }])
      .add('node', {
        id: 'x',
        kind: 'l2-gateway',
        interfaces: [
          { id: 'u', addresses: ['10.5.0.1/24'] },
          { id: 't', segment: 'here' },
        ],
      })
      .add('node', {
        id: 'y',
        kind: 'l2-gateway',
        interfaces: [
          { id: 'u', addresses: ['10.5.0.2/24'] },
          { id: 't', segment: 'there' },
        ],
      })
      .add('stretch', {
        id: 'st',
        a: { segment: 'here', gateway: 'x', uplink: 'u' },
        b: { segment: 'there', gateway: 'y', uplink: 'u' },
      })
      .build();
    expect(freeAddresses(joined, 'here').subnets[0]?.next).toBe('10.0.0.2/24');
  });
});

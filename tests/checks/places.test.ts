/** Where findings are: every place that they concern, and what people call it. */
import { describe, expect, it } from 'vitest';
import { checkDesign, placeLabel, placeText, placeWordsKo } from '../../src-main/checks/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';

const found = (design: Design, code: string) => {
  const all = checkDesign(design).filter((one) => one.code === code);
  expect(all).toHaveLength(1);
  return all[0] as (typeof all)[number];
};
const placesOf = (design: Design, code: string) => found(design, code).places.map(placeText);

const twice = () =>
  network()
    .segment('lan', '10.0.1.0/24', { name: 'Front end' })
    .host('a', '10.0.1.9/24', { name: 'Web' })
    .host('b', '10.0.1.9/24')
    .host('c', '10.0.1.9/24')
    .build();

describe('a clash', () => {
  it('of addresses is at each of its owners', () => {
    expect(placesOf(twice(), 'duplicate-address')).toEqual([
      'node:a interfaces[0].addresses[0]',
      'node:b interfaces[0].addresses[0]',
      'node:c interfaces[0].addresses[0]',
    ]);
  });

  it('with a shared virtual IP is at each of those who share it', () => {
    const virtualIps = [{ id: 'v', address: '10.0.1.10', interface: 'eth0' }];
    const design = network()
      .segment('lan', '10.0.1.0/24')
      .host('k1', '10.0.1.11/24', { virtualIps })
      .host('k2', '10.0.1.12/24', { virtualIps })
      .host('c', '10.0.1.10/24')
      .build();
    expect(placesOf(design, 'duplicate-address')).toEqual([
      'node:k1 virtualIps[0]',
      'node:k2 virtualIps[0]',
      'node:c interfaces[0].addresses[0]',
    ]);
  });

  it('of MAC addresses is at each of its owners', () => {
    const item = { id: 'e', segment: 'lan', mac: '00:50:56:aa:00:01' };
    const design = network()
      .segment('lan', '10.0.1.0/24')
      .host('a', [item])
      .host('b', [item])
      .build();
    expect(placesOf(design, 'duplicate-mac')).toEqual([
      'node:a interfaces[0].mac',
      'node:b interfaces[0].mac',
    ]);
  });

  it('is told once, at the second; the others are related to it', () => {
    const { at, related } = found(twice(), 'duplicate-address');
    expect(placeText(at)).toBe('node:b interfaces[0].addresses[0]');
    expect(related.map(({ entity }) => entity)).toEqual(['node:a', 'node:c']);
  });
});

it('a fault of one thing is at that one alone', () => {
  const design = network().segment('lan', '10.0.1.0/24').host('a', '10.0.1.0/24').build();
  expect(placesOf(design, 'address-is-network')).toEqual(['node:a interfaces[0].addresses[0]']);
});

describe('for people, things go by their names', () => {
  it('in sentences, or by their ids where they have none', () => {
    const { text, names } = found(twice(), 'duplicate-address');
    expect(text).toBe(
      '10.0.1.9 is on Web eth0, b eth0 and c eth0, all on segment Front end; an address belongs to one owner',
    );
    expect(names).toEqual({
      'node:a': 'Web',
      'node:b': 'b',
      'node:c': 'c',
      'segment:lan': 'Front end',
    });
  });

  it('in places, by what the field calls their parts', () => {
    const { places } = found(twice(), 'duplicate-address');
    expect(places.map(({ label }) => label)).toEqual([
      'Web › interface eth0 › address 10.0.1.9/24',
      'b › interface eth0 › address 10.0.1.9/24',
      'c › interface eth0 › address 10.0.1.9/24',
    ]);
    expect(places.map(({ terms }) => placeLabel(terms, placeWordsKo))[0]).toBe(
      'Web › 인터페이스 eth0 › 주소 10.0.1.9/24',
    );
  });

  it('and rules by their number', () => {
    const rule = { id: 'r7', name: 'old web', enabled: false, action: 'accept' } as const;
    const any = { id: 'any', name: 'all', action: 'accept', sources: ['10.0.1.9'] } as const;
    const design = network()
      .segment('lan', '10.0.1.0/24')
      .host('a', '10.0.1.9/24', { firewall: { rules: [any, rule], defaultAction: 'deny' } })
      .build();
    expect(found(design, 'rule-disabled').at.label).toBe('a › firewall › rule 2 old web');
  });

  it('but a name that says what it is stands alone', () => {
    const design = network()
      .segment('lan', '10.0.1.0/24', { name: 'Front segment', gateway: '10.0.2.1' })
      .host('a', '10.0.1.9/24')
      .build();
    const { at, text } = found(design, 'gateway-outside-subnet');
    expect(at.label).toBe('Front segment › subnet 10.0.1.0/24 › gateway');
    expect(text).toBe('Gateway 10.0.2.1 is not in its subnet 10.0.1.0/24 of Front segment');
  });
});

import type { NoFacts } from '../../sim/vocabulary/saying.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';

/** What NetBox takes otherwise than the design has it, or not at all; `owner` is the reference of what it has instead. */
export interface NetboxFacts {
  'netbox-name': { readonly name: string; readonly mostCharacters: number };
  'apostrophe-before-formula': NoFacts;
  'no-host-address': NoFacts;
  'address-known': { readonly address: string; readonly owner: string };
  'known-once': { readonly value: string; readonly owner: string };
  'address-length-zero': NoFacts;
  'prefix-length-zero': { readonly prefix: string };
  'site-of-hypervisor': NoFacts;
  'site-wanted': { readonly site: string };
  'tag-of-no-vlan': { readonly vlan: number };
  'no-cable': NoFacts;
  'plain-lan': NoFacts;
  'vlan-known': { readonly vlan: number; readonly owner: string };
}

export const netbox: Sayings<NetboxFacts> = {
  en: {
    'netbox-name': ({ name, mostCharacters }) =>
      `it is named ${name} in NetBox, which takes ${mostCharacters} characters on one line, no name twice, no comma at the ends of cables, and nothing that begins a formula`,
    'apostrophe-before-formula': () =>
      'an apostrophe stands before them, which begin like a formula',
    'no-host-address': () => 'NetBox assigns no address that names the network or is its broadcast',
    'address-known': ({ address, owner }) => `${address} is in NetBox as that of ${owner}`,
    'known-once': ({ value, owner }) => `NetBox has ${value} once, which is that of ${owner}`,
    'address-length-zero': () => 'NetBox takes no address with a prefix of length 0',
    'prefix-length-zero': ({ prefix }) => `NetBox takes no prefix of length 0, such as ${prefix}`,
    'site-of-hypervisor': () => 'NetBox has a virtual machine at the site of its hypervisor',
    'site-wanted': ({ site }) => `NetBox wants a site of every device; this one is at ${site}`,
    'tag-of-no-vlan': ({ vlan }) =>
      `NetBox knows a tag by the VLAN of the segment, and ${vlan} is of none`,
    'no-cable': () => 'NetBox has no cable at a virtual machine or a virtual interface',
    'plain-lan': () => 'NetBox has no place for a LAN without a VLAN and without subnets',
    'vlan-known': ({ vlan, owner }) =>
      `NetBox has VLAN ${vlan} of its site once, named after ${owner}`,
  },
  ko: {
    'netbox-name': ({ name, mostCharacters }) =>
      `NetBox에서의 이름은 ${name}. NetBox는 한 줄에 ${mostCharacters}자까지, 겹치지 않고 수식처럼 시작하지 않으며 케이블 끝에서는 쉼표가 없는 이름만 받음`,
    'apostrophe-before-formula': () => '수식처럼 시작하므로 앞에 작은따옴표를 붙임',
    'no-host-address': () =>
      'NetBox는 네트워크 주소나 브로드캐스트 주소를 인터페이스에 할당하지 않음',
    'address-known': ({ address, owner }) =>
      `${address}은(는) NetBox에 ${owner}의 주소로 들어 있음`,
    'known-once': ({ value, owner }) =>
      `NetBox에는 ${value}이(가) 하나만 들어가며 ${owner}의 것으로 기록됨`,
    'address-length-zero': () => 'NetBox는 프리픽스 길이가 0인 주소를 받지 않음',
    'prefix-length-zero': ({ prefix }) => `NetBox는 ${prefix}처럼 길이가 0인 프리픽스를 받지 않음`,
    'site-of-hypervisor': () => 'NetBox에서 가상 머신은 하이퍼바이저의 사이트에 있음',
    'site-wanted': ({ site }) =>
      `NetBox의 모든 장치에는 사이트가 필요하므로 이 장치는 ${site}에 놓임`,
    'tag-of-no-vlan': ({ vlan }) =>
      `NetBox는 세그먼트의 VLAN으로 태그를 알지만 ${vlan}은(는) 어느 VLAN의 태그도 아님`,
    'no-cable': () => 'NetBox에서는 가상 머신이나 가상 인터페이스에 케이블을 연결할 수 없음',
    'plain-lan': () => 'NetBox에는 VLAN도 서브넷도 없는 LAN을 담을 자리가 없음',
    'vlan-known': ({ vlan, owner }) =>
      `NetBox에는 한 사이트의 VLAN ${vlan}이(가) 하나만 들어가며 ${owner}의 이름을 씀`,
  },
};

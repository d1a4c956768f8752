/** Sites, transport zones, segments, links, stretches, and the interfaces between them. */
const en = {
  sections: {
    interfaces: 'Interfaces',
    overlay: 'Overlay',
    subnets: 'Subnets',
    attached: 'Attached interfaces',
    ends: 'Ends',
    tunnel: 'Tunnel',
  },

  fields: {
    site: 'Site',
    parent: 'Inside of',
    transportZone: 'Transport zone',
    transportZones: 'Transport zones',
    vteps: 'VTEPs',
    vniPool: 'VNI pool',
    udpPort: 'UDP port',
    vlan: 'VLAN',
    vni: 'VNI',
    mtu: 'MTU',
    bytes: 'bytes',
    cidr: 'Subnet',
    gateway: 'Gateway',
    segment: 'Segment',
    mac: 'MAC',
    end: (letter: string) => `End ${letter}`,
    uplink: 'Uplink',
    overheadBytes: 'Overhead',
    outerDf: 'Outer packets carry DF',
    proximityRouting: 'Proximity routing',
  },

  hints: {
    mtuSegment: "the segment's",
    mtuOverhead: (vxlan: string) =>
      `Packets grow by ${vxlan} bytes in VXLAN (IPv4 20, UDP 8, VXLAN 8, Ethernet 14): the underlay has to carry that much more.`,
    mtuUnderlay: (need: string, vtep: string, has: string) =>
      `In VXLAN full-size packets become ${need} bytes; ${vtep} carries ${has}.`,
    stretchOverhead: (largest: string, overhead: string) =>
      `A packet of ${largest} bytes travels as ${overhead} bytes between the concentrators.`,
    tagsPlaceholder: 'words to filter by',
    noInterfaces: 'No interface yet. Draw an edge to a segment, or add one here.',
  },

  free: {
    next: (address: string) => `Use ${address}`,
    nextHint: (cidr: string, use: string) => `Next free address of ${cidr}; ${use}`,
    full: (cidr: string) => `${cidr} is full`,
    taken: (address: string, owner: string) => `${address} is taken by ${owner}`,
    gateway: (address: string) => `Use the gateway ${address}`,
  },
  /** Sizes of IPv6 subnets say nothing to anybody. */
  subnetUse: (used: string, size: string) =>
    size.length > 9 ? `${used} in use` : `${used} of ${size} in use`,
  subnetNext: 'next free',
  siteKinds: {
    internet: 'Internet',
    cloud: 'Cloud',
    'data-centre': 'Data centre',
    office: 'Office',
    other: 'Other',
  },
  segmentKinds: { lan: 'Untagged network', vlan: 'VLAN network', vxlan: 'VXLAN network' },
};

const ko: typeof en = {
  sections: {
    interfaces: '인터페이스',
    overlay: '오버레이',
    subnets: '서브넷',
    attached: '연결된 인터페이스',
    ends: '양 끝',
    tunnel: '터널',
  },

  fields: {
    site: '사이트',
    parent: '상위 사이트',
    transportZone: '전송 구역',
    transportZones: '전송 구역',
    vteps: 'VTEP 목록',
    vniPool: 'VNI 풀',
    udpPort: 'UDP 포트',
    vlan: 'VLAN',
    vni: 'VNI',
    mtu: 'MTU',
    bytes: '바이트',
    cidr: '서브넷',
    gateway: '게이트웨이',
    segment: '세그먼트',
    mac: 'MAC',
    end: (letter) => `${letter} 쪽 끝`,
    uplink: '업링크',
    overheadBytes: '오버헤드',
    outerDf: '외부 패킷에 DF 설정',
    proximityRouting: '근접 라우팅',
  },

  hints: {
    mtuSegment: '세그먼트의 값',
    mtuOverhead: (vxlan) =>
      `VXLAN 캡슐화로 패킷이 ${vxlan}바이트 커집니다(IPv4 20, UDP 8, VXLAN 8, 이더넷 14). 언더레이가 그만큼 더 실어야 합니다.`,
    mtuUnderlay: (need, vtep, has) =>
      `VXLAN 캡슐화 후 최대 패킷은 ${need}바이트이고, ${vtep}은(는) ${has}바이트까지 싣습니다.`,
    stretchOverhead: (largest, overhead) =>
      `${largest}바이트 패킷이 L2 집선 장치 사이에서는 ${overhead}바이트로 전송됩니다.`,
    tagsPlaceholder: '필터에 쓸 단어',
    noInterfaces: '아직 인터페이스가 없습니다. 세그먼트까지 선을 긋거나 여기서 추가하세요.',
  },

  free: {
    next: (address) => `${address} 사용`,
    nextHint: (cidr, use) => `${cidr}에서 다음으로 비어 있는 주소. ${use}`,
    full: (cidr) => `${cidr}에 남은 주소가 없습니다`,
    taken: (address, owner) => `${address}은(는) ${owner}에서 사용 중입니다`,
    gateway: (address) => `게이트웨이 ${address} 사용`,
  },
  subnetUse: (used, size) =>
    size.length > 9 ? `${used}개 사용 중` : `${size}개 중 ${used}개 사용 중`,
  subnetNext: '다음 빈 주소',
  siteKinds: {
    internet: '인터넷',
    cloud: '클라우드',
    'data-centre': '데이터 센터',
    office: '사무실',
    other: '기타',
  },
  segmentKinds: { lan: '태그 없는 네트워크', vlan: 'VLAN 네트워크', vxlan: 'VXLAN 네트워크' },
};

export default { en, ko };

import type { Messages } from './en.ts';
import shellWords from './shell.ts';
import welcomeWords from './welcome.ts';
import canvasWords from './canvas.ts';
import paletteWords from './palette.ts';
import outlineWords from './outline.ts';
import inspectorWords from './inspector.ts';
import flowTableWords from './flowTable.ts';
import traceReaderWords from './traceReader.ts';
import whyNotWords from './whyNot.ts';
import checksWords from './checks.ts';
import installWords from './install.ts';
import historyWords from './history.ts';
import layoutingWords from './layouting.ts';
import helpWords from './help.ts';

export const ko: Messages = {
  shell: shellWords.ko,
  welcome: welcomeWords.ko,
  canvas: canvasWords.ko,
  palette: paletteWords.ko,
  outline: outlineWords.ko,
  inspector: inspectorWords.ko,
  flowTable: flowTableWords.ko,
  traceReader: traceReaderWords.ko,
  whyNot: whyNotWords.ko,
  checks: checksWords.ko,
  install: installWords.ko,
  history: historyWords.ko,
  layouting: layoutingWords.ko,
  help: helpWords.ko,

  language: { label: '언어', name: '한국어' },
  skip: '본문으로 건너뛰기',
  loading: '불러오는 중 …',

  start: {
    title: '설계 선택',
    lead: 'Hopscope는 네트워크 설계의 트래픽 플로우를 이 컴퓨터에서 홉 단위로 시뮬레이션합니다.',
    samples: '샘플',
    openSample: (title) => `${title} 열기`,
    file: '내 설계',
    fileLead: 'YAML 또는 JSON 형식의 설계 텍스트 파일입니다. 여기에 놓거나 파일을 선택하세요.',
    chooseFile: '파일 선택',
    dropHere: '파일을 놓으면 열립니다',
    noSamples: '설치된 샘플이 없습니다. 가지고 있는 파일을 여세요.',
  },

  counts: {
    sites: (number) => `사이트 ${number}개`,
    nodes: (number) => `노드 ${number}개`,
    segments: (number) => `세그먼트 ${number}개`,
    flows: (number) => `플로우 ${number}개`,
    warnings: (number) => `경고 ${number}개`,
    hops: (number) => `홉 ${number}개`,
  },

  design: {
    all: '모든 설계',
    overview: '개요',
    about: '이 설계에 대하여',
    sites: '사이트',
    segments: '세그먼트',
    elsewhere: '사이트에 속하지 않음',
    name: '이름',
    kind: '종류',
    subnets: '서브넷',
    mtu: 'MTU',
    inSite: '사이트',
    noSites: '설계에 사이트가 없습니다.',
    noNodes: '노드 없음',
  },

  flows: {
    title: '트래픽 플로우',
    none: '아직 플로우가 없습니다. 플로우는 보내는 쪽과 대상을 지정합니다. “flows”에 추가하세요.',
    running: '플로우를 실행하는 중 …',
    pathMtu: '경로 MTU',
    choose: '플로우를 선택하면 패킷을 따라갑니다.',
    summary: (reachable, all) => `${all}개 중 ${reachable}개 도달 가능`,
  },

  trace: {
    forward: '요청',
    reverse: '응답',
    direction: '방향',
    running: '패킷을 따라가는 중 …',
    assumptions: '가정',
    on: (node) => `${node}에서`,
    endsAt: (node) => `${node}에서 끝남`,
    inTunnel: (depth) => `외부 패킷, 터널 깊이 ${depth}`,
    keys: '↑ ↓ 키로 단계를 이동합니다',
  },

  packet: {
    title: '헤더 스택',
    lead: '가장 바깥쪽 헤더부터',
    none: '단계를 선택하면 그 후의 패킷이 표시됩니다.',
    empty: '이 단계에는 패킷이 없습니다.',
    added: '추가됨',
    removed: '제거됨',
    changed: '변경됨',
    was: (value) => `이전 값 ${value}`,
    headers: {
      ethernet: '이더넷',
      ipv4: 'IPv4',
      ipv6: 'IPv6',
      tcp: 'TCP',
      udp: 'UDP',
      icmp: 'ICMP',
      vxlan: 'VXLAN',
      esp: 'ESP 터널',
    },
    fields: {
      src: '출발지',
      dst: '목적지',
      vlan: 'VLAN',
      ttl: 'TTL',
      protocol: '프로토콜',
      df: '단편화 금지',
      length: '길이',
      sourcePort: '출발지 포트',
      destinationPort: '목적지 포트',
      flags: '플래그',
      message: '메시지',
      id: 'ID',
      vni: 'VNI',
      spi: 'SPI',
      overhead: '오버헤드',
    },
    yes: '예',
    no: '아니요',
  },

  statuses: {
    reachable: '도달 가능',
    'one-way': '단방향',
    unreachable: '도달 불가',
  },

  dispositions: {
    delivered: '전달됨',
    'exits-network': '그려진 네트워크를 벗어남',
    denied: '거부됨',
    rejected: '거절됨',
    'no-route': '라우트 없음',
    'null-routed': '라우트가 폐기함',
    'neighbor-unreachable': '이웃에 도달 불가',
    'no-listener': '수신 대기 없음',
    'name-not-resolved': '이름을 확인할 수 없음',
    'no-endpoints': '엔드포인트 없음',
    'proxy-refused': '프록시가 거부함',
    'mtu-exceeded': 'MTU 초과',
    loop: '루프',
    'ttl-expired': 'TTL 만료',
    'tunnel-down': '터널 중단',
    'interface-down': '인터페이스 중단',
  },

  purposes: {
    'dns-query': 'DNS 질의',
    'dns-answer': 'DNS 응답',
    request: '요청',
    reply: '응답',
  },

  steps: {
    originate: '생성',
    'resolve-name': '이름 확인',
    route: '라우팅',
    neighbor: '이웃',
    firewall: '방화벽',
    nat: 'NAT',
    'load-balance': '로드 밸런싱',
    service: '서비스',
    'network-policy': '정책',
    'ingress-rule': '인그레스',
    proxy: '프록시',
    encapsulate: '캡슐화',
    decapsulate: '캡슐 해제',
    switch: '스위칭',
    transmit: '송신',
    receive: '수신',
    fragment: '단편화',
    deliver: '전달',
    drop: '폐기',
  },

  warnings: {
    'mtu-black-hole': '최대 크기 패킷이 사라짐',
    'mtu-reduced': '도중에 패킷 크기가 줄어듦',
    fragmentation: '패킷이 단편화됨',
    asymmetric: '응답에 해당하는 세션이 없음',
    tromboning: '트래픽이 확장된 네트워크를 왕복함',
    'paths-differ': '동일 비용 경로의 결과가 서로 다름',
    'paths-cut': '따라가는 것보다 경로가 많음',
    'not-modelled': '시뮬레이션되지 않음',
    'nested-vxlan': 'VXLAN 안의 VXLAN',
    'resolver-failed': '응답하지 않은 DNS 서버가 있음',
    ambiguous: 'Kubernetes가 정하지 않음',
    'no-proxy-token': '절대 일치하지 않는 NO_PROXY 토큰',
  },

  nodeKinds: {
    host: '호스트',
    router: '라우터',
    'edge-gateway': '에지 게이트웨이',
    'distributed-router': '분산 라우터',
    hypervisor: '하이퍼바이저',
    'l2-gateway': 'L2 집선 장치',
    pod: '팟',
    address: '주소',
  },

  nodeCounts: {
    host: (number) => `호스트 ${number}`,
    router: (number) => `라우터 ${number}`,
    'edge-gateway': (number) => `에지 게이트웨이 ${number}`,
    'distributed-router': (number) => `분산 라우터 ${number}`,
    hypervisor: (number) => `하이퍼바이저 ${number}`,
    'l2-gateway': (number) => `L2 집선 장치 ${number}`,
  },

  siteKinds: {
    internet: '인터넷',
    cloud: '클라우드',
    'data-centre': '데이터 센터',
    office: '사무실',
    other: '사이트',
  },

  segmentKinds: {
    lan: 'LAN',
    vlan: (number) => `VLAN ${number}`,
    vxlan: (number) => `VXLAN ${number}`,
  },

  errors: {
    title: '작업을 완료하지 못했습니다',
    file: (name) => `${name} 파일을 열 수 없습니다`,
    more: (number) => `외 ${number}개`,
  },
};

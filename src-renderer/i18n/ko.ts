import type { Messages } from './en.ts';
import { resultWordsKo } from '../../src-main/contract/vocabulary.ts';
import shellWords from './shell.ts';
import welcomeWords from './welcome.ts';
import canvasWords from './canvas.ts';
import paletteWords from './palette.ts';
import outlineWords from './outline.ts';
import inspectorWords from './inspector.ts';
import flowTableWords from './flowTable.ts';
import intentWords from './intents.ts';
import traceReaderWords from './traceReader.ts';
import whyNotWords from './whyNot.ts';
import checksWords from './checks.ts';
import installWords from './install.ts';
import exchangeWords from './exchange.ts';
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
  intents: intentWords.ko,
  traceReader: traceReaderWords.ko,
  whyNot: whyNotWords.ko,
  checks: checksWords.ko,
  install: installWords.ko,
  exchange: exchangeWords.ko,
  history: historyWords.ko,
  layouting: layoutingWords.ko,
  help: helpWords.ko,

  language: { label: '언어', name: '한국어' },
  ...resultWordsKo,
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

  nodeCounts: {
    host: (number) => `호스트 ${number}`,
    router: (number) => `라우터 ${number}`,
    'edge-gateway': (number) => `에지 게이트웨이 ${number}`,
    'distributed-router': (number) => `분산 라우터 ${number}`,
    hypervisor: (number) => `하이퍼바이저 ${number}`,
    'l2-gateway': (number) => `L2 집선 장치 ${number}`,
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

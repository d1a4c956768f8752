import type { NodeKind, PacketHeader } from '../../src-main/contract/index.ts';
import { resultWords } from '../../src-main/contract/vocabulary.ts';
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

const counted = (number: string, one: string, many: string) =>
  `${number} ${number === '1' ? one : many}`;

export const en = {
  shell: shellWords.en,
  welcome: welcomeWords.en,
  canvas: canvasWords.en,
  palette: paletteWords.en,
  outline: outlineWords.en,
  inspector: inspectorWords.en,
  flowTable: flowTableWords.en,
  intents: intentWords.en,
  traceReader: traceReaderWords.en,
  whyNot: whyNotWords.en,
  checks: checksWords.en,
  install: installWords.en,
  exchange: exchangeWords.en,
  history: historyWords.en,
  layouting: layoutingWords.en,
  help: helpWords.en,

  language: { label: 'Language', name: 'English' },
  ...resultWords,
  skip: 'Skip to the content',
  loading: 'Loading …',

  start: {
    title: 'Choose a design',
    lead: 'Hopscope simulates each flow of a network design hop by hop, on this machine.',
    samples: 'Samples',
    openSample: (title: string) => `Open ${title}`,
    file: 'Your own design',
    fileLead: 'A text form of a design, YAML or JSON. Drop it here, or choose it.',
    chooseFile: 'Choose a file',
    dropHere: 'Drop the file to open it',
    noSamples: 'No samples are installed. Open a file of your own.',
  },

  counts: {
    sites: (number: string) => counted(number, 'site', 'sites'),
    nodes: (number: string) => counted(number, 'node', 'nodes'),
    segments: (number: string) => counted(number, 'segment', 'segments'),
    flows: (number: string) => counted(number, 'flow', 'flows'),
    warnings: (number: string) => counted(number, 'warning', 'warnings'),
    hops: (number: string) => counted(number, 'hop', 'hops'),
  },

  design: {
    all: 'All designs',
    overview: 'Overview',
    about: 'About this design',
    sites: 'Sites',
    segments: 'Segments',
    elsewhere: 'Outside of every site',
    name: 'Name',
    kind: 'Kind',
    subnets: 'Subnets',
    mtu: 'MTU',
    inSite: 'Site',
    noSites: 'The design draws no sites.',
    noNodes: 'no nodes',
  },

  flows: {
    title: 'Traffic flows',
    none: 'The design has no flows yet. A flow names a sender and a target; add one under “flows”.',
    running: 'Running the flows …',
    pathMtu: 'Path MTU',
    choose: 'Choose a flow to follow its packet.',
    summary: (reachable: string, all: string) => `${reachable} of ${all} reachable`,
  },

  trace: {
    forward: 'Request',
    reverse: 'Reply',
    direction: 'Direction',
    running: 'Following the packet …',
    assumptions: 'Taken for granted',
    on: (node: string) => `on ${node}`,
    endsAt: (node: string) => `Ends at ${node}`,
    inTunnel: (depth: string) => `outer packet, tunnel depth ${depth}`,
    keys: '↑ ↓ move through the steps',
  },

  packet: {
    title: 'Header stack',
    lead: 'Outermost header first',
    none: 'Choose a step to see the packet after it.',
    empty: 'There is no packet at this step.',
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    was: (value: string) => `was ${value}`,
    headers: {
      ethernet: 'Ethernet',
      ipv4: 'IPv4',
      ipv6: 'IPv6',
      tcp: 'TCP',
      udp: 'UDP',
      icmp: 'ICMP',
      vxlan: 'VXLAN',
      esp: 'ESP tunnel',
    } satisfies Record<PacketHeader['type'], string>,
    fields: {
      src: 'source',
      dst: 'destination',
      vlan: 'VLAN',
      ttl: 'TTL',
      protocol: 'protocol',
      df: "don't fragment",
      length: 'length',
      sourcePort: 'source port',
      destinationPort: 'destination port',
      flags: 'flags',
      message: 'message',
      id: 'id',
      vni: 'VNI',
      spi: 'SPI',
      overhead: 'overhead',
    },
    yes: 'yes',
    no: 'no',
  },

  /** How many there are of a kind. */
  nodeCounts: {
    host: (number: string) => counted(number, 'host', 'hosts'),
    router: (number: string) => counted(number, 'router', 'routers'),
    'edge-gateway': (number: string) => counted(number, 'edge gateway', 'edge gateways'),
    'distributed-router': (number: string) =>
      counted(number, 'distributed router', 'distributed routers'),
    hypervisor: (number: string) => counted(number, 'hypervisor', 'hypervisors'),
    'l2-gateway': (number: string) => counted(number, 'L2 concentrator', 'L2 concentrators'),
  } satisfies Record<NodeKind, (number: string) => string>,

  segmentKinds: {
    lan: 'LAN',
    vlan: (number: string) => `VLAN ${number}`,
    vxlan: (number: string) => `VXLAN ${number}`,
  },

  errors: {
    title: 'This did not work',
    file: (name: string) => `${name} cannot be opened`,
    more: (number: string) => `and ${number} more`,
  },
};

export type Messages = typeof en;

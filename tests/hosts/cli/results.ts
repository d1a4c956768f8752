import {
  stepSentence,
  type Hop,
  type Packet,
  type Result,
  type Step,
  type StepDetails,
  type StepKey,
} from '../../../src-main/sim/vocabulary/index.ts';

function step<Key extends StepKey>(key: Key, detail: StepDetails[Key], packet: Packet): Step {
  const [kind, action] = key.split('/');
  // The key names kind and action, and the detail is the key's own.
  return { kind, action, detail, text: stepSentence(key, detail), packet } as unknown as Step;
}

const ip = (src: string, dst: string, ttl: number, length: number, protocol = 6) =>
  ({ type: 'ipv4', src, dst, ttl, protocol, df: true, length }) as const;
const mac = (src: number, dst: number) =>
  ({ type: 'ethernet', src: `02:00:00:00:00:0${src}`, dst: `02:00:00:00:00:0${dst}` }) as const;
const syn = { type: 'tcp', sourcePort: 49152, destinationPort: 443, flags: 'SYN' } as const;
const synAck = { type: 'tcp', sourcePort: 443, destinationPort: 49152, flags: 'SYN-ACK' } as const;
const tuple = {
  protocol: 'tcp',
  source: '198.51.100.25',
  sourcePort: 49152,
  destination: '203.0.113.43',
  destinationPort: 443,
} as const;
const rule = { number: 5, id: 'rule-5', name: 'internet-to-ingress' } as const;
const outer = [
  mac(5, 6),
  { ...ip('10.208.241.11', '10.208.241.13', 64, 110, 17), df: false },
  { type: 'udp', sourcePort: 51234, destinationPort: 4789 },
  { type: 'vxlan', vni: 6002 },
] as const;

const sent: Packet = [mac(1, 2), ip('198.51.100.25', '203.0.113.43', 64, 60), syn];
const translated: Packet = [mac(1, 2), ip('198.51.100.25', '192.168.20.20', 64, 60), syn];
const routed: Packet = [mac(3, 4), ip('198.51.100.25', '192.168.20.20', 63, 60), syn];
const carried: Packet = [...outer, ...routed];

const user = (steps: readonly Step[]): Hop => ({ node: 'user', nodeKind: 'host', depth: 0, steps });

const requestHops: readonly Hop[] = [
  user([
    step('originate/send', { ...tuple, bytes: 60 }, sent.slice(1)),
    step(
      'transmit/send',
      { interface: 'eth0', segment: 'internet', lengthBytes: 60, mtuBytes: 1500 },
      sent,
    ),
  ]),
  {
    node: 'esg',
    nodeKind: 'edge-gateway',
    depth: 0,
    steps: [
      step('receive/accept', { interface: 'vnic1', segment: 'public' }, sent),
      step('firewall/accept', { ...tuple, rule }, sent),
      step(
        'nat/dnat',
        {
          rule: { number: 5, id: 'dnat-5' },
          from: '203.0.113.43:443',
          to: '192.168.20.20:443',
        },
        translated,
      ),
      step(
        'route/match',
        {
          destination: '192.168.20.20',
          prefix: '192.168.20.0/24',
          origin: 'static',
          route: 'to-icp',
          via: '192.168.100.2',
          interface: 'vnic2',
          choices: 1,
        },
        routed,
      ),
      step(
        'transmit/send',
        { interface: 'vnic2', segment: 'transit', lengthBytes: 60, mtuBytes: 1500 },
        routed,
      ),
    ],
  },
  {
    node: 'esxi-01',
    nodeKind: 'hypervisor',
    depth: 0,
    steps: [
      step(
        'switch/remote',
        { segment: 'icp', to: 'proxy-1', through: 'VTEP 10.208.241.13' },
        routed,
      ),
      step(
        'encapsulate/vxlan',
        {
          vni: 6002,
          segment: 'icp',
          from: '10.208.241.11',
          to: '10.208.241.13',
          overheadBytes: 50,
        },
        carried,
      ),
    ],
  },
  {
    node: 'esxi-02',
    nodeKind: 'hypervisor',
    depth: 1,
    steps: [
      step('receive/accept', { interface: 'vmk1', segment: 'vtep' }, carried),
      step('decapsulate/vxlan', { vni: 6002, segment: 'icp' }, routed),
      step('switch/local', { segment: 'icp', to: 'proxy-1' }, routed),
    ],
  },
  {
    node: 'proxy-1',
    nodeKind: 'host',
    depth: 0,
    steps: [
      step('receive/accept', { interface: 'eth0', segment: 'icp' }, routed),
      step(
        'deliver/listener',
        { ...tuple, destination: '192.168.20.20', listener: 'ingress controller' },
        routed,
      ),
    ],
  },
];

const answer: Packet = [mac(2, 1), ip('203.0.113.43', '198.51.100.25', 63, 60), synAck];
const back = {
  protocol: 'tcp',
  source: '203.0.113.43',
  sourcePort: 443,
  destination: '198.51.100.25',
  destinationPort: 49152,
} as const;

/** A request through a tunnel and its reply, with a warning and an assumption. */
export const reachable: Result = {
  status: 'reachable',
  pathMtu: 1500,
  warnings: [
    {
      code: 'mtu-reduced',
      text: 'Packets of more than 1450 bytes do not fit into the tunnel between esxi-01 and esxi-02; esxi-01 tells the sender to make them smaller.',
      at: 'segment:vtep',
      detail: {
        sender: 'esxi-01',
        sentBytes: 1500,
        passesBytes: 1450,
        device: 'esxi-01',
        interface: 'vmk1',
        segment: 'vtep',
        lengthBytes: 1550,
        mtuBytes: 1500,
      },
    },
  ],
  assumptions: ['Routing in the internet is assumed'],
  assumed: [{ code: 'internet', detail: {} }],
  forward: [
    {
      disposition: 'delivered',
      probability: 1,
      legs: [
        {
          purpose: 'request',
          title: 'tcp 443 user → 203.0.113.43',
          disposition: 'delivered',
          pathMtu: 1500,
          hops: requestHops,
        },
      ],
    },
  ],
  reverse: [
    {
      replyTo: 0,
      disposition: 'delivered',
      probability: 1,
      legs: [
        {
          purpose: 'reply',
          title: 'reply tcp 203.0.113.43 → user',
          disposition: 'delivered',
          pathMtu: 1500,
          hops: [
            {
              node: 'fcr',
              nodeKind: 'router',
              depth: 0,
              steps: [
                step('originate/send', { ...back, bytes: 60 }, answer.slice(1)),
                step(
                  'transmit/send',
                  { interface: 'inside', segment: 'internet', lengthBytes: 60, mtuBytes: 1500 },
                  answer,
                ),
              ],
            },
            user([
              step('receive/accept', { interface: 'eth0', segment: 'internet' }, answer),
              step('deliver/reply', back, answer),
            ]),
          ],
        },
      ],
    },
  ],
};

/** The edge's default rule drops the request. */
export const denied: Result = {
  status: 'unreachable',
  warnings: [],
  assumptions: [],
  assumed: [],
  forward: [
    {
      disposition: 'denied',
      probability: 1,
      legs: [
        {
          purpose: 'request',
          title: 'tcp 443 user → 203.0.113.43',
          disposition: 'denied',
          hops: [
            ...requestHops.slice(0, 1),
            {
              node: 'esg',
              nodeKind: 'edge-gateway',
              depth: 0,
              steps: [
                step('receive/accept', { interface: 'vnic1', segment: 'public' }, sent),
                step('firewall/deny', tuple, sent),
                step(
                  'drop/packet',
                  {
                    disposition: 'denied',
                    reason: 'the default rule denies it',
                    because: {
                      code: 'filtered',
                      detail: { ...tuple, device: 'esg', action: 'deny' },
                    },
                  },
                  sent,
                ),
              ],
            },
          ],
        },
      ],
    },
  ],
  reverse: [],
};

/** Two equal paths that end differently. */
export const twoPaths: Result = {
  ...reachable,
  warnings: [],
  assumptions: [],
  assumed: [],
  forward: [
    ...reachable.forward.map((trace) => ({ ...trace, probability: 2 / 3 })),
    ...denied.forward.map((trace) => ({ ...trace, probability: 1 / 3 })),
  ],
};

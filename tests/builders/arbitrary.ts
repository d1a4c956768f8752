import fc from 'fast-check';
import type { Design, EntityOf } from '../../src-main/model/design.ts';
import { textOf } from './awkward-texts.ts';
import { network, type NetworkBuilder } from './network.ts';

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

const described = fc.record(
  {
    name: textOf(1, 200),
    notes: textOf(0, 400),
    tags: fc.array(textOf(1, 63), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const labelText = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?$/);
const labels = fc.dictionary(
  fc.oneof(labelText, fc.constantFrom('no', 'constructor', '10', '9')),
  labelText,
  {
    maxKeys: 4,
    noNullPrototype: true,
  },
);
const ports = fc.oneof(
  fc.integer({ min: 1, max: 65535 }),
  fc
    .tuple(fc.integer({ min: 1, max: 30000 }), fc.nat(30000))
    .map(([from, more]) => `${from}-${from + more}`),
);
const service = fc.oneof(
  fc.record({ protocol: fc.constantFrom('icmp' as const, 'esp' as const, 'any' as const) }),
  fc.record(
    {
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      ports: fc.array(ports, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['protocol'] },
  ),
);

/** A valid design: any mix of segments, hosts, routers, rules, hypervisors, a cluster, and questions about them. */
export const arbitraryDesign: fc.Arbitrary<Design> = fc.gen().map((generate) => {
  const draw: Draw = (arbitrary) => generate(() => arbitrary);
  const builder = network();
  const plan = draw(
    fc.record({
      segments: fc.integer({ min: 1, max: 4 }),
      hosts: fc.integer({ min: 1, max: 6 }),
      routers: fc.integer({ min: 0, max: 3 }),
      hypervisors: fc.integer({ min: 0, max: 2 }),
      hasCluster: fc.boolean(),
    }),
  );
  const lans = Array.from({ length: plan.segments }, (_, at) => addSegment(draw, builder, at));
  for (let at = 0; at < plan.hypervisors; at += 1) {
    builder.hypervisor(`esxi-${at}`, [], {
      vteps: `10.200.0.${at + 1}/24`,
      ...draw(described),
    });
  }
  if (plan.hypervisors > 0) builder.segment('underlay', '10.200.0.0/24', { mtu: 9000 });
  const routers = Array.from({ length: plan.routers }, (_, at) =>
    addRouter(draw, builder, lans, at),
  );
  const hosts = Array.from({ length: plan.hosts }, (_, at) =>
    addHost(draw, builder, lans, at, plan.hypervisors),
  );
  const pods = plan.hasCluster ? addCluster(draw, builder, hosts) : [];
  addQuestions(draw, builder, [...hosts, ...routers], pods);
  return builder.build(draw(textOf(1, 200)));
});

interface Lan {
  readonly id: string;
  readonly at: number;
  readonly hasV6: boolean;
}

function addSegment(draw: Draw, builder: NetworkBuilder, at: number): Lan {
  const id = `net-${at}`;
  const hasV6 = draw(fc.boolean());
  const subnets = [`10.${at}.0.0/24`, ...(hasV6 ? [`2001:db8:${at}::/64`] : [])];
  const options = {
    ...draw(described),
    ...draw(fc.record({ mtu: fc.integer({ min: 68, max: 65535 }) }, { requiredKeys: [] })),
    ...(draw(fc.boolean()) && { gateway: `10.${at}.0.1` }),
  };
  const kind = draw(fc.constantFrom('lan' as const, 'vlan' as const, 'vxlan' as const));
  if (kind === 'lan') builder.segment(id, subnets, options);
  else if (kind === 'vlan') builder.vlan(id, 100 + at, subnets, options);
  else builder.vxlan(id, 6000 + at, subnets, options);
  return { id, at, hasV6 };
}

const addressesOn = ({ at, hasV6 }: Lan, host: number) =>
  [`10.${at}.0.${host}/24`, ...(hasV6 ? [`2001:db8:${at}::${host.toString(16)}/64`] : [])].join(
    ',',
  );

function addHost(
  draw: Draw,
  builder: NetworkBuilder,
  lans: readonly Lan[],
  at: number,
  hypervisors: number,
): string {
  const id = `host-${at}`;
  const lan = draw(fc.constantFrom(...lans));
  const runsOn = draw(fc.integer({ min: -1, max: hypervisors - 1 }));
  builder.host(id, addressesOn(lan, 100 + at), {
    ...draw(described),
    gateway: `10.${lan.at}.0.1`,
    listens: draw(
      fc.subarray(['tcp 80', 'tcp 443', 'udp 53', `tcp 22 at 10.${lan.at}.0.${100 + at}`]),
    ),
    ...(runsOn >= 0 && { runsOn: `esxi-${runsOn}` }),
    ...(draw(fc.boolean()) && {
      resolvers: [`10.${lan.at}.0.100`],
      searchDomains: ['corp.example'],
    }),
    ...(draw(fc.boolean()) && {
      dns: {
        zones: {
          'corp.example': {
            'db.corp.example': [`10.${lan.at}.0.9`, '2001:db8::9'],
            'no.corp.example': 'db.corp.example',
          },
        },
      },
    }),
  });
  return id;
}

function addRouter(draw: Draw, builder: NetworkBuilder, lans: readonly Lan[], at: number): string {
  const id = `router-${at}`;
  const joined = draw(fc.subarray([...lans], { minLength: 1 }));
  const [lan = lans[0] as Lan] = joined;
  const address = (one: Lan) => `10.${one.at}.0.${at + 1}`;
  const rules = draw(
    fc.array(
      fc.record(
        {
          name: textOf(1, 40),
          enabled: fc.boolean(),
          services: fc.array(service, { maxLength: 3 }),
          inInterface: fc.nat(joined.length - 1).map((index) => `eth${index}`),
          sources: fc.subarray([
            'any',
            '10.0.0.0/8',
            '192.0.2.1',
            '10.0.0.5-10.0.0.9',
            '2001:db8::/32',
          ]),
          action: fc.constantFrom('accept' as const, 'deny' as const, 'reject' as const),
        },
        { requiredKeys: ['action'] },
      ),
      { maxLength: 4 },
    ),
  );
  const options = {
    ...draw(described),
    routes: draw(
      fc.subarray([
        `0.0.0.0/0 via 10.${lan.at}.0.1`,
        '::/0 dev eth0',
        'far: 192.0.2.0/24 discard',
        '10.99.0.0/16 dev eth0 metric 5 distance 10',
      ]),
    ),
    ...(draw(fc.boolean()) && {
      firewall: {
        defaultAction: draw(fc.constantFrom('accept' as const, 'deny' as const)),
        rules: rules.map((rule, index) => ({ id: `rule-${index}`, ...rule })),
      },
    }),
    nat: draw(
      fc.subarray([
        `snat 10.0.0.0/8 to interface on eth0`,
        `dnat 203.0.113.9 tcp 80,8000-8080 to ${address(lan)} port 80`,
        'disabled: disabled snat any to 203.0.113.9 for 192.0.2.0/24',
      ]),
    ),
  };
  const interfaces = joined.map((one) => addressesOn(one, at + 1));
  if (draw(fc.boolean())) builder.edge(id, interfaces, options);
  else builder.router(id, interfaces, options);
  return id;
}

/** Gives the ids of its pods. */
function addCluster(draw: Draw, builder: NetworkBuilder, hosts: readonly string[]): string[] {
  const members = draw(fc.subarray([...hosts], { minLength: 1 }));
  const on = draw(fc.array(fc.constantFrom(...members), { maxLength: 4 }));
  builder
    .cluster('k', members, {
      ...draw(described),
      flavour: draw(fc.constantFrom('icp' as const, 'iks' as const)),
      namespaces: [{ name: 'default', labels: draw(labels) }],
      calico: {
        ipPools: [{ id: 'pool', cidr: '172.28.0.0/16', ipInIp: 'always', natOutgoing: true }],
      },
    })
    .workload('web', on, {
      labels: { app: 'web', ...draw(labels) },
      ports: ['http 8080', '53/UDP'],
    })
    .service('web', '172.29.0.10', ['http 80 -> http', '53/UDP'])
    .ingress('shop', ['shop.example.com/ -> web:http', '/x -> web:80'], {
      defaultBackend: 'web:80',
    })
    .networkPolicy('lock', {
      podSelector: { matchLabels: draw(labels) },
      ingress: [
        {
          from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { podSelector: {} }],
        },
      ],
    });
  return on.map((_, index) => `web-${index + 1}`);
}

function addQuestions(
  draw: Draw,
  builder: NetworkBuilder,
  nodes: readonly string[],
  pods: readonly string[],
): void {
  const count = draw(fc.integer({ min: 0, max: 4 }));
  const target = fc.oneof(
    fc.constantFrom(...nodes, ...pods),
    fc.constantFrom('https://shop.example.com/', '192.0.2.9', '2001:db8::9', 'db.corp.example'),
  );
  for (let at = 0; at < count; at += 1) {
    builder.flow(`flow-${at}`, draw(fc.constantFrom(...nodes, ...pods)), draw(target), {
      ...draw(described),
      ...draw(
        fc.record(
          {
            packetBytes: fc.integer({ min: 28, max: 65535 }),
            df: fc.boolean(),
            protocol: fc.constantFrom('tcp' as const, 'udp' as const),
          },
          { requiredKeys: [] },
        ),
      ),
      port: draw(fc.integer({ min: 1, max: 65535 })),
    });
    const expect = draw(fc.constantFrom('reachable' as const, 'blocked' as const));
    builder.add('intent', {
      id: `intent-${at}`,
      subject: { kind: 'flow', flow: `flow-${at}` },
      expect,
    });
  }
  for (const node of draw(fc.subarray([...nodes]))) builder.add('layout', draw(layoutOf(node)));
}

const coordinate = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0);
const layoutOf = (node: string): fc.Arbitrary<EntityOf<'layout'>> =>
  fc
    .record(
      {
        x: coordinate,
        y: coordinate,
        width: fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0),
        collapsed: fc.boolean(),
      },
      { requiredKeys: ['x', 'y'] },
    )
    .map((place) => ({ id: `node:${node}`, ...place }));

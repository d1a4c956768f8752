import fc from 'fast-check';
import type { Design } from '../../src-main/model/design.ts';
import { everywhere, hostAddress, interfaceAddresses } from './address-plan.ts';
import type { Sketch } from './sketch.ts';

const ranges = {
  pods: { 4: '172.28.0.0/16', 6: 'fd00:28::/64' },
  services: { 4: '172.29.0.0/16', 6: 'fd00:29::/112' },
} as const;
const serviceAddress = (family: 4 | 6, number: number) =>
  family === 4 ? `172.29.0.${number}` : `fd00:29::${number.toString(16)}`;

/** Two or three nodes on one network or two, web pods behind a service and an ingress, and cluster DNS. */
export function addCluster(sketch: Sketch): void {
  const { draw, builder, has, networks, hypervisors, overlay, taken, forwarding } = sketch;
  const count = draw(fc.integer({ min: 2, max: 3 }));
  const members = Array.from({ length: count }, (_, at) => `k${at}`);
  for (const [at, id] of members.entries()) {
    const item = draw(fc.constantFrom(...networks));
    const host = 100 + at;
    taken.push({ node: id, network: item, host });
    const gateway = taken.find(({ network: on, node }) => on === item && forwarding.has(node));
    builder.host(
      id,
      [{ id: 'eth0', segment: item.id, addresses: interfaceAddresses(item, has, host) }],
      {
        routes: has.map((family) => ({
          destination: everywhere(family),
          via: hostAddress(item, family, gateway?.host ?? 1),
        })),
        listens: ['tcp 6443'],
        ...(overlay.has(item.id) && hypervisors.length > 0
          ? { runsOn: draw(fc.constantFrom(...hypervisors)) }
          : {}),
      },
    );
  }
  const modes = fc.constantFrom('always' as const, 'cross-subnet' as const, 'never' as const);
  const pools = has.map((family) => ({
    id: `pool-${family}`,
    cidr: ranges.pods[family],
    ...draw(fc.record({ natOutgoing: fc.boolean() }, { requiredKeys: [] })),
    ...(family === 4 ? draw(fc.record({ ipInIp: modes }, { requiredKeys: [] })) : {}),
  }));
  const placedOn = (least: number) =>
    draw(fc.array(fc.constantFrom(...members), { minLength: least, maxLength: 3 }));
  const ingressOnHosts = draw(fc.boolean());
  builder
    .cluster(
      'k8s',
      members.map((id, at) => (at === 0 ? `${id} master,proxy` : id)),
      {
        flavour: draw(fc.constantFrom('icp' as const, 'kubernetes' as const)),
        podCidrs: has.map((family) => ranges.pods[family]),
        serviceCidrs: has.map((family) => ranges.services[family]),
        dns: { service: 'kube-dns' },
        ...(draw(fc.boolean()) ? { calico: draw(calico(pools)) } : {}),
        ingressController: { workload: 'controller' },
      },
    )
    .workload('web', placedOn(0), { ports: ['http 8080'] })
    .workload('dns', placedOn(1), { ports: ['53/UDP', '53/TCP'] })
    .workload('controller', [members[0] ?? ''], {
      ports: ['80', '443'],
      ...(ingressOnHosts ? { hostNetwork: true } : {}),
    })
    .service(
      'web',
      has.map((family) => serviceAddress(family, 20)),
      ['http 80 -> http'],
    )
    .service(
      'kube-dns',
      has.map((family) => serviceAddress(family, 10)),
      ['53/UDP', '53/TCP'],
      {
        selector: { app: 'dns' },
      },
    )
    .ingress('shop', ['shop.corp.test/ -> web:80', '*.corp.test/api -> web:http']);
  addPolicies(sketch, members[0] ?? '');
}

/** Some that isolate the web pods, some that let the controller through, and a guarded node. */
function addPolicies({ draw, builder }: Sketch, member: string): void {
  const web = { matchLabels: { app: 'web' } };
  const peers = fc.constantFrom(
    { podSelector: { matchLabels: { app: 'controller' } } },
    { namespaceSelector: {} },
    { ipBlock: { cidr: '0.0.0.0/0', except: ['172.28.0.0/16'] } },
  );
  const types = fc.subarray(['Ingress' as const, 'Egress' as const], { minLength: 1 });
  if (draw(fc.boolean())) {
    const rules = { policyTypes: draw(types), ingress: [{ from: [draw(peers)] }] };
    builder.networkPolicy('web', { podSelector: web, ...rules });
  }
  if (!draw(fc.boolean())) return;
  const action = draw(fc.constantFrom('Allow' as const, 'Deny' as const, 'Pass' as const));
  const preDNAT = draw(fc.boolean());
  const flags = preDNAT ? { preDNAT } : {};
  builder
    .hostEndpoint('guarded', `${member}/${draw(fc.constantFrom('eth0', '*'))}`)
    .calicoPolicy('guard', { ingress: [{ action }], applyOnForward: true, ...flags });
}

type Pools = NonNullable<NonNullable<NonNullable<Design['clusters']>[number]['calico']>['ipPools']>;
const calico = (pools: Pools) =>
  fc.record(
    { mtu: fc.constantFrom(1280, 1400, 1430, 1480, 1500), ipPools: fc.constant(pools) },
    { requiredKeys: [] },
  );

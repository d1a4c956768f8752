/** Questions to a random design: from everybody to everybody, and to what does not exist. */
import fc from 'fast-check';
import type { Design, Flow } from '../../src-main/model/design.ts';
import { ipPlus, prefix } from '../../src-main/model/ip.ts';
import { parseEntity } from '../../src-main/model/validate.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import { nonsenseAddress } from './address-plan.ts';
import { anyServerPort } from './arbitrary-rules.ts';

const unusedAddress = ({ cidr }: { readonly cidr: string }) =>
  ipPlus(prefix(cidr).network, 180n).text;

export function arbitraryFlow(design: Design): fc.Arbitrary<Flow> {
  const nodes = design.nodes ?? [];
  const pods = (design.workloads ?? []).flatMap((workload) => workload.pods);
  const addresses = [
    ...nodes.flatMap((node) =>
      (node.interfaces ?? []).flatMap((item) =>
        (item.addresses ?? []).map((text) => text.split('/')[0] ?? text),
      ),
    ),
    ...pods.flatMap((pod) => pod.addresses ?? []),
    ...(design.services ?? []).flatMap((service) => service.clusterIps ?? []),
  ];
  const has = ([4, 6] as const).filter((family) =>
    addresses.some((text) => text.includes(':') === (family === 6)),
  );
  const anyAddress = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...addresses) },
    { weight: 1, arbitrary: nonsenseAddress(has) },
  );
  const node = fc.constantFrom(...nodes.map(({ id }) => id));
  const pod = pods.length > 0 ? [fc.constantFrom(...pods.map(({ id }) => id))] : [];
  const segments = design.segments ?? [];
  const services = (design.services ?? []).map(({ id }) => id);

  const from = fc.oneof(
    { weight: 4, arbitrary: node.map((id) => ({ kind: 'node', node: id })) },
    ...pod.map((ids) => ({ weight: 2, arbitrary: ids.map((id) => ({ kind: 'pod', pod: id })) })),
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...segments)
        .chain((segment) =>
          fc
            .oneof(fc.constantFrom(...(segment.subnets ?? []).map(unusedAddress)), anyAddress)
            .map((address) => ({ kind: 'address', address, segment: segment.id })),
        ),
    },
  );
  const names = fc.constantFrom(
    'www.corp.test',
    'shop.corp.test',
    'db.corp.test',
    'loop.corp.test',
    'nobody.test',
    'web',
    'web.default.svc.cluster.local',
  );
  const url = fc.oneof(
    fc.constantFrom(
      'https://shop.corp.test/',
      'http://www.corp.test/api',
      'http://web/',
      'https://x.corp.test/api',
    ),
    anyAddress.map((text) => `http://${text.includes(':') ? `[${text}]` : text}/`),
  );
  const to = fc.oneof(
    { weight: 4, arbitrary: anyAddress.map((address) => ({ kind: 'address', address })) },
    { weight: 3, arbitrary: node.map((id) => ({ kind: 'node', node: id })) },
    { weight: 1, arbitrary: names.map((name) => ({ kind: 'name', name })) },
    { weight: 2, arbitrary: url.map((text) => ({ kind: 'url', url: text })) },
    ...pod.map((ids) => ({ weight: 1, arbitrary: ids.map((id) => ({ kind: 'pod', pod: id })) })),
    ...(services.length > 0
      ? [
          {
            weight: 2,
            arbitrary: fc.constantFrom(...services).map((id) => ({ kind: 'service', service: id })),
          },
        ]
      : []),
  );
  const proxy = fc.record(
    {
      host: anyAddress,
      port: fc.constantFrom(3128, 8080),
      noProxy: fc.constantFrom('', '*', '.corp.test', '10.0.0.0/8,web', 'nobody.test'),
      client: fc.constantFrom('go', 'curl'),
    },
    { requiredKeys: ['host', 'port', 'client'] },
  );
  return fc
    .record(
      {
        from,
        to,
        protocol: fc.constantFrom('tcp', 'tcp', 'udp', 'icmp'),
        port: fc.oneof(
          { weight: 5, arbitrary: anyServerPort },
          { weight: 1, arbitrary: fc.constantFrom(6443, 9999) },
        ),
        sourcePort: fc.integer({ min: 1, max: 65535 }),
        packetBytes: fc.constantFrom(28, 60, 60, 60, 576, 576, 1400, 1500, 9000, 60000),
        df: fc.boolean(),
        family: fc.constantFrom(4, 6),
        proxy: fc.oneof(
          { weight: 3, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: proxy },
        ),
      },
      { requiredKeys: ['from', 'to', 'port'] },
    )
    .map(({ proxy: chosen, ...made }) => {
      const parsed = parseEntity('flow', {
        id: 'f',
        ...made,
        ...(chosen ? { proxy: chosen } : {}),
      });
      if (parsed.ok) return parsed.value;
      throw new Error(parsed.issues.map(issueSentence).join('\n'));
    });
}

/** A design with a few questions to it. */
export const designWithFlows = (
  designs: fc.Arbitrary<Design>,
): fc.Arbitrary<{ readonly design: Design; readonly flows: readonly Flow[] }> =>
  designs.chain((design) =>
    fc
      .array(arbitraryFlow(design), { minLength: 1, maxLength: 4 })
      .map((flows) => ({ design, flows })),
  );

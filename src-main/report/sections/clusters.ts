import type { Cluster } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, sectionId, type Block, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';

export function clusters(speaker: Speaker): Section | undefined {
  const { design, t } = speaker;
  if (!design.clusters?.length) return undefined;
  return {
    id: 'clusters',
    title: t.clusters,
    onNewPage: true,
    blocks: [],
    sections: design.clusters.map((cluster) => ({
      id: sectionId('cluster', cluster.id),
      title: visibleText(cluster.name ?? cluster.id),
      blocks: [facts(speaker, cluster), ...tables(speaker, cluster)],
    })),
  };
}

function facts({ t, node, design }: Speaker, cluster: Cluster): Block {
  const roles = new Map<string, string[]>();
  for (const member of cluster.nodes) {
    for (const role of member.roles) {
      roles.set(role, [...(roles.get(role) ?? []), node(member.node)]);
    }
  }
  const pools = cluster.calico?.ipPools ?? [];
  const mode = (pool: (typeof pools)[number]) => {
    const modes = [
      ...(pool.ipInIp && pool.ipInIp !== 'never'
        ? [`${t.encapsulation.ipInIp} (${pool.ipInIp})`]
        : []),
      ...(pool.vxlan && pool.vxlan !== 'never' ? [`${t.encapsulation.vxlan} (${pool.vxlan})`] : []),
    ];
    return modes.length === 0 ? t.encapsulation.none : modes.join(', ');
  };
  const of = { cluster: cluster.id };
  const count = (all: readonly { readonly cluster: string }[] | undefined) =>
    (all ?? []).filter((one) => one.cluster === of.cluster).length;
  return {
    kind: 'facts',
    rows: [
      { label: t.type, value: [cluster.flavour] },
      ...[...roles].map(([role, names]) => ({
        label: visibleText(role),
        value: [names.join(', ')],
      })),
      { label: t.podRange, value: [code(cluster.podCidrs.join(', '))] },
      { label: t.serviceRange, value: [code(cluster.serviceCidrs.join(', '))] },
      ...(cluster.nodePortRange
        ? [
            {
              label: t.nodePorts,
              value: [code(`${cluster.nodePortRange.from}–${cluster.nodePortRange.to}`)],
            },
          ]
        : []),
      { label: t.proxyMode, value: [cluster.kubeProxyMode ?? 'iptables'] },
      ...pools.map((pool) => ({
        label: t.calico,
        value: [
          code(pool.cidr),
          ` ${mode(pool)}; ${t.natOutgoing}: ${pool.natOutgoing === true ? t.yes : t.no}`,
        ],
      })),
      ...(cluster.calico?.mtu === undefined
        ? []
        : [{ label: t.podMtu, value: [t.bytes(cluster.calico.mtu)] }]),
      {
        label: t.policies,
        value: [
          t.policiesText(
            count(design.networkPolicies),
            count(design.calicoPolicies),
            count(design.hostEndpoints),
          ),
        ],
      },
    ],
  };
}

function tables({ design, t, node }: Speaker, { id }: Cluster): readonly Block[] {
  const own = <One extends { readonly cluster: string }>(all: readonly One[] | undefined) =>
    (all ?? []).filter(({ cluster }) => cluster === id);
  const workloads = own(design.workloads);
  const services = own(design.services);
  const ingresses = own(design.ingresses);
  const blocks: Block[] = [];
  if (workloads.length > 0) {
    blocks.push({
      kind: 'table',
      caption: t.workloads,
      columns: [{ label: t.name }, { label: t.kind }, { label: t.namespace }, { label: t.pods }],
      rows: workloads.map((one) => ({
        cells: [
          [visibleText(one.name ?? one.id)],
          [one.kind],
          [visibleText(one.namespace)],
          [
            one.pods
              .map(({ node: on, addresses = [] }) => [...addresses, `@ ${node(on)}`].join(' '))
              .join(', '),
          ],
        ],
      })),
    });
  }
  if (services.length > 0) {
    blocks.push({
      kind: 'table',
      caption: t.services,
      columns: [
        { label: t.name },
        { label: t.type },
        { label: t.namespace },
        { label: t.address },
        { label: t.ports },
      ],
      rows: services.map((one) => ({
        cells: [
          [visibleText(one.name ?? one.id)],
          [one.type],
          [visibleText(one.namespace)],
          [code(one.clusterIps?.join(', ') ?? one.externalName ?? t.none)],
          [
            code(
              (one.ports ?? [])
                .map(({ port, nodePort }) =>
                  nodePort === undefined ? String(port) : `${port}:${nodePort}`,
                )
                .join(', ') || t.none,
            ),
          ],
        ],
      })),
    });
  }
  if (ingresses.length > 0) {
    blocks.push({
      kind: 'table',
      caption: t.ingresses,
      columns: [{ label: t.name }, { label: t.namespace }, { label: t.hosts }],
      rows: ingresses.map((one) => ({
        cells: [
          [visibleText(one.name ?? one.id)],
          [visibleText(one.namespace)],
          [one.rules.map(({ host }) => host ?? t.any).join(', ') || t.any],
        ],
      })),
    });
  }
  return blocks;
}

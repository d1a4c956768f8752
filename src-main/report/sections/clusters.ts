import type { Cluster } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, sectionId, toned, type Block, type Line, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { ingressTable, serviceTable, workloadTable } from './cluster-tables.ts';
import { notesOf } from './notes.ts';

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
      blocks: [facts(speaker, cluster), ...tables(speaker, cluster)].filter(
        (block) => block !== undefined,
      ),
    })),
  };
}

function facts(speaker: Speaker, cluster: Cluster): Block {
  const { t, node, design } = speaker;
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
        ? [`${t.encapsulation.ipInIp} (${t.encapsulation.modes[pool.ipInIp]})`]
        : []),
      ...(pool.vxlan && pool.vxlan !== 'never'
        ? [`${t.encapsulation.vxlan} (${t.encapsulation.modes[pool.vxlan]})`]
        : []),
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
          ...(pool.disabled ? [' ', toned('warn', t.disabled)] : []),
        ],
      })),
      ...(cluster.calico?.mtu === undefined
        ? []
        : [{ label: t.podMtu, value: [t.bytes(cluster.calico.mtu)] }]),
      ...controllers(speaker, cluster),
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

/** Who serves ingresses, and by which ports. */
function controllers({ t, design }: Speaker, cluster: Cluster) {
  const { ingressController: main, otherIngressControllers: others = [] } = cluster;
  const ports = ({ httpPort = 80, httpsPort = 443 }: NonNullable<typeof main>): string =>
    `HTTP ${httpPort}, HTTPS ${httpsPort}`;
  const value = (one: NonNullable<typeof main>, classes: readonly string[] = []): Line => {
    const name = design.workloads?.find(({ id }) => id === one.workload)?.name ?? one.workload;
    return [
      `${visibleText(name)} (${ports(one)})`,
      ...(classes.length === 0 ? [] : [' ', code(classes.map(visibleText).join(', '))]),
    ];
  };
  return [
    ...(main ? [{ label: t.ingressController, value: value(main) }] : []),
    ...others.map((one) => ({ label: t.ingressController, value: value(one, one.classes) })),
  ];
}

function tables(speaker: Speaker, cluster: Cluster): readonly (Block | undefined)[] {
  const { design, t } = speaker;
  const own = <One extends { readonly cluster: string }>(all: readonly One[] | undefined) =>
    (all ?? []).filter((one) => one.cluster === cluster.id);
  const workloads = own(design.workloads);
  const services = own(design.services);
  const ingresses = own(design.ingresses);
  return [
    workloadTable(speaker, workloads),
    serviceTable(speaker, services),
    ingressTable(speaker, ingresses),
    notesOf(t, [cluster, ...workloads, ...services, ...ingresses]),
  ];
}

import type { CalicoPolicy, Cluster, HostEndpoint, NetworkPolicy } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { selectableHost } from '../../sim/compile/policies-calico.ts';
import { policiesInOrder, type SourcePolicy } from '../../sim/compile/policies.ts';
import { selectablePods } from '../../sim/compile/policy-endpoints.ts';
import type { PolicyDirection } from '../../sim/compile/policy-tables.ts';
import {
  code,
  paragraph,
  sectionId,
  toned,
  type Block,
  type Line,
  type Row,
  type Section,
} from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { calicoRules, kubernetesRules, type RuleCells } from './policy-rules.ts';
import { labelsText, selectorText } from './selectors.ts';

/** Of each cluster the policies that are enforced, rule by rule in the order in which they are looked at, and host endpoints. */
export function policies(speaker: Speaker): Section | undefined {
  const { design, t } = speaker;
  const sections = (design.clusters ?? []).flatMap((cluster) => {
    const blocks = [...rules(speaker, cluster), ...hostEndpoints(speaker, cluster)];
    const title = visibleText(cluster.name ?? cluster.id);
    return blocks.length === 0 ? [] : [{ id: sectionId('policies', cluster.id), title, blocks }];
  });
  if (sections.length === 0) return undefined;
  return {
    id: 'policies',
    title: t.policy.title,
    onNewPage: true,
    blocks: [paragraph(t.policy.lead)],
    sections,
  };
}

function rules(speaker: Speaker, cluster: Cluster): readonly Block[] {
  const { design, t } = speaker;
  const workloads = (design.workloads ?? []).filter((one) => one.cluster === cluster.id);
  const { policies: inOrder } = policiesInOrder(design, cluster, workloads);
  if (inOrder.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: t.policy.rules,
      columns: [
        { label: t.number, align: 'right' },
        { label: t.policy.policy },
        { label: t.policy.selects },
        { label: t.policy.direction },
        { label: t.action },
        { label: t.source },
        { label: t.destination },
        { label: t.service },
      ],
      rows: inOrder.flatMap((source, at) => policyRows(speaker, cluster, source, at + 1)),
    },
  ];
}

function policyRows(
  speaker: Speaker,
  cluster: Cluster,
  source: SourcePolicy,
  number: number,
): readonly Row[] {
  const { design, t } = speaker;
  const kubernetes = source.isKubernetes
    ? design.networkPolicies?.find(({ id }) => id === source.id)
    : undefined;
  const calico = design.calicoPolicies?.find(({ id }) => id === source.id);
  const policy = kubernetes ?? calico;
  if (!policy) return [];
  const rulesOf = (direction: PolicyDirection): readonly RuleCells[] =>
    kubernetes
      ? kubernetesRules(speaker, kubernetes, direction)
      : calico
        ? calicoRules(speaker, calico, direction)
        : [];
  const about: Line[] = [
    [String(number)],
    nameOf(speaker, policy, source),
    linesOf([
      kubernetes
        ? [code(`${kubernetes.namespace}: ${selectorText(t, kubernetes.podSelector)}`)]
        : [code(calicoSelects(speaker, calico))],
      selected(speaker, cluster, source),
    ]),
  ];
  const rows = source.types.flatMap((direction): readonly RuleCells[] => {
    const way: Line = [t.policy.directions[direction]];
    const own = rulesOf(direction);
    if (own.length === 0) return [[way, [toned('bad', t.policy.nothingAllowed)], [], [], []]];
    return own.map((cells, at) => [at === 0 ? way : [], ...cells]);
  });
  return rows.map((cells, at) => ({ cells: [...(at === 0 ? about : [[], [], []]), ...cells] }));
}

function nameOf(
  { t }: Speaker,
  policy: NetworkPolicy | CalicoPolicy,
  { isKubernetes, order, stage, applyOnForward }: SourcePolicy,
): Line {
  const kind = isKubernetes
    ? t.policy.kinds.kubernetes
    : policy.namespace === undefined
      ? t.policy.kinds.global
      : t.policy.kinds.calico;
  const about = [
    order === Infinity ? t.policy.last : t.policy.order(order),
    ...(stage === 'normal' ? [] : [t.policy.stages[stage]]),
    ...(applyOnForward ? [t.policy.forwarded] : []),
  ];
  return linesOf([
    [visibleText(policy.name ?? policy.id)],
    [toned('faint', kind)],
    [toned('faint', about.join(', '))],
    ...(policy.notes === undefined ? [] : [[toned('faint', visibleText(policy.notes))]]),
  ]);
}

function calicoSelects({ t }: Speaker, policy: CalicoPolicy | undefined): string {
  const { namespace, selector = '', namespaceSelector } = policy ?? {};
  return [
    ...(namespace === undefined ? [] : [`${namespace}:`]),
    ...(namespaceSelector === undefined
      ? []
      : [t.policy.namespaces(visibleText(namespaceSelector))]),
    selector === '' ? 'all()' : visibleText(selector),
  ].join(' ');
}

/** Who that is in the design. */
function selected(speaker: Speaker, cluster: Cluster, source: SourcePolicy): Line {
  const { design, t } = speaker;
  const pods = (design.workloads ?? [])
    .filter((one) => one.cluster === cluster.id)
    .filter((one) => source.stage === 'normal' && selectablePods([one]).some(source.selects))
    .map(({ name, id }) => visibleText(name ?? id));
  const hosts = ofCluster(design.hostEndpoints, cluster)
    .filter((one) => source.selects(selectableHost(one)))
    .map(({ name, id }) => visibleText(name ?? id));
  const all = [...pods, ...hosts];
  return all.length === 0
    ? [toned('warn', t.policy.selectsNobody)]
    : [toned('faint', `= ${all.join(', ')}`)];
}

const ofCluster = (all: readonly HostEndpoint[] | undefined, { id }: Cluster) =>
  (all ?? []).filter(({ cluster }) => cluster === id);

function hostEndpoints(speaker: Speaker, cluster: Cluster): readonly Block[] {
  const { design, t, node } = speaker;
  const own = ofCluster(design.hostEndpoints, cluster);
  if (own.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: t.policy.hostEndpoints,
      columns: [
        { label: t.name },
        { label: t.node },
        { label: t.interface },
        { label: t.policy.expectedIps },
        { label: t.policy.labels },
        { label: t.policy.otherwise },
      ],
      rows: own.map((one) => ({
        cells: [
          [visibleText(one.name ?? one.id)],
          [node(one.node)],
          interfaceOf(speaker, one),
          [one.expectedIPs?.length ? code(one.expectedIPs.join(', ')) : t.none],
          [code(labelsText(one.labels) || t.none)],
          [
            one.profiles?.includes('projectcalico-default-allow')
              ? toned('good', t.policy.allowed)
              : toned('bad', t.policy.denied),
          ],
        ],
      })),
    },
  ];
}

function interfaceOf({ t }: Speaker, { interfaceName }: HostEndpoint): Line {
  if (interfaceName === undefined) return [t.policy.byAddress];
  return interfaceName === '*' ? [t.policy.allInterfaces] : [code(interfaceName)];
}

import type { Cluster, Design, InstallScenario } from '../model/design.ts';
import {
  endpointsFor,
  productOf,
  stepIn,
  type ArtifactKind,
  type Catalogue,
  type EndpointChoice,
  type InstallClient,
  type InstallMode,
  type Product,
} from './catalogue/index.ts';
import type { Setting } from './settings/read.ts';
import type { Asked } from './vocabulary.ts';

/** Things that one client on some nodes asks of the same hosts. */
export interface Want {
  readonly kind: ArtifactKind | 'call';
  readonly client: InstallClient;
  readonly references: readonly string[];
  readonly hidden?: string;
  readonly nodes: readonly string[];
  /** Who can be asked for artifacts, the first choice first. */
  readonly choices: readonly EndpointChoice[];
  /** Of a call, whom it is to. */
  readonly call?: Asked;
}

export interface WorkStep {
  readonly id: string;
  readonly title: string;
  readonly wants: readonly Want[];
}

/** What an install asks for, step by step. */
export interface Work {
  readonly product: Product;
  readonly cluster: Cluster | undefined;
  readonly boot: string | undefined;
  readonly steps: readonly WorkStep[];
  /** Nodes by roles, or by their own ids; in the order of the design. */
  nodesFor(neededBy: readonly string[]): readonly string[];
}

/** A text says why there is none. */
export function workOf(
  design: Design,
  scenario: InstallScenario,
  mode: InstallMode,
  catalogue: Catalogue,
): Work | string {
  const product = productOf(catalogue, scenario.product);
  if (!product) return `the catalogue does not know product ${scenario.product}`;
  const clusters = design.clusters ?? [];
  const cluster =
    scenario.cluster === undefined
      ? clusters[0]
      : clusters.find(({ id }) => id === scenario.cluster);
  if (!cluster && scenario.cluster !== undefined) {
    return `the design has no cluster ${scenario.cluster}`;
  }
  const boot = bootOf(design, cluster);
  const crew: Crew = { design, cluster, boot };
  const settings = scenario.settings ?? [];
  const steps: WorkStep[] = product.steps.map((step) => {
    const { needs, calls } = stepIn(step, mode);
    return {
      id: step.id,
      title: step.title,
      wants: [
        ...needs.flatMap((need) =>
          wantsOf(need, nodesFor(crew, need.neededBy), catalogue, settings),
        ),
        ...calls.map(({ client, neededBy, host, port, scheme, purpose }): Want => ({
          kind: 'call',
          client,
          references: [purpose],
          nodes: nodesFor(crew, neededBy),
          choices: [],
          call: { host, port, scheme, purpose: 'call' },
        })),
      ],
    };
  });
  const listed = listedWants(scenario, crew, steps, catalogue);
  if (listed.length > 0) {
    steps.push({ id: 'listed', title: 'Get what the scenario lists besides', wants: listed });
  }
  return {
    product,
    cluster,
    boot,
    steps: steps.map(withNodesOnly),
    nodesFor: (neededBy) => nodesFor(crew, neededBy),
  };
}

const withNodesOnly = ({ wants, ...step }: WorkStep): WorkStep => ({
  ...step,
  wants: wants.filter(({ nodes }) => nodes.length > 0),
});

interface Crew {
  readonly design: Design;
  readonly cluster: Cluster | undefined;
  readonly boot: string | undefined;
}

/** The member with the role, else a node of that name, else the first master, which then is its own boot node. */
function bootOf({ nodes = [] }: Design, cluster: Cluster | undefined): string | undefined {
  const withRole = (role: string) =>
    cluster?.nodes.find(({ roles }) => roles.some((one) => one === role))?.node;
  return withRole('boot') ?? nodes.find(({ id }) => id === 'boot')?.id ?? withRole('master');
}

/** Nodes by roles, or by their own ids; in the order of the design. */
function nodesFor({ design, cluster, boot }: Crew, neededBy: readonly string[]): readonly string[] {
  const members = new Map(cluster?.nodes.map(({ node, roles }) => [node, roles]));
  const isWanted = (id: string) =>
    neededBy.some(
      (who) =>
        who === id ||
        (who === 'boot' && id === boot) ||
        (who === 'all' && members.has(id)) ||
        members.get(id)?.some((role) => role === who),
    );
  return (design.nodes ?? []).map(({ id }) => id).filter(isWanted);
}

interface Needed {
  readonly kind: ArtifactKind;
  readonly client: InstallClient;
  readonly references: readonly string[];
  readonly hidden?: string;
}

/** One want for each set of hosts that are asked, and for each of apt and yum. */
function wantsOf(
  need: Needed,
  nodes: readonly string[],
  catalogue: Catalogue,
  settings: readonly Setting[],
): readonly Want[] {
  const { kind, hidden } = need;
  const byClient = new Map<InstallClient, string[]>();
  for (const node of nodes) {
    const client = packager(need.client, node, settings);
    const found = byClient.get(client);
    if (found) found.push(node);
    else byClient.set(client, [node]);
  }
  return [...byClient].flatMap(([client, own]) => {
    const groups = new Map<
      string,
      { readonly choices: readonly EndpointChoice[]; references: string[] }
    >();
    for (const given of need.references) {
      const reference = client === 'yum' ? (yumNames[given] ?? given) : given;
      const choices = endpointsFor(catalogue, kind, reference, client);
      const key = JSON.stringify(choices.map(({ requests }) => requests));
      const group = groups.get(key);
      if (group?.references.includes(reference)) continue;
      if (group) group.references.push(reference);
      else groups.set(key, { choices, references: [reference] });
    }
    return [...groups.values()].map(({ choices, references }): Want => ({
      kind,
      client,
      references,
      ...(hidden === undefined ? {} : { hidden }),
      nodes: own,
      choices,
    }));
  });
}

/** What packages of Debian and Ubuntu are called in RHEL and CentOS. */
const yumNames: Readonly<Record<string, string>> = {
  'nfs-common': 'nfs-utils',
  'nfs-kernel-server': 'nfs-utils',
  'python-minimal': 'python',
};

/** Machines whose settings speak of yum and not of apt have yum. */
function packager(
  client: InstallClient,
  node: string,
  settings: readonly Setting[],
): InstallClient {
  if (client !== 'apt') return client;
  const has = (other: InstallClient) =>
    settings.some((one) => one.client === other && (one.nodes?.includes(node) ?? true));
  return has('yum') && !has('apt') ? 'yum' : client;
}

const usualAudience: Readonly<Record<ArtifactKind, readonly string[]>> = {
  image: ['all'],
  chart: ['boot'],
  terraform: ['worker'],
  package: ['all', 'boot'],
  binary: ['boot'],
};

function clientFor(kind: ArtifactKind, product: InstallScenario['product']): InstallClient {
  switch (kind) {
    case 'image':
      return product === 'kubeadm' || product === 'rke2' ? 'containerd' : 'docker';
    case 'chart':
      return 'helm';
    case 'terraform':
      return 'terraform';
    case 'package':
      return 'apt';
    case 'binary':
      return 'curl';
    default:
      return kind satisfies never;
  }
}

/** What the scenario names beside the catalogue. */
function listedWants(
  { artifacts = [], product, settings = [] }: InstallScenario,
  crew: Crew,
  steps: readonly WorkStep[],
  catalogue: Catalogue,
): readonly Want[] {
  const groups = new Map<
    string,
    Needed & { readonly references: string[]; readonly by: readonly string[] }
  >();
  const known = new Map<string, Set<string>>();
  for (const { wants } of steps) {
    for (const { kind, references, nodes } of wants) {
      for (const reference of references) {
        const key = `${kind} ${reference}`;
        known.set(key, new Set([...(known.get(key) ?? []), ...nodes]));
      }
    }
  }
  for (const { kind, reference, neededBy = usualAudience[kind] } of artifacts) {
    const has = known.get(`${kind} ${reference}`);
    const nodes = nodesFor(crew, neededBy).filter((node) => !has?.has(node));
    if (nodes.length === 0) continue;
    const key = `${kind} ${nodes.join()}`;
    const group = groups.get(key);
    if (group) group.references.push(reference);
    else {
      const client = clientFor(kind, product);
      groups.set(key, { kind, client, references: [reference], by: nodes });
    }
  }
  return [...groups.values()].flatMap((need) => wantsOf(need, need.by, catalogue, settings));
}

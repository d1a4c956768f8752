import type { Design, Entity, Node } from '../../../../src-main/contract/index.ts';
import { visibleText } from '../../../i18n/visible-text.ts';

/** Something that can be typed, and what people call it. */
export interface Suggestion {
  readonly value: string;
  readonly detail?: string;
}

type Named = Entity & { readonly name?: string };

const entries = (items: readonly Entity[] | undefined): readonly Suggestion[] =>
  (items ?? []).map((item) => {
    const { name } = item as Named;
    return name === undefined || name === item.id
      ? { value: item.id }
      : { value: item.id, detail: visibleText(name) };
  });

/** Ids of one collection of the design. */
export const idsOf =
  (
    design: Design,
    key: Exclude<keyof Design, 'hopscope' | 'name' | 'notes'>,
    keep: (entity: never) => boolean = () => true,
  ) =>
  (): readonly Suggestion[] =>
    entries((design[key] as readonly Entity[] | undefined)?.filter((one) => keep(one as never)));

export const hypervisorsOf = (design: Design) =>
  idsOf(design, 'nodes', (node: Node) => node.kind === 'hypervisor');

export const interfacesOf = (node: Node | undefined) => (): readonly Suggestion[] =>
  (node?.interfaces ?? []).map(({ id, addresses }) => ({
    value: id,
    ...(addresses?.[0] !== undefined && { detail: addresses[0] }),
  }));

/** Every address that somebody has, with whose it is: for rules, translations, resolvers and next hops. */
export function addressesOf(design: Design) {
  return (): readonly Suggestion[] => {
    const found: Suggestion[] = [{ value: 'any' }];
    for (const { id, subnets } of design.segments ?? []) {
      for (const { cidr } of subnets ?? []) found.push({ value: cidr, detail: id });
    }
    for (const { id, interfaces } of design.nodes ?? []) {
      for (const { addresses } of interfaces ?? []) {
        for (const address of addresses ?? []) {
          found.push({ value: address.replace(/\/.*/, ''), detail: id });
        }
      }
    }
    return found;
  };
}

/** The same where an address is meant, not a match. */
export const hostAddressesOf = (design: Design) => (): readonly Suggestion[] =>
  addressesOf(design)().filter(({ value }) => /^[\d.:a-f]+$/i.test(value));

/** Those that fit what is typed: by their beginning first, then by any part of value or name. */
export function fitting(
  all: readonly Suggestion[],
  typed: string,
  most = 8,
): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const begins: Suggestion[] = [];
  const holds: Suggestion[] = [];
  for (const one of all) {
    const value = one.value.toLowerCase();
    const detail = one.detail?.toLowerCase() ?? '';
    if (value.startsWith(wanted) || detail.startsWith(wanted)) begins.push(one);
    else if (value.includes(wanted) || detail.includes(wanted)) holds.push(one);
    if (begins.length >= most) break;
  }
  return [...begins, ...holds].slice(0, most);
}

/** The word of a list that the caret stands in. */
export function wordAt(
  text: string,
  caret: number,
): { readonly from: number; readonly to: number } {
  const before = /[^\s,;]*$/.exec(text.slice(0, caret))?.[0] ?? '';
  const after = /^[^\s,;]*/.exec(text.slice(caret))?.[0] ?? '';
  return { from: caret - before.length, to: caret + after.length };
}

/** Destinations of routes: everything, and the subnets that are drawn. */
export const prefixesOf = (design: Design) => (): readonly Suggestion[] => [
  { value: '0.0.0.0/0', detail: 'default' },
  ...(design.segments ?? []).flatMap(({ id, subnets }) =>
    (subnets ?? []).map(({ cidr }) => ({ value: cidr, detail: id })),
  ),
];

/** Next hops: the gateways of the segments that the node stands on, and its neighbours there. */
export const gatewaysOf =
  (design: Design, node: Node): (() => readonly Suggestion[]) =>
  () => {
    const on = new Set((node.interfaces ?? []).map(({ segment }) => segment));
    const gateways = (design.segments ?? [])
      .filter(({ id }) => on.has(id))
      .flatMap(({ id, subnets }) =>
        (subnets ?? []).flatMap(({ gateway }) =>
          gateway === undefined ? [] : [{ value: gateway, detail: id }],
        ),
      );
    const known = new Set(gateways.map(({ value }) => value));
    const neighbours = (design.nodes ?? []).flatMap((other) =>
      other.id === node.id
        ? []
        : (other.interfaces ?? [])
            .filter(({ segment }) => segment !== undefined && on.has(segment))
            .flatMap(({ addresses }) =>
              (addresses ?? []).map((address) => ({
                value: address.replace(/\/.*/, ''),
                detail: other.id,
              })),
            ),
    );
    return [...gateways, ...neighbours.filter(({ value }) => !known.has(value))];
  };

/** Addresses of the nodes that answer names. */
export const resolversOf = (design: Design) => (): readonly Suggestion[] =>
  (design.nodes ?? []).flatMap((node) =>
    'dnsServer' in node
      ? (node.interfaces ?? []).flatMap(({ addresses }) =>
          (addresses ?? []).map((address) => ({
            value: address.replace(/\/.*/, ''),
            detail: visibleText(node.name ?? node.id),
          })),
        )
      : [],
  );

/** The addresses of one node itself. */
export const interfaceAddressesOf = (node: Node | undefined) => (): readonly Suggestion[] =>
  (node?.interfaces ?? []).flatMap(({ id, addresses }) =>
    (addresses ?? []).map((address) => ({ value: address.replace(/\/.*/, ''), detail: id })),
  );

export const nodeOf = (design: Design, id: string | undefined): Node | undefined =>
  design.nodes?.find((node) => node.id === id);

/** Things of one cluster, and of one namespace where it is named. */
export const inCluster =
  (
    items:
      readonly (Entity & { readonly cluster: string; readonly namespace: string })[] | undefined,
    cluster: string,
    namespace?: string,
  ) =>
  (): readonly Suggestion[] =>
    entries(
      items?.filter(
        (one) =>
          one.cluster === cluster && (namespace === undefined || one.namespace === namespace),
      ),
    );

export const namespacesOf = (design: Design, cluster: string) => (): readonly Suggestion[] => {
  const known = design.clusters?.find(({ id }) => id === cluster)?.namespaces ?? [];
  const used = (design.workloads ?? []).filter((one) => one.cluster === cluster);
  const names = [...known.map(({ name }) => name), ...used.map(({ namespace }) => namespace)];
  return [...new Set(names)].map((value) => ({ value }));
};

/** The nodes of a cluster. */
export const membersOf = (design: Design, cluster: string) => (): readonly Suggestion[] =>
  (design.clusters?.find(({ id }) => id === cluster)?.nodes ?? []).map(({ node, roles }) => ({
    value: node,
    detail: roles.join(', '),
  }));

/** Ingress classes that ingresses of a cluster name. */
export const ingressClassesOf = (design: Design, cluster: string) => (): readonly Suggestion[] => {
  const own = (design.ingresses ?? []).filter((ingress) => ingress.cluster === cluster);
  const names = own.flatMap(({ className }) => (className === undefined ? [] : [className]));
  return [...new Set(names)].map((value) => ({ value }));
};

type Labels = Readonly<Record<string, string>>;

/** Each label once, as a Calico selector asks for it. */
function asSelectors(labels: readonly (Labels | undefined)[]): readonly Suggestion[] {
  const said = labels.flatMap((map) =>
    Object.entries(map ?? {}).map(([key, value]) => `${key} == '${value}'`),
  );
  return [...new Set(said)].sort().map((value) => ({ value }));
}

/** Selectors for the labels that pods and host endpoints of a cluster have. */
export const selectorsOf = (design: Design, cluster: string) => (): readonly Suggestion[] =>
  asSelectors(
    [...(design.workloads ?? []), ...(design.hostEndpoints ?? [])]
      .filter((one) => one.cluster === cluster)
      .map(({ labels }) => labels),
  );

/** Selectors for the namespaces of a cluster, by their names and by their labels. */
export const namespaceSelectorsOf =
  (design: Design, cluster: string) => (): readonly Suggestion[] => {
    const namespaces = design.clusters?.find(({ id }) => id === cluster)?.namespaces ?? [];
    const names = namespacesOf(design, cluster)().map(({ value }) => ({
      'projectcalico.org/name': value,
    }));
    return asSelectors([...names, ...namespaces.map(({ labels }) => labels)]);
  };

/** Words as suggestions. */
export const wordsOf = (values: Iterable<string>) => (): readonly Suggestion[] =>
  [...values].map((value) => ({ value }));

import type { Ingress, IngressBackend, Service, Workload } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, toned, type Block, type Line, type Row } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { labelsText } from './selectors.ts';

const nameOf = ({ name, id }: { readonly name?: string; readonly id: string }): string =>
  visibleText(name ?? id);

export function workloadTable(speaker: Speaker, all: readonly Workload[]): Block | undefined {
  const { t, node } = speaker;
  if (all.length === 0) return undefined;
  const pod = (
    { addresses = [], node: on, state = 'ready' }: Workload['pods'][number],
    hostNetwork: boolean | undefined,
  ): Line => [
    addresses.length === 0 ? t.pod.on(node(on)) : `${addresses.join(', ')} ${t.pod.on(node(on))}`,
    ...(hostNetwork ? [' ', toned('faint', `(${t.pod.hostNetwork})`)] : []),
    ...(state === 'ready' ? [] : [' ', toned('warn', `(${t.pod.states[state]})`)]),
  ];
  return {
    kind: 'table',
    caption: t.workloads,
    columns: [
      { label: t.name },
      { label: t.kind },
      { label: t.namespace },
      { label: t.policy.labels },
      { label: t.ports },
      { label: t.pods },
    ],
    rows: all.map((one) => ({
      cells: [
        [nameOf(one)],
        [one.kind],
        [visibleText(one.namespace)],
        [code(labelsText(one.labels) || t.none)],
        one.ports?.length
          ? linesOf(one.ports.map(({ port, protocol = 'TCP' }) => [code(`${protocol} ${port}`)]))
          : [t.none],
        one.pods.length === 0
          ? [toned('warn', t.pod.none)]
          : linesOf(one.pods.map((each) => pod(each, one.hostNetwork))),
      ],
      ...(one.pods.some(({ state = 'ready' }) => state === 'ready')
        ? {}
        : { tone: 'warn' as const }),
    })),
  };
}

export function serviceTable(speaker: Speaker, all: readonly Service[]): Block | undefined {
  const { t } = speaker;
  if (all.length === 0) return undefined;
  return {
    kind: 'table',
    caption: t.services,
    columns: [
      { label: t.name },
      { label: t.type },
      { label: t.namespace },
      { label: t.address },
      { label: t.serviceOf.ports },
      { label: t.serviceOf.behind },
    ],
    rows: all.map((one) => ({
      cells: [
        [nameOf(one)],
        linesOf([[one.type], ...particulars(speaker, one)]),
        [visibleText(one.namespace)],
        addressesOf(speaker, one),
        one.ports?.length ? linesOf(one.ports.map((port) => portOf(speaker, port))) : [t.none],
        behind(speaker, one),
      ],
    })),
  };
}

/** What differs from what Kubernetes does by itself. */
const particulars = ({ t }: Speaker, one: Service): readonly Line[] =>
  [
    ...(one.externalTrafficPolicy === 'Local' ? ['externalTrafficPolicy Local'] : []),
    ...(one.internalTrafficPolicy === 'Local' ? ['internalTrafficPolicy Local'] : []),
    ...(one.sessionAffinity === 'ClientIP' ? ['sessionAffinity ClientIP'] : []),
    ...(one.publishNotReadyAddresses ? [t.serviceOf.notReady] : []),
  ].map((text) => [toned('faint', text)]);

function addressesOf({ t }: Speaker, one: Service): Line {
  const also = (label: string, all: readonly string[] = []): readonly Line[] =>
    all.map((text) => [`${label} `, code(text)]);
  const lines: readonly Line[] = [
    ...(one.headless ? [[t.serviceOf.headless]] : []),
    ...(one.clusterIps ?? []).map((text) => [code(text)]),
    ...(one.externalName === undefined ? [] : [[code(visibleText(one.externalName))]]),
    ...also(t.serviceOf.external, one.externalIps),
    ...also(t.serviceOf.balancer, one.loadBalancerIps),
    ...also(t.serviceOf.onlyFrom, one.loadBalancerSourceRanges),
  ];
  return lines.length === 0 ? [t.none] : linesOf(lines);
}

function portOf(
  { t }: Speaker,
  { port, protocol = 'TCP', targetPort = port, nodePort }: NonNullable<Service['ports']>[number],
): Line {
  return [
    code(`${protocol} ${port} → ${targetPort}`),
    ...(nodePort === undefined ? [] : [`, ${t.serviceOf.nodePort} `, code(String(nodePort))]),
  ];
}

function behind({ t }: Speaker, { selector, endpoints }: Service): Line {
  if (selector) return [code(labelsText(selector) || t.any)];
  return endpoints?.length
    ? linesOf(endpoints.map(({ address, port }) => [code(socket(address, port))]))
    : [t.none];
}

/** RFC 3986 §3.2.2: an IPv6 address stands in brackets. */
const socket = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

export function ingressTable(speaker: Speaker, all: readonly Ingress[]): Block | undefined {
  const { t } = speaker;
  if (all.length === 0) return undefined;
  return {
    kind: 'table',
    caption: t.ingresses,
    columns: [
      { label: t.name },
      { label: t.namespace },
      { label: t.hosts },
      { label: t.ingressOf.path },
      { label: t.ingressOf.backend },
      { label: 'TLS' },
    ],
    rows: all.flatMap((one) => ingressRows(speaker, one)),
  };
}

function ingressRows(speaker: Speaker, one: Ingress): readonly Row[] {
  const { t } = speaker;
  const { name, id, className, namespace, rules, defaultBackend } = one;
  const about: readonly Line[] = [
    linesOf([
      [nameOf({ id, ...(name === undefined ? {} : { name }) })],
      ...(className === undefined
        ? []
        : [[toned('faint', t.ingressOf.className(visibleText(className)))]]),
    ]),
    [visibleText(namespace)],
  ];
  const rows: readonly (readonly Line[])[] = [
    ...rules.flatMap(({ host, paths }): readonly (readonly Line[])[] => {
      const asked: Line = [host === undefined ? t.any : code(visibleText(host))];
      const tls: Line = [tlsOf(speaker, one, host)];
      if (paths.length === 0) return [[asked, [t.none], [t.none], tls]];
      return paths.map(({ path, pathType, backend }) => [
        asked,
        [code(visibleText(path)), ' ', toned('faint', pathType)],
        backendOf(backend),
        tls,
      ]);
    }),
    ...(defaultBackend
      ? [[[t.ingressOf.otherwise], [], backendOf(defaultBackend), [tlsOf(speaker, one, undefined)]]]
      : []),
  ];
  if (rows.length === 0) return [{ cells: [...about, [t.none], [], [], []] }];
  return rows.map((cells, at) => ({ cells: [...(at === 0 ? about : [[], []]), ...cells] }));
}

const backendOf = ({ service, port }: IngressBackend): Line => [
  code(visibleText(`${service}:${port}`)),
];

/** A certificate without hosts is for all; `*.` stands for one label. */
function tlsOf({ t }: Speaker, { tls = [], tlsPassthrough }: Ingress, host: string | undefined) {
  if (tlsPassthrough) return t.ingressOf.passthrough;
  const covers = (pattern: string): boolean =>
    pattern === host ||
    (pattern.startsWith('*.') && host?.slice(host.indexOf('.')) === pattern.slice(1));
  const covered = tls.some(({ hosts = [] }) => hosts.length === 0 || hosts.some(covers));
  return covered ? t.yes : t.no;
}

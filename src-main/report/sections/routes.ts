import type { NetworkInterface, Node, Route } from '../../model/design.ts';
import { familyBits, interfaceAddress, ip, prefixContains } from '../../model/ip.ts';
import { visibleText } from '../../model/visible-text.ts';
import {
  code,
  paragraph,
  toned,
  type Block,
  type Column,
  type Line,
  type Row,
  type Section,
} from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { ownersOf, withOwner, type Owners } from './owners.ts';

/** Of each device that forwards its table, connected subnets included; of the others, together where they are equal. */
export function routingTables(speaker: Speaker): Section | undefined {
  const { design, t } = speaker;
  const all = design.nodes ?? [];
  const owners = ownersOf(speaker);
  const forwarding = all.filter(forwards).map((node) => tableOf(speaker, owners, node));
  const ends = endsTable(
    speaker,
    owners,
    all.filter((node) => !forwards(node) && (node.routes ?? []).length > 0),
  );
  const blocks = [...forwarding, ends].filter((block) => block !== undefined);
  if (blocks.length === 0) return undefined;
  return {
    id: 'routes',
    title: t.routes.title,
    onNewPage: true,
    blocks: [paragraph(t.routes.lead), ...blocks],
  };
}

const forwards = (node: Node): boolean =>
  node.kind === 'router' ||
  node.kind === 'edge-gateway' ||
  node.kind === 'distributed-router' ||
  (node.kind === 'host' && node.forwarding === true);

const columnsOf = ({ t }: Speaker): readonly Column[] => [
  { label: t.destination },
  { label: t.routes.via },
  { label: t.interface },
  { label: t.routes.distance, align: 'right' },
];

function tableOf(speaker: Speaker, owners: Owners, node: Node): Block | undefined {
  const rows: readonly Row[] = [
    ...(node.interfaces ?? []).flatMap((one) => connected(speaker, one)),
    ...(node.routes ?? []).map((route) => ({ cells: cellsOf(speaker, owners, node, route) })),
  ];
  if (rows.length === 0) return undefined;
  return {
    kind: 'table',
    caption: `${speaker.node(node.id)} (${speaker.t.nodeKinds[node.kind]})`,
    columns: columnsOf(speaker),
    rows,
  };
}

function connected({ t }: Speaker, { id, addresses = [], state }: NetworkInterface): Row[] {
  return addresses
    .map((text) => interfaceAddress(text).prefix)
    .filter((subnet) => subnet.length < familyBits(subnet.network.family))
    .map((subnet) => ({
      cells: [
        [code(subnet.text)],
        [toned('faint', t.routes.connected)],
        [code(id), ...(state === 'down' ? [' ', toned('bad', t.down)] : [])],
        ['0'],
      ],
    }));
}

function cellsOf(speaker: Speaker, owners: Owners, node: Node, route: Route): readonly Line[] {
  const { t } = speaker;
  const { destination, via, distance = 1, metric = 0, action } = route;
  const out = route.interface ?? (via === undefined ? undefined : interfaceTo(node, via));
  return [
    [code(destination)],
    action === 'discard'
      ? [toned('warn', t.routes.discard)]
      : via === undefined
        ? [toned('faint', t.routes.onLink)]
        : withOwner(owners, via),
    out === undefined
      ? [action === 'discard' ? t.none : toned('bad', t.routes.noInterface)]
      : [code(visibleText(out))],
    [metric === 0 ? String(distance) : `${distance} / ${metric}`],
  ];
}

/** The interface on the longest connected subnet that holds the next hop. */
function interfaceTo(node: Node, via: string): string | undefined {
  const hop = ip(via);
  const [best] = (node.interfaces ?? [])
    .flatMap(({ id, addresses = [] }) =>
      addresses.map((text) => ({ id, subnet: interfaceAddress(text).prefix })),
    )
    .filter(({ subnet }) => subnet.length < familyBits(hop.family) && prefixContains(subnet, hop))
    .toSorted((a, b) => b.subnet.length - a.subnet.length);
  return best?.id;
}

function endsTable(speaker: Speaker, owners: Owners, nodes: readonly Node[]): Block | undefined {
  if (nodes.length === 0) return undefined;
  const cells = (node: Node) =>
    (node.routes ?? []).map((route) => cellsOf(speaker, owners, node, route));
  const groups = Map.groupBy(nodes, (node) => JSON.stringify(cells(node)));
  return {
    kind: 'table',
    caption: speaker.t.routes.ends,
    columns: [{ label: speaker.t.node }, ...columnsOf(speaker)],
    rows: [...groups.values()].flatMap((members) => {
      const [first] = members;
      if (!first) return [];
      const names = linesOf(members.map(({ id }) => [speaker.node(id)]));
      return cells(first).map((row, at) => ({ cells: [at === 0 ? names : [], ...row] }));
    }),
  };
}

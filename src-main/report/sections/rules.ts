import type { FirewallRule, FirewallService, HostLike, NatRule, Node } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
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
import { hitKey, hitsOf, type Hits } from '../hits.ts';
import type { Speaker } from '../speaker.ts';

/** What each device filters, translates and balances, in its order; what no flow meets is marked. */
export function ruleTables(speaker: Speaker): Section | undefined {
  const { design, t, input } = speaker;
  const hits = hitsOf(input.flows);
  const sections = (design.nodes ?? []).filter(hasFunctions).flatMap((node) => {
    const blocks = [
      ...firewall(speaker, node, hits),
      ...translations(speaker, node, hits),
      ...balancers(speaker, node, hits),
    ];
    const title = speaker.node(node.id);
    return blocks.length === 0 ? [] : [{ id: sectionId('rules', node.id), title, blocks }];
  });
  if (sections.length === 0) return undefined;
  return {
    id: 'rules',
    title: t.rules,
    onNewPage: true,
    blocks: [paragraph(t.rulesLead)],
    sections,
  };
}

const hasFunctions = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

function met(
  { t }: Speaker,
  flows: readonly string[] | undefined,
  enabled: boolean | undefined,
): Line {
  if (enabled === false) return [toned('faint', t.disabled)];
  return flows === undefined ? [toned('warn', t.unused)] : [String(flows.length)];
}

const faint = (enabled: boolean | undefined): Pick<Row, 'tone'> =>
  enabled === false ? { tone: 'faint' } : {};

const listed = ({ t }: Speaker, items: readonly string[] | undefined): Line =>
  items === undefined ? [t.any] : [code(items.map((item) => anyText(t, item)).join(', '))];

const anyText = (t: Speaker['t'], text: string): string => (text === 'any' ? t.any : text);

export function servicesText(
  { t }: Speaker,
  services: readonly FirewallService[] | undefined,
): string {
  if (services === undefined) return t.any;
  return services
    .map(({ protocol, ports }) =>
      ports === undefined ? anyText(t, protocol) : `${anyText(t, protocol)} ${ports.join(', ')}`,
    )
    .join('; ');
}

function firewall(speaker: Speaker, node: HostLike, hits: Hits): readonly Block[] {
  const { t } = speaker;
  if (!node.firewall) return [];
  const { rules, defaultAction = 'deny' } = node.firewall;
  const rows = rules.map((rule, at): Row => ({
    cells: [
      [String(at + 1)],
      [visibleText(rule.name ?? rule.id)],
      listed(speaker, rule.sources),
      listed(speaker, rule.destinations),
      [code(servicesText(speaker, rule.services)), ...scopeOf(speaker, rule)],
      [toned(rule.action === 'accept' ? 'good' : 'bad', t.actions[rule.action])],
      met(speaker, hits.get(hitKey(node.id, 'firewall', rule.id)), rule.enabled),
    ],
    ...faint(rule.enabled),
  }));
  const byDefault = hits.get(hitKey(node.id, 'firewall'));
  rows.push({
    cells: [
      [],
      [t.default],
      [t.any],
      [t.any],
      [t.any],
      [toned(defaultAction === 'accept' ? 'good' : 'bad', t.actions[defaultAction])],
      [byDefault === undefined ? t.none : String(byDefault.length)],
    ],
  });
  return [
    {
      kind: 'table',
      caption: t.firewallOf(speaker.node(node.id)),
      columns: [
        { label: t.number, align: 'right' },
        { label: t.name },
        { label: t.source },
        { label: t.destination },
        { label: t.service },
        { label: t.action },
        { label: t.metBy, align: 'right' },
      ],
      rows,
    },
  ];
}

function scopeOf({ t }: Speaker, { chain, inInterface, outInterface }: FirewallRule): Line {
  const parts = [
    ...(chain === undefined ? [] : [t.chains[chain]]),
    ...(inInterface === undefined ? [] : [t.inBy(visibleText(inInterface))]),
    ...(outInterface === undefined ? [] : [t.outBy(visibleText(outInterface))]),
  ];
  return parts.length === 0 ? [] : [' ', toned('faint', `(${parts.join(', ')})`)];
}

function translations(speaker: Speaker, node: HostLike, hits: Hits): readonly Block[] {
  const { t } = speaker;
  if (!node.nat?.length) return [];
  return [
    {
      kind: 'table',
      caption: t.natOf(speaker.node(node.id)),
      columns: [
        { label: t.number, align: 'right' },
        { label: t.name },
        { label: t.direction },
        { label: t.interface },
        { label: t.original },
        { label: t.translated },
        { label: t.metBy, align: 'right' },
      ],
      rows: node.nat.map((rule, at) => ({
        cells: [
          [String(at + 1)],
          [visibleText(rule.name ?? rule.id)],
          [t.natKinds[rule.kind]],
          [rule.interface === undefined ? t.any : code(visibleText(rule.interface))],
          [code(originalOf(t, rule))],
          [code(translatedOf(t, rule))],
          met(speaker, hits.get(hitKey(node.id, 'nat', rule.id)), rule.enabled),
        ],
        ...faint(rule.enabled),
      })),
    },
  ];
}

function originalOf(t: Speaker['t'], rule: NatRule): string {
  const original = anyText(t, rule.original);
  const protocol = rule.protocol === undefined ? '' : `${rule.protocol} `;
  if (rule.kind === 'snat') {
    const to = rule.destination === undefined ? '' : ` → ${anyText(t, rule.destination)}`;
    return `${protocol}${original}${to}`;
  }
  const ports = rule.originalPorts === undefined ? '' : `:${rule.originalPorts.join(',')}`;
  const from = rule.source === undefined ? '' : `${anyText(t, rule.source)} → `;
  return `${protocol}${from}${original}${ports}`;
}

function translatedOf(t: Speaker['t'], rule: NatRule): string {
  if (rule.kind === 'snat' && rule.translated === 'interface') return t.ofInterface;
  return rule.kind === 'dnat' && rule.translatedPort !== undefined
    ? `${rule.translated}:${rule.translatedPort}`
    : rule.translated;
}

function balancers(speaker: Speaker, node: HostLike, hits: Hits): readonly Block[] {
  const { t } = speaker;
  if (!node.loadBalancers?.length) return [];
  return [
    {
      kind: 'table',
      caption: t.balancersOf(speaker.node(node.id)),
      columns: [
        { label: t.name },
        { label: t.virtual },
        { label: t.balancerMembers },
        { label: t.metBy, align: 'right' },
      ],
      rows: node.loadBalancers.map((one) => ({
        cells: [
          [visibleText(one.name ?? one.id)],
          [code(`${one.protocol} ${one.address}:${one.port}`)],
          [
            code(
              one.members.map(({ address, port = one.port }) => `${address}:${port}`).join(', ') ||
                t.none,
            ),
          ],
          met(speaker, hits.get(hitKey(node.id, 'balancer', one.id)), one.enabled),
        ],
        ...faint(one.enabled),
      })),
    },
  ];
}

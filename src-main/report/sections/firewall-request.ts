import type { FirewallRequestRow } from '../../install/index.ts';
import { interfaceAddress } from '../../model/ip.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, type Block, type Line } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';

/** Up to so many sources stand in their row; more are a group, which is told once. */
const sourcesInRow = 2;

/** What firewalls are asked to let through, and who the groups of sources are. */
export function requestTables(
  speaker: Speaker,
  request: readonly FirewallRequestRow[],
): readonly Block[] {
  const { t } = speaker;
  if (request.length === 0) return [];
  const groups = new Map<string, { readonly name: string; readonly sources: Line }>();
  const sourceOf = (row: FirewallRequestRow): Line => {
    const sources = sourceLines(speaker, row);
    if (row.sources.length <= sourcesInRow) return sources;
    const key = JSON.stringify([row.sources, row.sourceAddresses]);
    const known = groups.get(key) ?? { name: t.sourceGroup(groups.size + 1), sources };
    groups.set(key, known);
    return [known.name];
  };
  const rows = request.map((row) => ({
    cells: [
      sourceOf(row),
      linesOf([
        [visibleText(row.host)],
        ...(row.address === undefined ? [] : [[code(row.address)]]),
      ]),
      [code(`${row.protocol} ${row.port}`)],
      [visibleText(row.purposes.join(', '))],
    ],
  }));
  const table: Block = {
    kind: 'table',
    caption: t.request,
    columns: [
      { label: t.source },
      { label: t.destination },
      { label: t.service },
      { label: t.purpose },
    ],
    rows,
  };
  if (groups.size === 0) return [table];
  return [
    table,
    {
      kind: 'table',
      caption: t.sourceGroups,
      columns: [{ label: t.source }, { label: t.sourceMembers }],
      rows: [...groups.values()].map(({ name, sources }) => ({ cells: [[name], sources] })),
    },
  ];
}

/** Each with its address, one a line. */
function sourceLines({ design, node }: Speaker, row: FirewallRequestRow): Line {
  const asked = new Set(row.sourceAddresses);
  return linesOf(
    row.sources.map((id): Line => {
      const own = (design.nodes?.find((one) => one.id === id)?.interfaces ?? [])
        .flatMap(({ addresses = [] }) => addresses)
        .map((text) => interfaceAddress(text).ip.text)
        .find((text) => asked.has(text));
      return own === undefined ? [node(id)] : [`${node(id)} `, code(own)];
    }),
  );
}

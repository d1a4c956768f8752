import type {
  Design,
  InstallCell,
  InstallNeedReport,
  InstallReport,
  InstallStepReport,
} from '../../../src-main/contract/vocabulary.ts';

/** A line of the table: what one client asks of the same hosts, on each node that needs it. */
export interface NeedRow {
  /** Of all lines, from 0. */
  readonly at: number;
  readonly need: InstallNeedReport;
  readonly cells: ReadonlyMap<string, InstallCell>;
}

export interface InstallTable {
  /** Ids of nodes that need anything, in the order of the design. */
  readonly nodes: readonly string[];
  readonly steps: readonly {
    readonly step: InstallStepReport;
    readonly rows: readonly NeedRow[];
  }[];
  readonly rows: readonly NeedRow[];
}

export function installTable({ steps }: InstallReport, design: Design): InstallTable {
  const rows: NeedRow[] = [];
  const told = steps.map((step) => ({
    step,
    rows: step.needs.map((need) => {
      const cells = new Map(need.cells.map((cell) => [cell.node, cell]));
      const row = { at: rows.length, need, cells };
      rows.push(row);
      return row;
    }),
  }));
  const needing = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  const drawn = (design.nodes ?? []).map(({ id }) => id).filter((id) => needing.has(id));
  const others = [...needing].filter((id) => !drawn.includes(id));
  return { nodes: [...drawn, ...others], steps: told, rows };
}

/** Where the keyboard is in the table: a line and a node. */
export interface CellPlace {
  readonly row: number;
  readonly node: string;
}

/** The cell that a key leads to: cells that nothing is needed in are passed over. */
export function cellFrom(
  { rows, nodes }: InstallTable,
  from: CellPlace,
  key: string,
): CellPlace | undefined {
  const inLine = (row: number) => nodes.filter((node) => rows[row]?.cells.has(node));
  const line = inLine(from.row);
  const at = line.indexOf(from.node);
  const within = (node: string | undefined) =>
    node === undefined ? undefined : { row: from.row, node };
  const column = nodes.indexOf(from.node);
  const nearest = (row: number): CellPlace | undefined => {
    const distance = (node: string) => Math.abs(nodes.indexOf(node) - column);
    const [node] = [...inLine(row)].sort((one, other) => distance(one) - distance(other));
    return node === undefined ? undefined : { row, node };
  };
  const along = (step: 1 | -1): CellPlace | undefined => {
    for (let row = from.row + step; row >= 0 && row < rows.length; row += step) {
      const place = nearest(row);
      if (place) return place;
    }
    return undefined;
  };
  switch (key) {
    case 'ArrowRight':
      return within(line[at + 1]);
    case 'ArrowLeft':
      return within(line[at - 1]);
    case 'Home':
      return within(line[0]);
    case 'End':
      return within(line.at(-1));
    case 'ArrowDown':
      return along(1);
    case 'ArrowUp':
      return along(-1);
    default:
      return undefined;
  }
}

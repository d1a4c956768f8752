import {
  readInventory,
  type InventoryKind,
  type FoundArtifact,
} from '../../../src-main/interop/inventory/index.ts';

/** What one file says, as lines: `line kind reference: why`. */
export function read(text: string, name = 'a.yaml', kind?: InventoryKind) {
  const found = readInventory([{ name, text }], kind);
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 1));
  return {
    artifacts: found.artifacts.map(told),
    remarks: found.remarks.map(({ line, about, text: why }) => `${line} ${about}: ${why}`),
  };
}
const told = ({ line, kind, reference, why }: FoundArtifact) =>
  `${line} ${kind} ${reference}: ${why}`;

/** Without their reasons: `kind reference`. */
export const references = (text: string, name?: string, kind?: InventoryKind): string[] =>
  read(text, name, kind).artifacts.map((line) => line.replace(/^\d+ (\S+ \S+): .*$/, '$1'));

export function issues(text: string, name = 'a.yaml', kind?: InventoryKind): string[] {
  const found = readInventory([{ name, text }], kind);
  return found.ok ? [] : found.issues.map(({ file, line, text: why }) => `${file}:${line}: ${why}`);
}

import type { Findings, InventoryFile } from './findings.ts';
import { addImage } from './image-reference.ts';
import { linesOf, type Line } from './lines.ts';

/** Headings of tables that programs print of the images they have. */
const tableHead = /^(REPOSITORY\s+TAG\s|IMAGE\s+(TAG|ID)\s)/;
/** Scripts that fetch what they need. */
const command =
  /^(?:sudo\s+)?(?:(?:docker|podman|nerdctl|crictl|skopeo)\s+(?:image\s+)?pull|ctr(?:\s+-n\s+\S+)?\s+images?\s+pull)\s+(?:-\S+\s+)*(\S+)$/;

/** A list of images, one a line; a script that pulls them; or the table that `docker images` prints. */
export function readImageList({ name: file, text }: InventoryFile, findings: Findings): void {
  const lines = linesOf(text);
  const [head] = lines;
  if (head && isImageTable(head.text)) {
    readTable(file, head.text, lines.slice(1), findings);
    return;
  }
  for (const { text: whole, line } of lines) {
    const pulled = command.exec(whole)?.[1];
    const bare = (pulled ?? whole.replace(/^-\s+/, '')).replace(/^(["'])(.*)\1$/, '$2');
    addImage(findings, bare, { file, line, why: 'image list' });
  }
}

export const isImageTable = (head: string): boolean => tableHead.test(head);

function readTable(file: string, head: string, lines: readonly Line[], findings: Findings): void {
  const columns = head.split(/\s{2,}|\t/).map((column) => column.trim());
  const at = { tag: columns.indexOf('TAG'), digest: columns.indexOf('DIGEST') };
  for (const { text, line } of lines) {
    const cells = text.split(/\s{2,}|\t/).map((cell) => cell.trim());
    const [name = ''] = cells;
    const cell = (column: number) => {
      const found = column < 0 ? undefined : cells[column];
      return found === undefined || found === '<none>' ? undefined : found;
    };
    const [tag, digest] = [cell(at.tag), cell(at.digest)];
    if (name === '<none>' || (at.tag >= 0 && tag === undefined && digest === undefined)) {
      findings.remark(file, line, 'image table', `${text.slice(0, 80)}: an image without a name`);
      continue;
    }
    const reference = `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
    addImage(findings, reference, { file, line, why: 'image table' });
  }
}

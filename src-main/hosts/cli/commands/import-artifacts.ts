import { extname } from 'node:path';
import type { Backend, FoundArtifact, ManifestRemark } from '../../../contract/index.ts';
import type { InventoryKind } from '../../../interop/inventory/index.ts';
import { readTextFiles } from '../manifest-files.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import type { Outcome } from '../outcome.ts';
import { findSource } from '../source.ts';
import { writeImported } from './write-imported.ts';

export interface ImportArtifactsOptions {
  readonly paths: readonly string[];
  readonly out: string;
  readonly into: string;
  readonly scenario: string;
  readonly kind?: InventoryKind;
  readonly neededBy?: readonly string[];
  readonly force?: boolean;
}

const extensions = new Set(['.yaml', '.yml', '.json', '.txt', '.list', '.tf', '.tofu', '.hcl']);
/** Hidden, as Terraform names it. */
const lockFile = '.terraform.lock.hcl';
const wanted = {
  isWanted: (name: string) =>
    name === lockFile || (!name.startsWith('.') && extensions.has(extname(name).toLowerCase())),
  called: `file of a kind that is read: ${[...extensions].join(', ')}`,
};

/** What files say is to be fetched → artifacts of an install scenario. What is not taken is listed. */
export async function importArtifacts(
  backend: Backend,
  options: ImportArtifactsOptions,
): Promise<Outcome> {
  const { paths, out, into, scenario, kind, neededBy, force } = options;
  const files = await readTextFiles(paths, wanted);
  if (!files.ok) return files;
  const target = await findSource(backend, { file: into });
  if (!target.ok) return target;
  const answer = await backend.call('artifacts.import', {
    files: files.value,
    ...(kind === undefined ? {} : { kind }),
    ...(neededBy === undefined ? {} : { neededBy: [...neededBy] }),
    into: { source: target.value.source, scenario },
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file: into };
  const { design, found, added, remarks } = answer.value;
  return writeImported(backend, design, {
    out,
    force,
    json: { scenario, added, found, remarks },
    lines: () => [summary(found, added, scenario), ...listed(remarks)],
  });
}

function summary(found: readonly FoundArtifact[], added: number, scenario: string): string {
  if (found.length === 0) return 'They name nothing that is fetched.';
  const counts = new Map<string, number>();
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return `${counted(found.length, 'artifact')} (${kinds}), of which ${added} ${added === 1 ? 'is' : 'are'} new to ${scenario}`;
}

const listed = (remarks: readonly ManifestRemark[]): string[] =>
  remarks.length === 0
    ? []
    : [
        'Not taken, or to look at:',
        ...remarks.map(({ file, line, about, text }) => `  ${file}:${line}: ${about}: ${text}`),
      ];

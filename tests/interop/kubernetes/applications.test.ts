import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectionsOf, lineOf } from '../../../src-main/connections/index.ts';
import {
  importKubernetes,
  type KubernetesImport,
} from '../../../src-main/interop/kubernetes/index.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kubernetes');
const manifest = /\.(ya?ml|json)$/;

function imported(application: string): Extract<KubernetesImport, { ok: true }> {
  const files = readdirSync(join(folder, application))
    .filter((name) => manifest.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, application, name), 'utf8') }));
  const found = importKubernetes(files);
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 1));
  return found;
}

// The expected lines were worked out by hand from the manifests.
describe.each(readdirSync(folder).sort())('%s', (application) => {
  test('is let through as its manifests say', () => {
    const { design } = imported(application);
    const [cluster] = design.clusters ?? [];
    if (!cluster) throw new Error('there is no cluster');
    const expected = readFileSync(join(folder, application, 'expected-connections.txt'), 'utf8');
    expect(connectionsOf(design, cluster).map(lineOf)).toEqual(expected.trimEnd().split('\n'));
  });

  test('is imported in the same way each time', () => {
    expect(JSON.stringify(imported(application))).toBe(JSON.stringify(imported(application)));
  });
});

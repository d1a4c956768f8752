import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Input } from '../../src-main/contract/index.ts';
import { catalogueFolder } from '../../src-main/hosts/local/catalogue-folder.ts';
import type { Design, InstallScenario } from '../../src-main/model/design.ts';
import { editDesign } from '../../src-main/model/edits.ts';
import { haulerDocument, zarfPackage } from '../install/plan/bundle-schemas.ts';
import { reference, withScenario } from '../install/asking.ts';
import { asSource, ask, backendWith, errorOf } from './ask.ts';

const data = join(import.meta.dirname, '..', '..', 'resources', 'data');
const backend = backendWith({ catalogue: catalogueFolder(data) });

const digest = `sha256:${'a'.repeat(64)}`;
const artifacts = [
  { kind: 'image', reference: 'quay.io/acme/shop:1.2', neededBy: ['worker'], bytes: 1000 },
  { kind: 'image', reference: `registry.example.com:5000/acme/db@${digest}` },
  { kind: 'chart', reference: 'https://charts.example.com/stable#shop@1.2.3' },
  { kind: 'chart', reference: 'https://charts.example.com/stable#shop@1.3.0' },
  { kind: 'chart', reference: 'https://charts.example.com/stable#Shop.Db@0.1.0' },
  { kind: 'chart', reference: 'oci://ghcr.io/acme/charts/shop:2.0.0' },
  {
    kind: 'chart',
    reference: `https://charts.example.com/stable#a-chart-whose-name-is-longer-than-zarf-takes-it@1.0.0`,
  },
  { kind: 'binary', reference: 'https://a.example.com/v1/tool+x.tar.gz' },
  { kind: 'binary', reference: 'https://b.example.com/v2/Tool-x.tar.gz' },
  { kind: 'binary', reference: 'https://b.example.com/v2/%C3%A9:t%20ool@2' },
  { kind: 'package', reference: 'nfs-common' },
  { kind: 'terraform', reference: 'hashicorp/vsphere' },
] as const satisfies InstallScenario['artifacts'];

const carry: InstallScenario = {
  id: 'carry',
  notes: 'By courier.',
  product: 'kubeadm',
  mode: 'air-gapped',
  cluster: 'icp',
  artifacts: artifacts.map((one) => ({
    ...one,
    ...('neededBy' in one ? { neededBy: ['worker'] } : {}),
  })),
  bundle: artifacts.map((one) => one.reference),
};
const design: Design = reference(withScenario(carry));
const exportOf = (more: Omit<Input<'design.export'>, 'source'>, of = design) => ({
  source: asSource(of),
  ...more,
});

describe('a bundle', () => {
  test.each(['zarf', 'hauler'] as const)(
    'of %s, read back by an import, names the same artifacts; the others are listed',
    async (format) => {
      const answer = await ask(backend, 'design.export', exportOf({ format, scenario: 'carry' }));
      const [file] = answer.files;
      const text = String(file?.content);
      for (const document of parseAllDocuments(text)) {
        (format === 'zarf' ? zarfPackage : haulerDocument).parse(document.toJS());
      }

      const empty = { ...carry, id: 'empty', artifacts: [], bundle: [] };
      const back = await ask(backend, 'artifacts.import', {
        files: [{ name: file?.path ?? '', text }],
        into: { source: asSource(reference(withScenario(empty))), scenario: 'empty' },
      });
      const found = back.found.map(({ kind, reference: name }) => ({ kind, reference: name }));
      const own = artifacts.map(({ kind, reference: name }) => ({ kind, reference: name }));
      const isTaken = ({ kind }: { kind: string }) => kind !== 'package' && kind !== 'terraform';
      expect(own.filter((one) => found.some((two) => two.reference === one.reference))).toEqual(
        own.filter(isTaken),
      );
      expect(found).toEqual(expect.arrayContaining(own.filter(isTaken)));

      // Beside them the product's own, as the plan puts them into the bundle.
      const { reports } = await ask(backend, 'install.evaluate', {
        source: asSource(design),
        scenario: 'carry',
      });
      const amended = editDesign(design, reports[0]?.plan.edits ?? []);
      const carried = amended.installScenarios?.find(({ id }) => id === 'carry')?.bundle ?? [];
      const left = carried.filter((one) =>
        answer.leftOut.some(({ text: why }) => why.includes(one)),
      );
      expect(left).toEqual(expect.arrayContaining(['nfs-common', 'hashicorp/vsphere']));
      expect([...found.map((one) => one.reference), ...left].sort()).toEqual(
        [...new Set(carried)].sort(),
      );
    },
    60_000,
  );

  test('says of the scenario what it has no place for, and where that stands', async () => {
    const { leftOut } = await ask(
      backend,
      'design.export',
      exportOf({ format: 'hauler', scenario: 'carry' }),
    );
    const at = leftOut.map(({ ref, path }) => `${ref} ${path}`);
    expect(at).toEqual(
      expect.arrayContaining([
        'install-scenario:carry notes',
        'install-scenario:carry artifacts[0].neededBy',
        'install-scenario:carry artifacts[0].bytes',
        'install-scenario:carry artifacts[10]',
        'install-scenario:carry artifacts[11]',
      ]),
    );
    expect(at).not.toContain('install-scenario:carry artifacts[0]');
  });

  test('of a design with one scenario is of that one', async () => {
    const only = { ...design, installScenarios: [carry] };
    const { files } = await ask(backend, 'design.export', exportOf({ format: 'zarf' }, only));
    expect(files.map(({ path }) => path)).toEqual(['zarf.yaml']);
  });

  test('is not made where nothing of the install is carried', async () => {
    const source = asSource(reference());
    const asked = { source, format: 'zarf', scenario: 'icp-connected' } as const;
    expect(errorOf(await backend.call('design.export', asked))).toMatchObject({
      code: 'bundle-none',
      text: 'Install scenario icp-connected is connected: no bundle is carried',
    });
    const other = await ask(backend, 'design.export', { ...asked, mode: 'air-gapped' });
    expect(other.files.map(({ path }) => path)).toEqual(['zarf.yaml']);
  });
});

test.each([
  [{}, 'scenario-unnamed', /^The design has 5 install scenarios/],
  [{ scenario: 'gone' }, 'scenario-unknown', /"gone"/],
])('%o names no scenario', async (more, code, text) => {
  const asked = exportOf({ format: 'firewall-request-csv', ...more });
  expect(errorOf(await backend.call('design.export', asked))).toMatchObject({
    code,
    text: expect.stringMatching(text) as string,
  });
});

test('a design without any says so', async () => {
  const none = { ...design, installScenarios: [] };
  const asked = exportOf({ format: 'hauler' }, none);
  expect(errorOf(await backend.call('design.export', asked))).toMatchObject({
    code: 'scenario-unnamed',
    text: 'The design has no install scenario',
  });
});

describe('a firewall request', () => {
  test.each(['csv', 'xlsx'] as const)('as %s has what the install asks for', async (kind) => {
    const asked = { source: asSource(reference()), scenario: 'icp-by-proxy' } as const;
    const { files, leftOut } = await ask(backend, 'design.export', {
      ...asked,
      format: `firewall-request-${kind}`,
      mode: 'connected',
    });
    expect(leftOut).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      `icp-by-proxy-connected-firewall-request.${kind}`,
    ]);
    const [file] = files;
    if (kind === 'xlsx') {
      expect(
        Buffer.from(file?.content ?? '')
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
      return;
    }
    const { reports } = await ask(backend, 'install.evaluate', { ...asked, mode: 'connected' });
    const rows = reports[0]?.firewallRequest ?? [];
    expect(rows.length).toBeGreaterThan(0);
    const text = String(file?.content);
    expect(text.trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
    for (const { host } of rows) expect(text).toContain(`"${host}"`);
  });
});

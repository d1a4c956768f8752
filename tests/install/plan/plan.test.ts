/** Plans on the reference network: what is written where, in which order, and that the fixes together make it work. */
import { describe, expect, test } from 'vitest';
import {
  planText,
  type InstallPlanStep,
  type InstallReport,
} from '../../../src-main/install/index.ts';
import { editDesign } from '../../../src-main/model/edits.ts';
import { install, node, noProxy, reference, scenario, told, withScenario } from '../asking.ts';

/** One line a step: what, on how many nodes, the files and the commands. */
const outline = ({ plan }: InstallReport): readonly string[] =>
  plan.steps.map(({ text, nodes, files, commands }) =>
    [
      text,
      ...(nodes.length > 0 ? [`on ${nodes.length}`] : []),
      ...files.map(({ path }) => path),
      ...commands.map((command) => `$ ${command}`),
    ].join(' | '),
  );

/** `on`: only as it is on this node. */
function fileAt({ plan }: InstallReport, path: string, on?: string) {
  const found = plan.steps
    .filter(({ nodes }) => on === undefined || nodes.includes(on))
    .flatMap(({ files }) => files)
    .filter((file) => file.path === path);
  if (found.length !== 1) throw new Error(`there are ${found.length} files ${path}`);
  return found[0]?.content ?? '';
}

const stepsOf = <Code extends InstallPlanStep['code']>({ plan }: InstallReport, code: Code) =>
  plan.steps.filter((step): step is Extract<InstallPlanStep, { code: Code }> => step.code === code);

const login = '$ docker login mycluster.icp:8500';
const run =
  '$ cd /opt/ibm-cloud-private-ce-3.1.2/cluster && docker run --net=host -t -e LICENSE=accept -v "$(pwd)":/installer/cluster ibmcom/icp-inception:3.1.2 install';
const inception = [
  '$ docker pull ibmcom/icp-inception:3.1.2',
  '$ mkdir -p /opt/ibm-cloud-private-ce-3.1.2',
  '$ cd /opt/ibm-cloud-private-ce-3.1.2 && docker run -e LICENSE=accept -v "$(pwd)":/data ibmcom/icp-inception:3.1.2 cp -r cluster /data',
].join(' | ');

describe('the order', () => {
  test('connected: the firewalls, and the install itself', () => {
    expect(outline(install(reference(), 'icp-connected'))).toEqual([
      'Have the firewalls let through what the request lists: 7 rows',
      'Install packages and Docker | on 16',
      `Pull the installer | on 1 | ${inception}`,
      `Log in to the cluster's registry | on 1 | ${login}`,
      `Pull the images of each role | on 1 | ${run}`,
      'Fetch the charts of the catalog | on 3',
    ]);
  });

  test('by proxy: each program is told before the step that it is needed for', () => {
    const drop = '/etc/systemd/system/docker.service.d/http-proxy.conf';
    expect(outline(install(reference(), 'icp-by-proxy'))).toEqual([
      'Have the firewalls let through what the request lists: 8 rows',
      'Tell apt of the proxy in /etc/apt/apt.conf.d/95proxy | on 16 | /etc/apt/apt.conf.d/95proxy | $ apt-get update',
      'Install packages and Docker | on 16',
      `Tell docker of the proxy in ${drop} | on 16 | ${drop} | $ systemctl daemon-reload | $ systemctl restart docker`,
      `Pull the installer | on 1 | ${inception}`,
      `Log in to the cluster's registry | on 1 | ${login}`,
      'Tell pod of the proxy in pod environment | on 15 | pod environment',
      `Pull the images of each role | on 1 | ${run}`,
      'Tell helm of the proxy in /etc/environment | on 4 | /etc/environment',
      'Fetch the charts of the catalog | on 3',
    ]);
  });

  test('air-gapped: the bundle is made and carried first', () => {
    expect(outline(install(reference(), 'icp-air-gapped')).slice(1, 5)).toEqual([
      'Where the internet is, make the bundle with Hauler: 2 artifacts | hauler-manifest.yaml | $ hauler store sync --filename hauler-manifest.yaml | $ hauler store save --filename haul.tar.zst',
      'Or make it with Zarf: 2 artifacts | zarf.yaml | $ zarf package create . --confirm',
      'Carry the bundle over: 2 artifacts, of unknown size | on 1 | $ hauler store load --filename haul.tar.zst',
      'Tell apt of mirrors in /etc/apt/sources.list.d/mirror.list | on 16 | /etc/apt/sources.list.d/mirror.list | $ apt-get update',
    ]);
  });
});

describe('with every fix', () => {
  const withoutRules = node('edge-gateway', 'esg', (esg) => ({
    ...esg,
    firewall: { ...esg.firewall, rules: [] },
  }));
  const lacking = noProxy('icp-by-proxy', 'docker', (tokens) =>
    tokens.filter((one) => one !== 'mycluster.icp'),
  );

  test('what fails for several causes works with all of the fixes together, as one change', () => {
    const design = reference(withoutRules, lacking);
    const report = install(design, 'icp-by-proxy');
    expect(report).toMatchObject({ works: false, plan: { works: true } });
    expect(report.causes.length).toBeGreaterThan(2);
    expect(install(editDesign(design, report.plan.edits), 'icp-by-proxy')).toMatchObject({
      works: true,
      causes: [],
      plan: { works: true, edits: [] },
    });
    expect(fileAt(report, '/etc/systemd/system/docker.service.d/http-proxy.conf')).toMatch(
      /NO_PROXY=.*,mycluster\.icp"/,
    );
    expect(stepsOf(report, 'change').length).toBeGreaterThan(0);
  });

  test('a fix that brings to light what lay behind is made as well, and what that needs', () => {
    const design = reference(
      withoutRules,
      scenario('icp-air-gapped', (found) => ({
        ...found,
        settings: [
          ...(found.settings ?? []),
          {
            client: 'docker',
            source: '/etc/systemd/system/docker.service.d/http-proxy.conf',
            values: { HTTPS_PROXY: 'http://10.208.242.140:3128' },
          },
        ],
      })),
    );
    const report = install(design, 'icp-air-gapped');
    const [cause] = report.causes.filter(({ code }) => code === 'inside-by-proxy');
    // Past the proxy the name server is asked, which the edge does not let through.
    expect(cause).toMatchObject({ fix: { code: 'no-proxy-add', proven: false } });
    expect(report.plan.works).toBe(true);
    expect(stepsOf(report, 'change').length).toBeGreaterThan(0);
    expect(install(editDesign(design, report.plan.edits), 'icp-air-gapped').works).toBe(true);
  });

  test('the firewall request lists what is asked once nothing is in the way any more', () => {
    const whole = install(reference(), 'icp-by-proxy').firewallRequest;
    expect(install(reference(withoutRules), 'icp-by-proxy').firewallRequest).toEqual(whole);
  });

  test('a plan that lacks a fix says where it fails', () => {
    const design = reference(
      withScenario({ id: 'unknown', product: 'cam', mode: 'air-gapped', cluster: 'icp' }),
      (before) => ({
        ...before,
        nodes: (before.nodes ?? []).map((one) =>
          'artifactMirror' in one
            ? { ...one, artifactMirror: { ...one.artifactMirror, kinds: ['images'] as const } }
            : one,
        ),
      }),
    );
    const { works, plan, causes } = install(design, 'unknown');
    expect({ works, plan: plan.works, failsAt: plan.failsAt }).toEqual({
      works: false,
      plan: false,
      failsAt: 'packages',
    });
    expect(causes[0]).toMatchObject({ fix: { code: 'mirror-needed', proven: false } });
  });
});

describe('files', () => {
  test('one file that two programs read holds what either needs', () => {
    const design = reference(
      scenario('icp-by-proxy', (found) => ({
        ...found,
        settings: [
          ...(found.settings ?? []),
          {
            client: 'icp-installer',
            source: '/etc/environment',
            values: {
              HTTPS_PROXY: 'http://10.208.242.140:3128',
              NO_PROXY: 'installer.example.com,192.168.20.0/24',
            },
          },
        ],
      })),
    );
    const content = fileAt(install(design, 'icp-by-proxy'), '/etc/environment', 'boot');
    expect(content).toMatch(/^NO_PROXY=.*mycluster\.icp.*,installer\.example\.com/m);
  });

  test('what differs between nodes is written for each', () => {
    const design = reference(
      told('icp-by-proxy', 'apt', (setting) => ({ ...setting, nodes: ['worker-1', 'worker-2'] })),
      scenario('icp-by-proxy', (found) => ({
        ...found,
        settings: [
          ...(found.settings ?? []),
          {
            client: 'apt',
            nodes: ['worker-3'],
            source: '/etc/apt/apt.conf.d/95proxy',
            values: { 'Acquire::http::Proxy': 'http://10.208.242.140:3128' },
          },
        ],
      })),
    );
    const apt = stepsOf(install(design, 'icp-by-proxy'), 'tell').filter(({ detail }) =>
      detail.clients.includes('apt'),
    );
    expect(apt.map(({ nodes }) => nodes)).toContainEqual(['worker-1', 'worker-2']);
    expect(apt.map(({ nodes }) => nodes.includes('worker-3'))).toContain(true);
    expect(new Set(apt.flatMap(({ files }) => files.map(({ content }) => content))).size).toBe(2);
  });

  test.each<
    [
      source: string,
      client: 'containerd' | 'terraform' | 'helm' | 'yum' | 'curl',
      values: Record<string, string>,
      path: string,
      content: string,
    ]
  >([
    [
      '/etc/rancher/rke2/registries.yaml',
      'containerd',
      { 'docker.io': 'https://192.168.20.7' },
      '/etc/rancher/rke2/registries.yaml',
      'mirrors:\n  "docker.io":\n    endpoint:\n      - "https://192.168.20.7"\n',
    ],
    [
      '/etc/rancher/rke2/registries.yaml',
      'containerd',
      { '*': 'https://192.168.20.7' },
      '/etc/rancher/rke2/config.yaml',
      'disable-default-registry-endpoint: true\n',
    ],
    [
      '~/.curlrc',
      'curl',
      { proxy: 'http://10.208.242.140:3128', noproxy: '192.168.20.0/24' },
      '~/.curlrc',
      'proxy = "http://10.208.242.140:3128"\nnoproxy = "192.168.20.0/24"\n',
    ],
  ])('%s of %s is written as its program reads it', (source, client, values, path, content) => {
    const design = reference(
      withScenario({
        id: 'rke2',
        product: 'rke2',
        mode: 'air-gapped',
        cluster: 'icp',
        settings: [{ client, source, values }],
      }),
    );
    expect(fileAt(install(design, 'rke2'), path)).toBe(content);
  });
});

describe('what is carried', () => {
  const carrying = (bytes: readonly (number | undefined)[], mediumBytes?: number) =>
    stepsOf(
      install(
        reference(
          scenario('icp-air-gapped', (found) => ({
            ...found,
            artifacts: ['ibmcom/icp-inception:3.1.2', 'docker.io/ibmcom/pause:3.1'].map(
              (reference, at) => ({
                kind: 'image' as const,
                reference,
                ...(bytes[at] === undefined ? {} : { bytes: bytes[at] }),
              }),
            ),
            ...(mediumBytes === undefined ? {} : { mediumBytes }),
          })),
        ),
        'icp-air-gapped',
      ),
      'carry',
    )[0];

  test.each<
    [
      bytes: (number | undefined)[],
      medium: number | undefined,
      transfers: number | undefined,
      text: string,
    ]
  >([
    [[3e9, 1e6], 2e9, 2, '2 artifacts, 2.8 GiB; a medium of 1.9 GiB takes 2 transfers'],
    [
      [3e9, undefined],
      4e9,
      1,
      '2 artifacts, at least 2.8 GiB (the size of 1 is not known); a medium of 3.7 GiB takes at least 1 transfer',
    ],
    [[undefined, undefined], undefined, undefined, '2 artifacts, of unknown size'],
    [[1000, 24], 1024, 1, '2 artifacts, 1.0 KiB; a medium of 1.0 KiB takes 1 transfer'],
  ])('%j on a medium of %d: %s transfers', (bytes, medium, transfers, text) => {
    const step = carrying(bytes, medium);
    expect(step?.detail.transfers).toBe(transfers);
    expect(step?.text).toBe(`Carry the bundle over: ${text}`);
  });
});

describe('a gap that is none', () => {
  test('is told, by the hosts that programs would fall back on', () => {
    const { notes } = install(reference(), 'icp-air-gapped');
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'reaches-out',
        detail: expect.objectContaining({ client: 'docker', hosts: ['registry-1.docker.io:443'] }),
      }),
    );
  });

  test('is not told where nothing gets out', () => {
    const closed = node('edge-gateway', 'esg', (esg) => ({
      ...esg,
      firewall: { ...esg.firewall, rules: [] },
    }));
    const { notes } = install(reference(closed), 'icp-air-gapped');
    expect(notes.map(({ code }) => code)).not.toContain('reaches-out');
  });
});

test('every step is told in Korean as well', () => {
  for (const id of ['icp-connected', 'icp-by-proxy', 'icp-air-gapped', 'cam-air-gapped']) {
    for (const step of install(reference(), id).plan.steps) {
      if (step.code !== 'do') expect(planText(step, 'ko')).toMatch(/[가-힣]/);
    }
  }
});

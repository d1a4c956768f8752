import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Flow } from '../../../src-main/model/design.ts';
import type { Result } from '../../../src-main/sim/vocabulary/index.ts';
import { sampleText } from '../../samples/samples.ts';
import { demo, hopscope, hopscopeOfSources, linkedHopscope, projectRoot } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);
const vcenter = ['--example', 'icp-on-vcenter'];
const documented = ['--example', 'icp-as-documented'];

/** Several processes for one test, on a machine that has other things to do. */
const slow = 120_000;
const escapeCode = '\u001b[';

/** What `trace --json` prints. */
type Told = Result & { readonly flow: Flow };

/** The other tests run what is packed of them. */
describe.concurrent('the sources', { timeout: slow }, () => {
  it.each([
    ['--version'],
    ['trace', ...vcenter, '--flow', 'internet-to-web', '--json'],
    ['verify', ...vcenter],
    ['install', ...documented, '--json'],
    ['lint', ...vcenter, '--format', 'none'],
  ])('answer %s %s as the packed program does', async (...args) => {
    const [sources, program] = await Promise.all([hopscopeOfSources(args), hopscope(args)]);
    expect(sources).toEqual(program);
    expect(sources.out + sources.err).not.toBe('');
  });
});

describe('trace', { timeout: slow }, () => {
  it.each(['internet-to-web', 'web-to-db', 'enterprise-to-vm'])(
    'prints %s as one JSON value, and nothing else',
    async (flow) => {
      const { code, out, err } = await hopscope(['trace', ...vcenter, '--flow', flow, '--json']);
      const answer = JSON.parse(out) as Told;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(answer.status).toBe('reachable');
      expect(answer.flow.id).toBe(flow);
      expect(answer.forward[0]?.legs.at(-1)?.hops.length).toBeGreaterThan(1);
      expect(Object.keys(answer)).toEqual(
        expect.arrayContaining([
          'status',
          'pathMtu',
          'warnings',
          'assumptions',
          'forward',
          'reverse',
        ]),
      );
    },
  );

  it('names the default rule where the edge is as documented, and exits 0 all the same', async () => {
    const { code, out } = await hopscope(['trace', ...documented, '--flow', 'internet-to-web']);
    expect(code).toBe(0);
    expect(out).toMatch(/^✘ unreachable {2}internet-to-web/);
    expect(out).toContain(
      'denied at esg: The default rule denies tcp 443 from 198.51.100.25 to 203.0.113.43',
    );
  });

  it('tells all that is in the way, and makes the changes that are proven to help', async () => {
    const out = inFolder('opened.yaml');
    const ask = ['trace', ...documented, '--flow', 'internet-to-web'];
    const told = await hopscope(ask);
    expect(told.out).toMatch(
      /Why not\n {2}1\. esg: The default rule denies[^]*→ Add a rule[^]*2\. /,
    );
    const fixed = await hopscope([...ask, '--fix', '-o', out]);
    expect({ code: fixed.code, err: fixed.err }).toEqual({ code: 0, err: `Wrote ${out}\n` });
    const after = await hopscope(['trace', out, '--flow', 'internet-to-web']);
    expect(after.out).toMatch(/^✔ reachable/);
    expect(after.out).not.toContain('Why not');
  });

  it('changes a project in place, as a step that can be undone', async () => {
    const project = inFolder('in-place.hopscope');
    await hopscope(['new', project, '--template', 'icp-as-documented']);
    const fixed = await hopscope(['trace', project, '--flow', 'internet-to-web', '--fix']);
    expect({ code: fixed.code, err: fixed.err }).toEqual({ code: 0, err: `Changed ${project}\n` });
    const after = await hopscope(['trace', project, '--flow', 'internet-to-web']);
    expect(after.out).toMatch(/^✔ reachable/);
  });

  it('changes nothing against an intent, unless forced', async () => {
    const out = inFolder('forbidden.yaml');
    const ask = ['trace', ...vcenter, '--flow', 'internet-to-console', '--fix', '-o', out];
    const refused = await hopscope(ask);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('against the intents internet-to-console');
    expect(existsSync(out)).toBe(false);
    const forced = await hopscope([...ask, '--force']);
    expect({ code: forced.code, wrote: existsSync(out) }).toEqual({ code: 0, wrote: true });
  });

  it('says where a fix of a text would have to go', async () => {
    const { code, err } = await hopscope([
      'trace',
      ...documented,
      '--flow',
      'internet-to-web',
      '--fix',
    ]);
    expect({ code, says: err.includes('expected -o OUT') }).toEqual({ code: 2, says: true });
  });

  it('tells the same with --flow as with the same ends by --from and --to', async () => {
    const [named, ends] = await Promise.all([
      hopscope(['trace', ...vcenter, '--flow', 'web-to-db', '--json']),
      hopscope([
        ...['trace', ...vcenter, '--from', 'web-1', '--to', 'db.corp.example'],
        ...['--port', '3306', '--json'],
      ]),
    ]);
    const byName = JSON.parse(named.out) as Told;
    const byEnds = JSON.parse(ends.out) as Told;
    expect(byEnds.flow.to).toEqual(byName.flow.to);
    expect(byEnds.pathMtu).toBe(byName.pathMtu);
    // The look-up before it may go to another of the DNS pods: source ports follow the flow's id.
    const way = ({ forward }: Result) => forward[0]?.legs.at(-1)?.hops.map(({ node }) => node);
    expect(way(byEnds)).toEqual(way(byName));
  });

  it('has colour where it is asked for, and not in a pipe', async () => {
    const args = ['trace', ...vcenter, '--flow', 'web-to-db', '--brief'];
    const [piped, forced, refused] = await Promise.all([
      hopscope(args),
      hopscope(args, { env: { FORCE_COLOR: '1' } }),
      hopscope(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ]);
    expect(piped.out).not.toContain(escapeCode);
    expect(forced.out).toContain(escapeCode);
    expect(refused.out).toBe(piped.out);
  });

  it('writes a capture, and one a path with --all-paths', async () => {
    const out = inFolder('flow.pcapng');
    const args = ['trace', ...vcenter, '--flow', 'web-to-db', '--pcap', out];
    const one = await hopscope(args);
    expect(one.err).toBe(`Wrote ${out}\n`);
    const all = await hopscope([...args, '--all-paths', '--json']);
    const paths = (JSON.parse(all.out) as Result).forward.length;
    expect(paths).toBeGreaterThan(1);
    for (const file of ['flow.pcapng', 'flow-1.pcapng', `flow-${paths}.pcapng`]) {
      // The magic number of a section header block, draft-ietf-opsawg-pcapng §4.1.
      expect(readFileSync(inFolder(file)).readUInt32LE(0)).toBe(0x0a0d0d0a);
    }
    expect(existsSync(inFolder(`flow-${paths + 1}.pcapng`))).toBe(false);
  });

  it('reads a design from a .yaml and from a .json file', async () => {
    const yaml = inFolder('design.yaml');
    writeFileSync(yaml, sampleText('icp-on-vcenter'));
    const json = inFolder('design.json');
    const exported = await hopscope(['export', yaml, '--out', json]);
    expect(exported).toEqual({ code: 0, out: `Wrote ${json}\n`, err: '' });
    const args = ['--flow', 'enterprise-to-vm', '--json'];
    const [fromYaml, fromJson] = await Promise.all([
      hopscope(['trace', yaml, ...args]),
      hopscope(['trace', json, ...args]),
    ]);
    expect(fromYaml.code).toBe(0);
    expect(fromJson.out).toBe(fromYaml.out);
  });
});

describe('verify', { timeout: slow }, () => {
  it('exits 0 where every intent holds', async () => {
    const { code, out, err } = await hopscope(['verify', ...vcenter]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^✔ holds +reachable +1\/1 +internet-to-web/m);
    expect(out).toMatch(/^(\d+) intents: \1 hold, 0 broken$/m);
  });

  it('exits 1 where one is broken, says why, and writes it as JUnit XML', async () => {
    const file = inFolder('verdicts.xml');
    const { code, out, err } = await hopscope(['verify', ...documented, '--junit', file, '--json']);
    expect(code).toBe(1);
    expect(err).toBe(`Wrote ${file}\n`);
    const answer = JSON.parse(out) as {
      readonly holds: boolean;
      readonly intents: readonly { readonly id: string; readonly holds: boolean }[];
    };
    expect(answer.holds).toBe(false);
    const broken = answer.intents.filter(({ holds }) => !holds).map(({ id }) => id);
    expect(broken).toContain('internet-to-web');

    const parser = new DOMParser({ onError: onErrorStopParsing });
    const xml = parser.parseFromString(readFileSync(file, 'utf8'), 'text/xml');
    const failing = Array.from(xml.getElementsByTagName('failure'));
    expect(failing.length).toBeGreaterThanOrEqual(broken.length);
    expect(failing[0]?.textContent).toContain('The default rule denies');
    expect(xml.getElementsByTagName('testsuite')).toHaveLength(answer.intents.length);
  });
});

describe('connections', { timeout: slow }, () => {
  it('prints a line a pair, sorted', async () => {
    const { code, out, err } = await hopscope(['connections', ...vcenter]);
    expect(err).toBe('');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toEqual([...lines].sort());
    for (const line of lines) {
      expect(line).toMatch(/^\S+ => \S+ : (All Connections|(SCTP|TCP|UDP) \S+)$/);
    }
    expect(lines).toContain('{ingress-controller} => shop/web[Deployment] : TCP 8080');
  });

  it('is one JSON value on request', async () => {
    const { out } = await hopscope(['connections', ...vcenter, '--json']);
    const { clusters } = JSON.parse(out) as {
      clusters: { cluster: string; connections: { from: string; text: string }[] }[];
    };
    expect(clusters).toHaveLength(1);
    expect(clusters[0]?.connections.every(({ text }) => text.length > 0)).toBe(true);
  });

  it('names the clusters where there is none of that name', async () => {
    const { code, err } = await hopscope(['connections', ...vcenter, '--cluster', 'icq']);
    expect(code).toBe(2);
    expect(err).toContain('The design has no cluster "icq"');
  });
});

describe('import kubernetes', { timeout: slow }, () => {
  const shop = join(projectRoot, 'tests', 'fixtures', 'kubernetes', 'web-shop');

  it('makes a design of a folder of manifests, which connections then answers for', async () => {
    const out = inFolder('shop.yaml');
    const { code, out: said, err } = await hopscope(['import', 'kubernetes', shop, '-o', out]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(said).toContain('3 workloads, 4 pods, 2 services, 1 ingress, 2 network policies');
    const listed = await hopscope(['connections', out]);
    expect(listed.out).toContain('shop/frontend[Deployment] => shop/cart[Deployment] : TCP 7070');
  });

  it('tells file and line of what it cannot read, and writes nothing', async () => {
    const manifest = inFolder('unreadable-manifest.yaml');
    writeFileSync(
      manifest,
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 0}]}\n',
    );
    const out = inFolder('never.yaml');
    const { code, err } = await hopscope(['import', 'kubernetes', manifest, '-o', out]);
    expect(code).toBe(2);
    expect(err).toContain(`${manifest}:4: Service a: spec.ports[0].port is 0: expected a port`);
    expect(existsSync(out)).toBe(false);
  });

  it('prints one JSON value where that is asked', async () => {
    const out = inFolder('shop-as-json.yaml');
    const { out: said } = await hopscope(['import', 'kubernetes', shop, '-o', out, '--json']);
    expect(JSON.parse(said)).toMatchObject({ file: out, imported: { workloads: 3 } });
  });

  it('says what is missing', async () => {
    const { code, err } = await hopscope(['import', 'kubernetes', shop]);
    expect(code).toBe(2);
    expect(err).toContain("Required option '-o, --out <out>' not specified");
  });
});

describe('import artifacts', { timeout: slow }, () => {
  const plan = inFolder('plan.yaml');
  const lists = inFolder('lists');
  beforeAll(() => {
    writeFileSync(
      plan,
      'hopscope: 1\nname: plan\ninstallScenarios:\n  - {id: kube, product: kubeadm, mode: air-gapped, artifacts: [{kind: image, reference: "nginx:1"}]}\n',
    );
    mkdirSync(lists);
    writeFileSync(join(lists, 'images.txt'), 'nginx:1\nquay.io/acme/app:2\nredis\n');
    writeFileSync(
      join(lists, '.terraform.lock.hcl'),
      'provider "registry.terraform.io/hashicorp/tls" {\n  version = "4.0.5"\n}\n',
    );
    writeFileSync(join(lists, '.hidden.txt'), 'never:1\n');
    writeFileSync(join(lists, 'notes.md'), 'never:2\n');
  });
  const into = ['--into', plan, '--scenario', 'kube'];

  it('adds what files of a folder name to a scenario, and lists what to look at', async () => {
    const out = inFolder('plan-with-artifacts.yaml');
    const { code, out: said } = await hopscope([
      ...['import', 'artifacts', lists, '-o', out, ...into],
      ...['--needed-by', 'master', 'worker'],
    ]);
    expect(code).toBe(0);
    expect(said.split('\n').slice(0, -1)).toEqual([
      `Wrote ${out}`,
      '4 artifacts (3 image, 1 terraform), of which 3 are new to kube',
      'Not taken, or to look at:',
      `  ${join(lists, 'images.txt')}:3: image list: redis has no tag and no digest: latest is pulled`,
    ]);
    expect(readFileSync(out, 'utf8')).toContain(
      '- kind: image\n        reference: quay.io/acme/app:2\n        neededBy: [master, worker]\n',
    );
  });

  it('says where it cannot tell what a file lists, and takes the word of --kind', async () => {
    const bare = inFolder('bare.txt');
    writeFileSync(bare, 'nfs-common\n');
    const out = inFolder('plan-with-packages.yaml');
    const refused = await hopscope(['import', 'artifacts', bare, '-o', out, ...into]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`${bare}:1: it is not clear what it lists`);
    expect(existsSync(out)).toBe(false);
    const kind = ['--kind', 'packages', '--json'];
    const taken = await hopscope(['import', 'artifacts', bare, '-o', out, ...into, ...kind]);
    expect(JSON.parse(taken.out)).toEqual({
      file: out,
      scenario: 'kube',
      added: 1,
      found: [
        { kind: 'package', reference: 'nfs-common', file: bare, line: 1, why: 'package list' },
      ],
      remarks: [],
    });
  });

  it('names the scenarios where there is none of that name', async () => {
    const out = inFolder('never-artifacts.yaml');
    const other = ['--into', plan, '--scenario', 'kubf'];
    const { code, err } = await hopscope(['import', 'artifacts', lists, '-o', out, ...other]);
    expect(code).toBe(2);
    expect(err).toContain('The design has no install scenario "kubf"');
    expect(err).toContain('kube');
  });
});

describe('install', { timeout: slow }, () => {
  const asked = ['install', '--example', 'icp-on-vcenter', '--scenario', 'icp-by-proxy'];

  it('writes the files of the plan beneath a folder, and replaces none without being told', async () => {
    const folder = inFolder('plan');
    const { code, err, out } = await hopscope([...asked, '--plan', folder]);
    expect({ code, err }).toEqual({ code: 0, err: `Wrote ${folder}\n` });
    const own = join(folder, 'icp-by-proxy-proxy');
    expect(readFileSync(join(own, '02/etc/apt/apt.conf.d/95proxy'), 'utf8')).toContain(
      'Acquire::https::Proxy "http://10.208.242.140:3128";\n',
    );
    expect(readFileSync(join(own, 'firewall-request.csv'), 'utf8')).toContain(
      '"10.208.242.140","10.208.242.140","tcp","3128","proxy"',
    );
    expect(readFileSync(join(own, 'steps.txt'), 'utf8')).toMatch(/^02\. Tell apt of the proxy/m);
    expect(out).toContain('       Acquire::https::Proxy "http://10.208.242.140:3128";\n');
    const again = await hopscope([...asked, '--plan', folder]);
    expect(again.code).toBe(2);
    expect(again.err).toContain(`${join(own, 'steps.txt')} exists already`);
    expect((await hopscope([...asked, '--plan', folder, '--force'])).code).toBe(0);
  });

  it('leaves the folder by no path of a design', async () => {
    const design = inFolder('escape.yaml');
    const exported = await hopscope(['export', '--example', 'icp-on-vcenter', '-o', design]);
    expect(exported.code).toBe(0);
    const text = readFileSync(design, 'utf8').replace(
      'deb https://192.168.20.7/ubuntu xenial main}\n',
      'deb https://192.168.20.7/ubuntu xenial main}\n      - {client: terraform, source: /../../../escaped/.terraformrc, values: {network_mirror: "https://192.168.20.7/"}}\n',
    );
    expect(text).toContain('escaped');
    writeFileSync(
      design,
      text.replace('product: icp-ce\n    mode: air-gapped', 'product: cam\n    mode: air-gapped'),
    );
    const folder = inFolder('deep/down/plan');
    const { err } = await hopscope(['install', design, '--plan', folder]);
    expect(err).toBe(`Wrote ${folder}\n`);
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(written.filter((path) => path.endsWith('/escaped/.terraformrc'))).toHaveLength(1);
    expect(existsSync(inFolder('escaped'))).toBe(false);
    expect(existsSync(inFolder('deep/escaped'))).toBe(false);
  });
});

describe('import iptables', { timeout: slow }, () => {
  it('makes the rules of a node, and lists what it leaves out', async () => {
    const rules = inFolder('rules.txt');
    writeFileSync(
      rules,
      '*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i eth0 -j ACCEPT\n-A FORWARD -m owner --uid-owner 0 -j ACCEPT\nCOMMIT\n',
    );
    const out = inFolder('router.yaml');
    const { code, out: said } = await hopscope(['import', 'iptables', rules, '-o', out]);
    expect(code).toBe(0);
    expect(said).toContain('router has 2 rules and 0 translations');
    expect(said).toContain(
      `${rules}:4: -A FORWARD -m owner --uid-owner 0 -j ACCEPT: left out: -m owner`,
    );
    expect(readFileSync(out, 'utf8')).toContain('inInterface: eth0');
  });

  it('says what is no rule, with its line', async () => {
    const rules = inFolder('none.txt');
    writeFileSync(rules, '*filter\nhello\n');
    const { code, err } = await hopscope(['import', 'iptables', rules, '-o', inFolder('no.yaml')]);
    expect(code).toBe(2);
    expect(err).toContain(`${rules}:2: hello: expected a line of iptables-save`);
  });
});

describe('lint', { timeout: slow }, () => {
  it('finds nothing in the sample', async () => {
    const { code, out } = await hopscope(['lint', ...vcenter, '--json']);
    expect({ code, answer: JSON.parse(out) as unknown }).toEqual({
      code: 0,
      answer: { findings: [] },
    });
  });

  it('exits 1 where there is an error, with its code and its place', async () => {
    const file = inFolder('duplicate.yaml');
    const text = sampleText('icp-on-vcenter');
    // db-vm takes the address of a gateway on its own segment.
    writeFileSync(file, text.replaceAll('192.168.10.50/24', '192.168.10.1/24'));
    const { code, out } = await hopscope(['lint', file]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✘ error {4}duplicate-address {2}Database VM › interface eth0 › address 192\.168\.10\.1\/24 {2}node:db-vm /m,
    );
    expect(out).toMatch(/^[1-9]\d* errors?, \d+ warnings?$/m);
  });
});

describe('new, import and export', { timeout: slow }, () => {
  it('makes designs that can be read, and replaces none without --force', async () => {
    const file = inFolder('made.yaml');
    expect(await hopscope(['new', file])).toEqual({ code: 0, out: `Wrote ${file}\n`, err: '' });
    expect(readFileSync(file, 'utf8')).toBe('hopscope: 1\nname: made\n');
    const again = await hopscope(['new', file, '--template', 'icp-on-vcenter']);
    expect({ code: again.code, out: again.out }).toEqual({ code: 2, out: '' });
    expect(again.err).toContain(`${file} exists already`);
    const forced = await hopscope(['new', file, '--template', 'icp-on-vcenter', '--force']);
    expect(forced.code).toBe(0);
    expect((await hopscope(['lint', file])).code).toBe(0);
  });

  it('brings a design through a project file and back without losing a byte', async () => {
    const yaml = inFolder('before.yaml');
    const project = inFolder('way.hopscope');
    const after = inFolder('after.yaml');
    await hopscope(['export', ...vcenter, '--out', yaml]);
    const imported = await hopscope(['import', yaml, project]);
    expect(imported).toEqual({ code: 0, out: `Wrote ${project}\n`, err: '' });
    const exported = await hopscope(['export', project, '--out', after]);
    expect(exported).toEqual({ code: 0, out: `Wrote ${after}\n`, err: '' });
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(yaml, 'utf8'));

    const traced = await hopscope(['trace', project, '--flow', 'web-to-db', '--json']);
    expect((JSON.parse(traced.out) as Result).status).toBe('reachable');
    const again = await hopscope(['import', yaml, project]);
    expect(again.code).toBe(2);
    expect(again.err).toContain(`${project} exists already`);
  });

  it('prints the text form where no file is named', async () => {
    const { out } = await hopscope(['export', ...vcenter, '--format', 'json']);
    const { out: json } = await hopscope(['export', ...vcenter, '--json']);
    expect(JSON.parse(out)).toEqual(JSON.parse(json));
  });
});

describe.concurrent('what cannot be answered', { timeout: slow }, () => {
  const bad = inFolder('bad.yaml');
  writeFileSync(bad, 'hopscope: 1\nname: bad\nnodes:\n  - id: a\n    kind: toaster\n');
  const broken = inFolder('broken.yaml');
  writeFileSync(broken, 'hopscope: 1\nname: [\n');
  writeFileSync(inFolder('binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]));

  it.each<[args: readonly string[], ...told: string[]]>([
    [['routes', 'design.yaml'], "Unknown command 'routes'", 'hopscope --help lists the commands'],
    [['report', 'design.yaml'], 'Expected --out FILE.html, .pdf, .md or .json'],
    [['trac'], 'Did you mean trace?'],
    [['trace'], 'Expected FILE (.hopscope, .yaml, .yml or .json) or --example NAME'],
    [['trace', ...vcenter], 'Expected --flow ID, or --from X and --to Y'],
    [['trace', ...vcenter, '--from', 'web-1'], '--to is missing'],
    [
      ['trace', ...vcenter, '--flow', 'internet-to-wbe'],
      'The design has no flow "internet-to-wbe"',
      'Did you mean internet-to-web?',
    ],
    [
      ['trace', ...vcenter, '--flow', 'web-to-db', '--port', '1'],
      '--flow web-to-db is whole by itself: expected no --port beside it',
    ],
    [
      ['trace', ...vcenter, '--from', 'web-1', '--to', 'db-mv', '--port', '3306'],
      '--to is db-mv: expected a URL, an address, a host name, or the id of a node, pod or service',
      'Did you mean db-vm?',
    ],
    [['trace', ...vcenter, '--port', '70000'], "'70000' is invalid", 'a port from 1 to 65535'],
    [['trace', ...vcenter, '--protocol', 'sctp'], "'sctp' is invalid", 'tcp, udp, icmp'],
    [['trace', 'x.yaml', ...vcenter, '--flow', 'a'], 'are two designs: expected one'],
    [['verify', '--example', 'icp-on-vcentre'], 'no sample named', 'Did you mean icp-on-vcenter?'],
    [['lint', 'nowhere.yaml'], 'Cannot read nowhere.yaml: there is no such file or folder'],
    [['lint', 'design.txt'], 'FILE is design.txt: expected .hopscope, .yaml, .yml or .json'],
    [['lint', 'nowhere.hopscope'], 'Cannot read nowhere.hopscope: there is no such file or folder'],
    [['lint', inFolder('binary.yaml')], 'it is not UTF-8 text'],
    [
      ['lint', bad],
      `${bad} is not a design`,
      '  5:11: nodes[0].kind is "toaster": expected one of',
    ],
    [['lint', broken], `Cannot read ${broken}: `],
    [
      ['verify', ...vcenter, '--junit', '/no/such/folder/x.xml'],
      'Cannot write /no/such/folder/x.xml',
    ],
    [['new', 'design.txt'], 'OUT is design.txt: expected .hopscope, .yaml, .yml or .json'],
    [['import', 'a.hopscope', 'b.hopscope'], 'export writes its text form'],
  ])('hopscope %j is told why, on standard error, with exit code 2', async (args, ...told) => {
    const { code, out, err } = await hopscope(args);
    for (const text of told) expect(err).toContain(text);
    expect(err).toMatch(/^hopscope: /);
    expect(err).not.toMatch(/\n {4}at /);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('is one JSON value too with --json', async () => {
    for (const args of [
      ['trace', ...vcenter, '--flow', 'nothing', '--json'],
      ['trace', '--port', 'x', '--json'],
      ['lint', bad, '--json'],
    ]) {
      const { code, out, err } = await hopscope(args);
      const { error } = JSON.parse(out) as { readonly error: { readonly code: string } };
      expect(error.code).toMatch(/^(flow-unknown|usage|design-invalid)$/);
      expect(err).toMatch(/^hopscope: /);
      expect(code).toBe(2);
    }
  });
});

describe.concurrent('help', { timeout: slow }, () => {
  it('lists the commands that there are, and no others', async () => {
    const { code, out } = await hopscope(['--help']);
    expect(code).toBe(0);
    const commands = [...out.matchAll(/^ {2}([a-z]+) .*\S$/gm)].map(([, name]) => name);
    expect(commands).toEqual([
      ...[
        'trace',
        'verify',
        'lint',
        'install',
        'report',
        'connections',
        'new',
        'import',
        'export',
        'open',
        'help',
      ],
    ]);
  });

  it.each([
    'trace',
    'verify',
    'lint',
    'install',
    'report',
    'connections',
    'new',
    'import',
    'export',
    'open',
  ])('of %s has examples, of which each names it', async (command) => {
    const { code, out } = await hopscope([command, '--help']);
    expect(code).toBe(0);
    const [, examples = ''] = out.split('\nExamples:\n');
    const lines = examples.split('\n').filter((line) => line.includes('$'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain(`$ hopscope ${command}`);
  });

  it('is what a bare hopscope gets, on standard error', async () => {
    const { code, out, err } = await hopscope([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Commands:');
  });

  it('comes by the linked program too', async () => {
    const { code, out } = await linkedHopscope(['--version'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the demo', { timeout: slow }, () => {
  it('tells six verdicts and writes six captures into the folder that it is given', async () => {
    const { code, out, err } = await demo(['captures'], { cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/^[✔◐✘] \S+ {2}\S+:/gm)).toEqual([
      '✔ reachable  internet-to-web:',
      '✔ reachable  web-to-db:',
      '✔ reachable  enterprise-to-vm:',
      '✘ unreachable  internet-to-web:',
      '✔ reachable  web-to-db:',
      '✔ reachable  enterprise-to-vm:',
    ]);
    const files = [...out.matchAll(/^Capture: +(\S+)$/gm)].map(([, file = '']) => file);
    expect(files).toHaveLength(6);
    for (const file of files) {
      expect(readFileSync(join(folder, file)).readUInt32LE(0)).toBe(0x0a0d0d0a);
    }
  });

  it('refuses what it does not know', async () => {
    const { code, err } = await demo(['--bogus']);
    expect(code).toBe(2);
    expect(err).toMatch(/^Usage: /);
  });
});

/** Programs that read such files, where the machine has them, say what they have read. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import {
  aptProxy,
  containerdHosts,
  planMirror,
  planProxy,
  rancherEnvironment,
  shellProfile,
  terraformConfig,
  unitDropIn,
  yumProxy,
} from '../../../src-main/install/plan/index.ts';
import { describeRequiring, findProgram, findPython } from '../../support/capabilities.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const password = `p%41 "q" \\ $HOME \`x\` 'y' %n`;
const url = new URL('http://proxy.example.com:3128');
url.username = 'user';
url.password = encodeURIComponent(password);
const proxy = planProxy(url.href, [
  '.svc',
  'mycluster.icp',
  '10.0.0.0/8',
  '*.example.com',
  '[::1]',
]);
if (!proxy) throw new Error('it is a proxy');
const noProxy = proxy.direct.join(',');

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function run(
  program: string | undefined,
  args: readonly string[],
  env: Record<string, string> = {},
) {
  const { status, stdout, stderr } = spawnSync(program ?? '', args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, out: stdout, err: stderr };
}

test('the password is what it was, whoever takes the URL apart', () => {
  expect(decodeURIComponent(new URL(proxy.url).password)).toBe(password);
});

describeRequiring(['systemd-analyze'], 'a drop-in, read by systemd', () => {
  const verify = (content: string, name: string) => {
    const unit = join(folder, `${name}.service`);
    writeFileSync(unit, '[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n');
    mkdirSync(`${unit}.d`, { recursive: true });
    writeFileSync(join(`${unit}.d`, 'http-proxy.conf'), content);
    return run(findProgram('systemd-analyze'), ['verify', '--man=no', unit]).err;
  };

  test('has no complaint', () => {
    expect(verify(unitDropIn('docker', proxy).content, 'docker')).not.toContain('http-proxy.conf');
  });

  test('would have one where a percent sign were left as it is', () => {
    const { content } = unitDropIn('docker', proxy);
    expect(verify(content.replaceAll('%%', '%'), 'broken')).toContain('http-proxy.conf');
  });
});

describeRequiring(['apt-config'], "apt's part, read by apt", () => {
  test('is what was meant', () => {
    const file = write('95proxy', aptProxy(proxy).content);
    const { out } = run(findProgram('apt-config'), ['dump'], { APT_CONFIG: file });
    expect(out).toContain(`Acquire::http::Proxy "${proxy.url}";\n`);
    expect(out).toContain('Acquire::https::Proxy::mycluster.icp "DIRECT";\n');
    expect(out).not.toContain('10.0.0.0');
  });
});

describeRequiring(['terraform'], "Terraform's configuration, read by Terraform", () => {
  const errors = (content: string) => {
    const file = write('terraformrc', content);
    const { out, err } = run(findProgram('terraform'), ['version'], {
      TF_CLI_CONFIG_FILE: file,
      CHECKPOINT_DISABLE: '1',
    });
    return `${out}${err}`.match(/Error|Warning|problems/g) ?? [];
  };

  test('has no complaint', () => {
    const address = 'https://192.168.20.7:8443/a%20b/${x}/';
    const network = terraformConfig({ kind: 'network', url: address }, { isAirGapped: true });
    expect(errors(network?.content ?? '')).toEqual([]);
    const disk = terraformConfig({ kind: 'filesystem', path: '/opt/p' }, { isAirGapped: false });
    expect(errors(disk?.content ?? '')).toEqual([]);
  });

  test('would have one over plain HTTP', () => {
    const content = 'provider_installation {\n  network_mirror {\n    url = "http://a/"\n  }\n}\n';
    expect(errors(content)).not.toEqual([]);
  });
});

describeRequiring(['python3'], 'files, read by Python', () => {
  const python = (script: string, ...files: readonly string[]): unknown => {
    const { out, err } = run(findPython(), ['-c', script, ...files]);
    if (err !== '') throw new Error(err);
    return JSON.parse(out);
  };

  test('of containerd are TOML that says what was meant', () => {
    const mirror = planMirror(
      'docker.io',
      'https://192.168.20.7:5000/v2/%22a%22',
      '/etc/ssl/a.crt',
    );
    if (!mirror) throw new Error('it is a mirror');
    const [hosts] = containerdHosts([mirror], { isAirGapped: false });
    const script =
      'import json,sys,tomllib; print(json.dumps(tomllib.load(open(sys.argv[1],"rb"))))';
    expect(python(script, write('hosts.toml', hosts?.content ?? ''))).toEqual({
      server: 'https://registry-1.docker.io',
      host: {
        'https://192.168.20.7:5000/v2/%22a%22': {
          capabilities: ['pull', 'resolve'],
          ca: '/etc/ssl/a.crt',
        },
      },
    });
  });

  test('of yum are INI that says what was meant', () => {
    const script = `import configparser,json,sys
c=configparser.RawConfigParser(); c.read(sys.argv[1]); print(json.dumps(dict(c["main"])))`;
    expect(python(script, write('yum.conf', yumProxy('yum', proxy).content))).toEqual({
      proxy: proxy.url,
    });
  });
});

test.each([
  ['a profile', shellProfile(proxy).content],
  ['an environment file', rancherEnvironment('rke2-server', proxy).content],
])('%s says to a shell what was meant', (_what, content) => {
  const file = write('read-by-sh', content);
  const script = '. "$0"; printf "%s\\n%s\\n" "$HTTPS_PROXY" "$NO_PROXY"';
  expect(run('/bin/sh', ['-c', script, file]).out).toBe(`${proxy.url}\n${noProxy}\n`);
});

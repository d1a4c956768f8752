import type { PlanFile } from './file.ts';
import type { PlanMirror, PlanProxy } from './inputs.ts';
import { modeFor, proxyVariables } from './proxy-variables.ts';
import { systemdAssignment } from './quoting.ts';

/** A unit that systemd runs, and that is told of its proxy by a drop-in. */
export type ProxiedUnit = 'docker' | 'containerd' | 'kubelet';

/** https://docs.docker.com/engine/daemon/proxy/#systemd-unit-file; the other units' drop-ins are written alike. */
export function unitDropIn(unit: ProxiedUnit, proxy: PlanProxy): PlanFile {
  const lines = proxyVariables(proxy, 'upper').map(
    ([name, value]) => `Environment=${systemdAssignment(name, value)}`,
  );
  return {
    path: `/etc/systemd/system/${unit}.service.d/http-proxy.conf`,
    content: ['[Service]', ...lines, ''].join('\n'),
    ...modeFor(proxy),
    commands: ['systemctl daemon-reload', `systemctl restart ${unit}`],
  };
}

export interface DaemonChoices {
  readonly proxy?: PlanProxy;
  /** Docker asks mirrors for what is on Docker Hub alone; of other registries they are left out. */
  readonly mirrors?: readonly PlanMirror[];
  /** Registries without TLS, or whose certificate nobody knows: `host:port`. */
  readonly insecureRegistries?: readonly string[];
  /** What the file holds now; keys that are not spoken of here stay. */
  readonly present?: Readonly<Record<string, unknown>>;
}

/** https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file; `proxies` since Docker 23. */
export function dockerDaemon({
  proxy,
  mirrors = [],
  insecureRegistries = [],
  present = {},
}: DaemonChoices): PlanFile {
  const ofHub = mirrors.filter(({ registry }) => registry === 'docker.io');
  const plain = ofHub
    .filter(({ endpoint }) => endpoint.startsWith('http://'))
    .map(({ endpoint }) => new URL(endpoint).host);
  const insecure = [...new Set([...insecureRegistries, ...plain])];
  const settings = {
    ...present,
    ...(proxy && {
      proxies: {
        'http-proxy': proxy.url,
        'https-proxy': proxy.url,
        'no-proxy': proxy.direct.join(','),
      },
    }),
    ...(ofHub.length > 0 && { 'registry-mirrors': ofHub.map(({ endpoint }) => endpoint) }),
    ...(insecure.length > 0 && { 'insecure-registries': insecure }),
  };
  return {
    path: '/etc/docker/daemon.json',
    content: `${JSON.stringify(settings, undefined, 2)}\n`,
    ...(proxy && modeFor(proxy)),
    commands: [
      'dockerd --validate --config-file /etc/docker/daemon.json',
      'systemctl restart docker',
    ],
  };
}

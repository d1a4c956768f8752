import type { PlanFile } from './file.ts';
import type { PlanProxy } from './inputs.ts';
import { modeFor, proxyVariables } from './proxy-variables.ts';
import { environmentLine, shellWord, yamlString } from './quoting.ts';

/** For curl and whatever is started from a login shell. curl reads http_proxy in small letters alone. */
export const shellProfile = (proxy: PlanProxy): PlanFile => ({
  path: '/etc/profile.d/proxy.sh',
  content: exports(proxy),
  ...modeFor(proxy),
  commands: ['. /etc/profile.d/proxy.sh'],
});

/**
 * kubeadm reads it when it runs, and writes the variables into the manifests of the control plane: what is missing in
 * NO_PROXY then is missing there until they are edited.
 */
export const kubeadmEnvironment = (proxy: PlanProxy): PlanFile => ({
  path: '/etc/kubernetes/proxy.env',
  content: exports(proxy),
  ...modeFor(proxy),
  commands: ['. /etc/kubernetes/proxy.env'],
});

const exports = (proxy: PlanProxy): string =>
  proxyVariables(proxy, 'both')
    .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
    .join('');

/** pam_env(8): for every login; no `export` there. Whoever is logged in has to log in anew. */
export const loginEnvironment = (proxy: PlanProxy): PlanFile => ({
  path: '/etc/environment',
  content: proxyVariables(proxy, 'both')
    .map(([name, value]) => `${environmentLine(name, value)}\n`)
    .join(''),
  isPart: true,
  ...modeFor(proxy),
  commands: [],
});

/** sudoers(5): sudo forgets the environment but for what it is told to keep. */
export const sudoKeeps = (): PlanFile => ({
  path: '/etc/sudoers.d/proxy',
  content:
    'Defaults env_keep += "HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy"\n',
  mode: 0o440,
  commands: ['visudo --check --file=/etc/sudoers.d/proxy'],
});

/** Of a container in a manifest: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
export const podEnvironment = (proxy: PlanProxy, path: string): PlanFile => ({
  path,
  content: [
    'env:',
    ...proxyVariables(proxy, 'both').flatMap(([name, value]) => [
      `  - name: ${name}`,
      `    value: ${yamlString(value)}`,
    ]),
    '',
  ].join('\n'),
  isPart: true,
  commands: [],
});

/** curl(1), CONFIG FILE: the double quotes know backslashes. */
export const curlConfig = (proxy: PlanProxy): PlanFile => ({
  path: '/root/.curlrc',
  content: [
    `proxy = ${quoted(proxy.url)}`,
    ...(proxy.direct.length > 0 ? [`noproxy = ${quoted(proxy.direct.join(','))}`] : []),
    '',
  ].join('\n'),
  isPart: true,
  ...modeFor(proxy),
  commands: [],
});

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

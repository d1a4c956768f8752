import type { PlanFile } from './file.ts';
import type { PlanProxy } from './inputs.ts';
import { modeFor, proxyVariables } from './proxy-variables.ts';
import { shellWord } from './quoting.ts';

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

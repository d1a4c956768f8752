import type { PlanFile } from './file.ts';
import type { PlanProxy } from './inputs.ts';
import { modeFor, proxyVariables } from './proxy-variables.ts';
import { yamlString } from './quoting.ts';

/** The part of the installer's config.yaml that sets the environment of Docker on every node, before the install. */
export function icpDockerEnvironment(proxy: PlanProxy): PlanFile {
  const lines = proxyVariables(proxy, 'upper').map(
    ([name, value]) => `  - ${yamlString(`${name}=${value}`)}`,
  );
  return {
    path: 'cluster/config.yaml',
    content: ['docker_env:', ...lines, ''].join('\n'),
    isPart: true,
    ...modeFor(proxy),
    commands: [],
  };
}

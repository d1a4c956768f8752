import type { PlanFile } from './file.ts';
import { yamlString } from './quoting.ts';

/** https://github.com/helm/helm/blob/main/pkg/repo/v1/repo.go: what `helm repo add` writes. */
export const helmRepositories = (path: string, urls: readonly string[]): PlanFile => ({
  path,
  content: [
    'apiVersion: v1',
    'repositories:',
    ...urls.flatMap((url, at) => [
      `  - name: ${at === 0 ? 'mirror' : `mirror-${at + 1}`}`,
      `    url: ${yamlString(url)}`,
    ]),
    '',
  ].join('\n'),
  isPart: true,
  commands: ['helm repo update'],
});

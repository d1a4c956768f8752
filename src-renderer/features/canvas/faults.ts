import type { Finding } from '../../../src-main/contract/index.ts';
import { parseEdge } from '../../state/drawing-parts.ts';
import type { Project } from '../../state/project.svelte.ts';

/** What is wrong with a thing of the drawing; with an interface, where its line is pointed at. Errors first. */
export function findingsAt(project: Project, ref: string): readonly Finding[] {
  const line = parseEdge(ref);
  const entity = line ? `node:${line.node}` : ref;
  const node = line && project.entity(entity);
  const { interfaces = [] } = node && 'interfaces' in node ? node : {};
  const path = line ? `interfaces[${interfaces.findIndex(({ id }) => id === line.interface)}]` : '';
  return project.findings
    .filter((finding) =>
      [finding.at, ...finding.related].some(
        (at) => (at.entity as string) === entity && at.path.startsWith(path),
      ),
    )
    .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

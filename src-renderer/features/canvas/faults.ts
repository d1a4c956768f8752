import type { Finding } from '../../../src-main/contract/index.ts';
import { parseEdge } from '../../state/drawing-parts.ts';
import type { Project } from '../../state/project.svelte.ts';

/** What is wrong with a thing of the drawing; with an interface, where its line is pointed at. Errors first. */
export function findingsAt(project: Project, ref: string): readonly Finding[] {
  const line = parseEdge(ref);
  const entity = line ? `node:${line.node}` : ref;
  const within = line ? partsOf(project, entity, line.interface) : [''];
  return project.findings
    .filter(({ places, related }) =>
      [...places, ...related].some(
        (at) => (at.entity as string) === entity && within.some((part) => at.path.startsWith(part)),
      ),
    )
    .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

/** Paths of an interface and of the virtual IPs that it holds. */
function partsOf(project: Project, entity: string, id: string): readonly string[] {
  const node = project.entity(entity);
  const { interfaces = [] } = node && 'interfaces' in node ? node : {};
  const { virtualIps = [] } = node && 'virtualIps' in node ? node : {};
  const held = virtualIps.flatMap((one, at) => (one.interface === id ? [`virtualIps[${at}]`] : []));
  return [`interfaces[${interfaces.findIndex((one) => one.id === id)}]`, ...held];
}

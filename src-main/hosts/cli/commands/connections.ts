import { lineOf, type Connections } from '../../../connections/index.ts';
import type { Backend } from '../../../contract/index.ts';
import type { Outcome } from '../outcome.ts';
import { findSource, type SourceOptions } from '../source.ts';

export interface ConnectionsOptions extends SourceOptions {
  readonly cluster?: string;
}

/** Lists what the policies, services and ingresses of the design's clusters let through. */
export async function connections(
  backend: Backend,
  { cluster, ...options }: ConnectionsOptions,
): Promise<Outcome> {
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('design.connections', {
    source,
    ...(cluster === undefined ? {} : { cluster }),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { clusters } = answer.value;
  const notes = [
    ...(clusters.length === 0 ? ['The design has no cluster.'] : []),
    ...clusters
      .filter((one) => one.connections.length === 0)
      .map((one) => `Nothing is let through in cluster ${one.cluster}.`),
  ];
  return {
    ok: true,
    good: true,
    json: { clusters },
    text: () => clusters.flatMap((one) => block(one, clusters.length > 1)).join('\n'),
    notes,
  };
}

interface ClusterConnections {
  readonly cluster: string;
  readonly connections: readonly Connections[];
}

/** Of several clusters each begins with a line of its own. */
function block(
  { cluster, connections: found }: ClusterConnections,
  isOneOfSeveral: boolean,
): string[] {
  const differ = new Set(
    [...Map.groupBy(found, ({ from, to }) => `${from} => ${to}`)]
      .filter(([, same]) => same.length > 1)
      .map(([pair]) => pair),
  );
  return [
    ...(isOneOfSeveral ? [`# ${cluster}`] : []),
    ...found.map((one) => {
      const isFor = differ.has(`${one.from} => ${one.to}`)
        ? ` (${one.families.map((family) => `IPv${family}`).join(', ')})`
        : '';
      return `${lineOf(one)}${isFor}`;
    }),
  ];
}

import type { Network } from '../../sim/index.ts';
import type { Exported, ExportedFile } from '../exchange.ts';
import { labName, labOf } from '../linux/lab.ts';
import type { Namespace } from '../linux/index.ts';
import { labDownScript, labScript } from './lab-script.ts';
import { machineScript } from './machine-script.ts';

/**
 * A design as shell scripts: `lab.sh` builds all of it as network namespaces of one machine, `lab-down.sh` removes that, and
 * `node-ID.sh` sets up one machine, in the lab or a real one.
 */
export function linuxScriptsOf(network: Network): Exported {
  const lab = labOf(network);
  const prefix = `${labName(network)}-`;
  const paths = pathsOf(lab.plan.namespaces);
  const scripts = lab.plan.namespaces.map((namespace): ExportedFile => ({
    path: paths.get(namespace.name) as string,
    content: machineScript(lab, namespace),
  }));
  return {
    files: [
      { path: 'lab.sh', content: labScript(lab, paths, prefix) },
      { path: 'lab-down.sh', content: labDownScript(lab, paths, prefix) },
      ...scripts,
    ],
    leftOut: lab.leftOut,
  };
}

/** Names of files, which differ by more than the case of their letters. */
function pathsOf(namespaces: readonly Namespace[]): ReadonlyMap<string, string> {
  const taken = new Set(['lab.sh', 'lab-down.sh']);
  return new Map(
    namespaces.map(({ name, node }) => {
      const stem = node === undefined ? name : `node-${name}`;
      let path = `${stem}.sh`;
      for (let at = 2; taken.has(path.toLowerCase()); at += 1) path = `${stem}-${at}.sh`;
      taken.add(path.toLowerCase());
      return [name, path];
    }),
  );
}

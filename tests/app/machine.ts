import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock, Ports } from '../../src-main/app/ports.ts';
import type {
  Backend,
  BackendEvent,
  EventName,
  Events,
  ProjectState,
} from '../../src-main/contract/index.ts';
import { systemClock } from '../../src-main/hosts/local/clock.ts';
import { localFiles } from '../../src-main/hosts/local/files.ts';
import { userDataIn } from '../../src-main/hosts/local/user-data.ts';
import type { Design } from '../../src-main/model/design.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { network } from '../builders/network.ts';
import { ask, asSource, backendWith } from './ask.ts';

/** A backend over real files in folders of its own, whose watch looks when the test says so. */
export interface Machine {
  readonly backend: Backend;
  /** A folder that the test may do anything with. */
  readonly folder: string;
  readonly designs: string;
  readonly data: string;
  /** Everything that was told since. */
  readonly events: BackendEvent[];
  told<Name extends EventName>(name: Name): readonly Events[Name][];
  /** The watch looks once. */
  look(): void;
  /** Another backend over the same folders, as a second program or the next start. */
  another(): Machine;
  project(name?: string): Promise<ProjectState>;
}

export function machine(ports: Partial<Ports> = {}, root = newRoot()): Machine {
  const [folder, designs, data] = [root, join(root, 'designs'), join(root, 'data')];
  const works = new Set<() => void>();
  const clock: Clock = {
    ...systemClock,
    every(_intervalMs, work) {
      works.add(work);
      return () => works.delete(work);
    },
  };
  const backend = backendWith({
    clock,
    projects: createSqliteProjectStore(),
    files: localFiles({ data, designs, documents: root, home: root }),
    userData: userDataIn(data),
    ...ports,
  });
  onTestFinished(() => backend.close());
  const events: BackendEvent[] = [];
  backend.subscribe((event) => events.push(event));
  return {
    backend,
    folder,
    designs,
    data,
    events,
    told: (name) =>
      events.flatMap((event) => (event.event === name ? [event.payload as never] : [])),
    look: () => {
      for (const work of [...works]) work();
    },
    another: () => machine(ports, root),
    project: (name = 'p.hopscope') =>
      ask(backend, 'project.create', { file: join(folder, name), source: asSource(small) }),
  };
}

function newRoot(): string {
  const root = mkdtempSync(join(realpathSync.native(tmpdir()), 'hopscope-app-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export const small: Design = network()
  .segment('lan', '10.0.0.0/24')
  .host('client', '10.0.0.2/24')
  .host('server', '10.0.0.3/24', { listens: ['tcp 80'] })
  .flow('visit', 'client', 'server', { port: 80 })
  .build();

/** An edit that tells states apart. */
export const naming = (name: string) => ({ kind: 'head', name }) as const;

export async function nameOf({ backend }: Machine, project: string): Promise<string> {
  return (await ask(backend, 'project.read', { project })).design.name;
}

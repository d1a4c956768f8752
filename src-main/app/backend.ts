import {
  done,
  failed,
  type Answer,
  type Backend,
  type DesignSource,
  type Input,
  type Method,
  type Output,
  type ProjectState,
} from '../contract/index.ts';
import { inputs } from '../contract/inputs.ts';
import { formatDesignText } from '../interop/design-text/index.ts';
import type { Design } from '../model/design.ts';
import { schemaIssues } from '../model/validate.ts';
import { captureTrace } from './captures/pcap.ts';
import { listConnections } from './designs/connections.ts';
import { exportDesign, importDrawing } from './designs/export.ts';
import { importManifests, targetOf } from './designs/kubernetes.ts';
import { importRules, ruleTarget } from './designs/iptables.ts';
import { createLint } from './designs/lint.ts';
import type { OpenDesign } from './designs/ready.ts';
import { createDesigns } from './designs/source.ts';
import { listExamples, readExample } from './examples/list.ts';
import { createAnnouncer } from './events.ts';
import { explainFlow } from './flows/explain.ts';
import { createRuns, type Runs } from './flows/runs.ts';
import { simulateAll, simulateFlow } from './flows/simulate.ts';
import { exportInstall, isInstallFormat } from './installs/export.ts';
import { importArtifacts } from './installs/inventory.ts';
import { createCatalogue } from './installs/catalogue.ts';
import { evaluateInstalls } from './installs/evaluate.ts';
import { verifyIntents } from './intents/verify.ts';
import type { Ports } from './ports.ts';
import { createProjects, emptyDesign, type Projects } from './projects/projects.ts';
import { drawPicture } from './reports/picture.ts';
import { makeDesignReport } from './reports/report.ts';
import { createRecents, type Recents } from './user/recents.ts';
import { createSettings } from './user/settings.ts';

type Handlers = {
  readonly [Name in Method]: (
    input: Input<Name>,
  ) => Answer<Output<Name>> | Promise<Answer<Output<Name>>>;
};

/**
 * The one backend behind desktop, browser host and command line. Every call is checked at the door: its name, and its
 * arguments against the contract, unknown keys refused. An expected failure is an answer; so is a defect, as `internal`.
 */
export function createBackend(ports: Ports): Backend {
  const announcer = createAnnouncer();
  const recents = createRecents(ports.userData, ports.files);
  const projects = createProjects(ports, recents, announcer);
  const runs = createRuns(ports.clock, announcer);
  const handlers = createHandlers(ports, { projects, recents, runs });

  async function callUntyped(method: string, payload: unknown): Promise<Answer<unknown>> {
    if (!isMethod(method)) return failed('unknown-method', { method });
    const checked = inputs[method].safeParse(payload);
    if (!checked.success) {
      return failed('bad-input', { method, issues: schemaIssues(payload, checked.error) });
    }
    const handle = handlers[method] as (input: unknown) => Promise<Answer<unknown>>;
    try {
      return await handle(checked.data);
    } catch (thrown) {
      return failed('internal', {
        message: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  }

  return {
    callUntyped,
    call: <Name extends Method>(method: Name, payload: Input<Name>) =>
      callUntyped(method, payload) as Promise<Answer<Output<Name>>>,
    subscribe: announcer.subscribe,
    close: () => {
      runs.stopAll();
      projects.closeAll();
      return Promise.resolve();
    },
  };
}

const isMethod = (name: string): name is Method => Object.hasOwn(inputs, name);

interface Features {
  readonly projects: Projects;
  readonly recents: Recents;
  readonly runs: Runs;
}

function createHandlers(ports: Ports, { projects, recents, runs }: Features): Handlers {
  const settings = createSettings(ports.userData);
  const lint = createLint(ports.clock);
  const designs = createDesigns(ports, projects);
  const readCatalogue = createCatalogue(ports.catalogue);

  /** Opens the design first; most calls ask something of it. */
  async function ofDesign<Value>(
    source: DesignSource,
    ask: (open: OpenDesign) => Answer<Value> | Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const open = await designs.open(source);
    return open.ok ? ask(open.value) : open;
  }

  /** What has changed since a version that was saved: only projects have versions. */
  const changesSince = (source: DesignSource, from: string) =>
    source.kind === 'project'
      ? projects.compareVersions({ project: source.project, from })
      : failed('no-versions', {});

  /** The design that a new project begins with. */
  const beginning = (
    { source, name }: Input<'project.createDraft'>,
    begin: (design: Design) => Answer<ProjectState>,
  ) => {
    if (!source) return begin(emptyDesign(name ?? 'Untitled'));
    return ofDesign(source, ({ design }) =>
      begin(name === undefined ? design : { ...design, name }),
    );
  };

  return {
    'app.start': () => {
      const open = ports.opened?.();
      return done({ ...(open ? { open } : {}), ...ports.program });
    },
    // The host does it; a backend without a process of its own cannot be asked for it.
    'backend.restart': () =>
      failed('not-allowed', { reason: 'the backend has no process of its own here' }),
    'settings.read': () => done({ values: settings.read() }),
    'settings.write': ({ values }) => settings.write(values),
    'files.list': async ({ folder }) => {
      const listed = (await ports.files?.list(folder)) ?? 'there are no folders here';
      if (typeof listed !== 'string') return done(listed);
      return failed('folder-unreadable', { folder: folder ?? '', reason: listed });
    },
    'files.readText': async ({ file }) => {
      const read = (await ports.files?.readText(file)) ?? 'there are no folders here';
      return typeof read === 'string' ? failed('text-unreadable', { reason: read }) : done(read);
    },
    'recents.list': () => done({ recents: recents.list() }),
    'recents.forget': ({ file }) => {
      recents.forget(file);
      return done({});
    },
    'run.stop': ({ run }) => {
      runs.stop(run);
      return done({});
    },
    'examples.list': () => listExamples(ports, designs),
    'examples.read': ({ name }) => readExample(ports, designs, name),
    'design.read': ({ source }) => ofDesign(source, ({ design }) => done({ design })),
    'design.parse': (text) => ofDesign({ kind: 'text', ...text }, ({ design }) => done({ design })),
    'design.format': ({ source, format }) =>
      ofDesign(source, ({ design }) => done({ text: formatDesignText(design, format) })),
    'design.lint': ({ source }) =>
      ofDesign(source, (open) =>
        lint.check(open, source.kind === 'project' ? source.project : undefined),
      ),
    'design.connections': ({ source, cluster }) =>
      ofDesign(source, ({ design }) => listConnections(design, cluster)),
    'kubernetes.import': async ({ into, ...asked }) => {
      if (!into) return importManifests(asked);
      return ofDesign(into.source, ({ design }) => {
        const target = targetOf(design, into.cluster);
        return target.ok ? importManifests(asked, target.value) : target;
      });
    },
    'iptables.import': async ({ into, ...texts }) => {
      if (!into) return importRules(texts);
      return ofDesign(into.source, ({ design }) => {
        const target = ruleTarget(design, into.node);
        return target.ok ? importRules(texts, target.value) : target;
      });
    },
    'artifacts.import': ({ into, ...asked }) =>
      ofDesign(into.source, ({ design }) => importArtifacts(asked, design, into.scenario)),
    'flow.simulate': ({ source, flow, ...options }) =>
      ofDesign(source, (open) => simulateFlow(open, flow, options)),
    'flow.explain': ({ source, flow, run }) =>
      runs.during(run, (slices) => ofDesign(source, (open) => explainFlow(open, flow, slices))),
    'flows.simulateAll': ({ source, run }) =>
      runs.during(run, (slices) => ofDesign(source, (open) => simulateAll(open, slices))),
    'intents.verify': ({ source, intents, run }) =>
      runs.during(run, (slices) =>
        ofDesign(source, (open) => verifyIntents(open, intents, slices)),
      ),
    'install.evaluate': ({ source, run, ...asked }) =>
      runs.during(run, async (slices) => {
        const catalogue = await readCatalogue();
        if (!catalogue.ok) return catalogue;
        return ofDesign(source, (open) => evaluateInstalls(open, catalogue.value, asked, slices));
      }),
    'design.export': ({ source, format, run, ...asked }) => {
      if (!isInstallFormat(format)) {
        return ofDesign(source, (open) => exportDesign(ports.pictures, open, format));
      }
      return runs.during(run, async (slices) => {
        const catalogue = await readCatalogue();
        if (!catalogue.ok) return catalogue;
        return ofDesign(source, (open) =>
          exportInstall(open, catalogue.value, format, asked, slices),
        );
      });
    },
    'drawio.import': (asked) => importDrawing(asked),
    'design.picture': ({ source, ...wish }) =>
      ofDesign(source, (open) => drawPicture(ports.pictures, open, wish)),
    'report.make': ({ source, run, ...asked }) =>
      runs.during(run, async (slices) => {
        const catalogue = await readCatalogue();
        if (!catalogue.ok) return catalogue;
        const { since } = asked;
        const changes = since === undefined ? done(undefined) : changesSince(source, since);
        if (!changes.ok) return changes;
        return ofDesign(source, (open) =>
          makeDesignReport({ ports, lint, catalogue: catalogue.value, run: slices }, open, {
            ...asked,
            ...(changes.value ? { changes: changes.value } : {}),
          }),
        );
      }),
    'trace.pcap': ({ source, flow, path }) =>
      ofDesign(source, (open) => captureTrace(open, flow, path)),
    'project.create': ({ file, ...rest }) =>
      beginning(rest, (design) => projects.create(file, design)),
    'project.createDraft': (input) => beginning(input, (design) => projects.createDraft(design)),
    'project.receive': (input) => projects.receive(input),
    'project.open': (input) => projects.open(input),
    'project.close': ({ project }) => projects.close(project),
    'project.saveCopy': (input) => projects.saveCopy(input),
    'project.saveAs': (input) => projects.saveAs(input),
    'project.duplicate': ({ project }) => projects.duplicate(project),
    'project.state': ({ project }) => projects.state(project),
    'project.read': ({ project }) => projects.read(project),
    'project.apply': (input) => projects.apply(input),
    'project.plan': (input) => projects.plan(input),
    'project.change': (input) => projects.change(input),
    'project.nextFree': (input) => projects.nextFree(input),
    'project.undo': (input) => projects.undo(input),
    'project.redo': (input) => projects.redo(input),
    'project.goTo': (input) => projects.goTo(input),
    'project.settle': (input) => projects.settle(input),
    'project.history': (input) => projects.history(input),
    'entity.format': (input) => projects.formatEntities(input),
    'entity.parse': (input) => projects.parseEntity(input),
    'project.versions.list': ({ project }) => projects.listVersions(project),
    'project.versions.save': ({ project, name }) => projects.saveVersion(project, name),
    'project.versions.restore': (input) => projects.restoreVersion(input),
    'project.versions.compare': (input) => projects.compareVersions(input),
    'project.versions.delete': ({ project, name }) => projects.deleteVersion(project, name),
  };
}

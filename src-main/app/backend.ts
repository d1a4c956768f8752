import { checkDesign } from '../checks/index.ts';
import {
  done,
  failed,
  inputs,
  type Answer,
  type Backend,
  type DesignSource,
  type Input,
  type Method,
  type Output,
} from '../contract/index.ts';
import { formatDesignText } from '../interop/design-text/index.ts';
import { schemaIssues } from '../model/validate.ts';
import { captureTrace } from './captures/pcap.ts';
import type { OpenDesign } from './designs/ready.ts';
import { createDesigns } from './designs/source.ts';
import { listExamples, readExample } from './examples/list.ts';
import { simulateAll, simulateFlow } from './flows/simulate.ts';
import { verifyIntents } from './intents/verify.ts';
import type { Ports } from './ports.ts';
import { createProjects, emptyDesign, type Projects } from './projects.ts';

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
  const projects = createProjects(ports);
  const handlers = createHandlers(ports, projects);

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
    close: () => {
      projects.closeAll();
      return Promise.resolve();
    },
  };
}

const isMethod = (name: string): name is Method => Object.hasOwn(inputs, name);

function createHandlers(ports: Ports, projects: Projects): Handlers {
  const designs = createDesigns(ports, projects);

  /** Opens the design first; most calls ask something of it. */
  async function ofDesign<Value>(
    source: DesignSource,
    ask: (open: OpenDesign) => Answer<Value>,
  ): Promise<Answer<Value>> {
    const open = await designs.open(source);
    return open.ok ? ask(open.value) : open;
  }

  return {
    'app.start': () => {
      const open = ports.opened?.();
      return done(open ? { open } : {});
    },
    'examples.list': () => listExamples(ports, designs),
    'examples.read': ({ name }) => readExample(ports, designs, name),
    'design.read': ({ source }) => ofDesign(source, ({ design }) => done({ design })),
    'design.parse': (text) => ofDesign({ kind: 'text', ...text }, ({ design }) => done({ design })),
    'design.format': ({ source, format }) =>
      ofDesign(source, ({ design }) => done({ text: formatDesignText(design, format) })),
    'design.lint': ({ source }) =>
      ofDesign(source, ({ design }) => done({ findings: checkDesign(design) })),
    'flow.simulate': ({ source, flow, ...options }) =>
      ofDesign(source, (open) => simulateFlow(open, flow, options)),
    'flows.simulateAll': ({ source }) => ofDesign(source, (open) => done(simulateAll(open))),
    'intents.verify': ({ source, intents }) =>
      ofDesign(source, (open) => verifyIntents(open, intents)),
    'trace.pcap': ({ source, flow, path }) =>
      ofDesign(source, (open) => captureTrace(open, flow, path)),
    'project.create': async ({ file, source, name }) => {
      if (!source) return projects.create(file, emptyDesign(name ?? 'Untitled'));
      return ofDesign(source, ({ design }) =>
        projects.create(file, name === undefined ? design : { ...design, name }),
      );
    },
    'project.open': (input) => projects.open(input),
    'project.close': ({ project }) => projects.close(project),
    'project.saveCopy': (input) => projects.saveCopy(input),
    'project.apply': ({ project, command }) => projects.apply(project, command),
    'project.undo': ({ project }) => projects.undo(project),
    'project.redo': ({ project }) => projects.redo(project),
    'project.history': (input) => projects.history(input),
    'project.versions.list': ({ project }) => projects.listVersions(project),
    'project.versions.save': ({ project, name }) => projects.saveVersion(project, name),
    'project.versions.restore': ({ project, name }) => projects.restoreVersion(project, name),
    'project.versions.delete': ({ project, name }) => projects.deleteVersion(project, name),
  };
}

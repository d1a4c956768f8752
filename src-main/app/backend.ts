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
import { createDesigns, type OpenDesign } from './designs/source.ts';
import { listExamples, readExample } from './examples/list.ts';
import { simulateAll, simulateFlow } from './flows/simulate.ts';
import { verifyIntents } from './intents/verify.ts';
import type { Ports } from './ports.ts';

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
  const handlers = createHandlers(ports);

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
        message: thrown instanceof Error ? thrown.message : `${thrown}`,
      });
    }
  }

  return {
    callUntyped,
    call: <Name extends Method>(method: Name, payload: Input<Name>) =>
      callUntyped(method, payload) as Promise<Answer<Output<Name>>>,
    close: async () => {},
  };
}

const isMethod = (name: string): name is Method => Object.hasOwn(inputs, name);

function createHandlers(ports: Ports): Handlers {
  const designs = createDesigns(ports);

  /** Opens the design first; most calls ask something of it. */
  async function ofDesign<Value>(
    source: DesignSource,
    ask: (open: OpenDesign) => Answer<Value>,
  ): Promise<Answer<Value>> {
    const open = await designs.open(source);
    return open.ok ? ask(open.value) : open;
  }

  return {
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
  };
}

import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  backendError,
  errorCodes,
  errorWording,
  type BackendError,
  type ErrorCode,
  type ErrorDetails,
  type Input,
  type Method,
  type Outputs,
  type ProjectErrorCode,
  type ProjectErrorDetails,
} from '../../src-main/contract/index.ts';
import { inputs } from '../../src-main/contract/inputs.ts';

const methods = Object.keys(inputs) as Method[];

test('every call has a validator and an output, and nothing else has', () => {
  expectTypeOf<keyof Outputs>().toEqualTypeOf<Method>();
  expect(methods).toContain('flow.simulate');
});

describe('an input', () => {
  test.each(methods)('of %s refuses a key that the contract does not have', (method) => {
    const found = inputs[method].safeParse({ surprise: 1 });
    expect(found.success).toBe(false);
    const codes = found.error?.issues.map((issue) => issue.code);
    expect(codes).toContain('unrecognized_keys');
  });

  test.each<[Method, unknown, boolean]>([
    // A flow by its id, or in full.
    ['flow.simulate', { source: { kind: 'example', name: 'x' }, flow: 'a' }, true],
    [
      'flow.simulate',
      {
        source: { kind: 'text', text: '' },
        flow: {
          id: 'a',
          from: { kind: 'node', node: 'n' },
          to: { kind: 'address', address: '192.0.2.1' },
          port: 80,
        },
        allPaths: true,
      },
      true,
    ],
    ['flow.simulate', { source: { kind: 'example', name: 'x' }, flow: 'not an id' }, false],
    ['flow.simulate', { source: { kind: 'example', name: 'x' }, flow: 'a', maxPaths: 0 }, false],
    ['flow.simulate', { source: { kind: 'example', name: 'x', path: '/' }, flow: 'a' }, false],
    ['flow.simulate', { source: { kind: 'folder', name: 'x' }, flow: 'a' }, false],
    ['design.read', { source: { kind: 'project', project: '' } }, false],
    ['design.format', { source: { kind: 'example', name: 'x' }, format: 'xml' }, false],
    ['project.open', { file: '' }, false],
    ['trace.pcap', { source: { kind: 'example', name: 'x' }, flow: 'a', path: -1 }, false],
    ['examples.list', null, false],
    ['examples.list', [], false],
  ])('of %s: %j is accepted: %s', (method, payload, accepted) => {
    expect(inputs[method].safeParse(payload).success).toBe(accepted);
  });

  test('types what is given as the validator does', () => {
    expectTypeOf<Input<'examples.read'>>().toEqualTypeOf<{ name: string }>();
  });
});

describe('the catalogue of errors', () => {
  const issue = {
    code: 'wrong-type',
    path: 'nodes[0].id',
    segments: ['nodes', 0, 'id'],
    value: '7',
    expected: 'a text',
  } as const;
  const details: { readonly [Code in ErrorCode]: ErrorDetails[Code] } = {
    'unknown-method': { method: 'a"b' },
    'bad-input': { method: 'm', issues: [issue] },
    'example-unknown': { name: 'x', known: ['a', 'b'] },
    'text-unreadable': { reason: 'r', line: 3 },
    'design-invalid': { issues: [issue], omitted: 4 },
    'manifests-invalid': { faults: [{ file: 'a.yaml', line: 1, text: 'x' }] },
    'inventory-invalid': { faults: [{ file: 'a.txt', line: 1, text: 'x' }] },
    'role-unknown': { role: 'r', known: ['master'] },
    'rules-invalid': { faults: [{ line: 1, text: 'x' }] },
    'node-unknown': { node: 'n', known: [] },
    'flow-unknown': { flow: 'f', known: [] },
    'cluster-unknown': { cluster: 'k', known: [] },
    'flow-invalid': { issues: [issue] },
    'path-unknown': { flow: 'f', path: 4, paths: 2 },
    'intent-unknown': { intent: 'i', known: ['j'] },
    'scenario-unknown': { scenario: 's', known: ['t'] },
    'drawing-invalid': { reasons: ['it is no XML'] },
    'picture-empty': { what: 'view overlay shows nothing of the design' },
    'scenario-unnamed': { known: ['s', 't'] },
    'bundle-none': { scenario: 's', mode: 'proxy' },
    'scenario-unfit': { scenario: 's', reason: 'r' },
    'catalogue-invalid': { issues: [issue] },
    'too-many-checks': { intent: 'i', checks: 7, limit: 5 },
    'projects-unavailable': {},
    'project-not-open': { project: 'p' },
    'project-refused': {
      reason: 'locked',
      details: { file: '/x' },
      sentence: 'It is open elsewhere',
      file: '/x',
    },
    'changed-meanwhile': { ref: 'node:n', key: 'interfaces' },
    'entity-unknown': { ref: 'node:n' },
    stopped: { run: 'r' },
    'folder-unreadable': { folder: '/f', reason: 'r' },
    'not-kept': { what: 'settings', reason: 'r' },
    'not-allowed': { reason: 'r' },
    'not-printed': { reason: 'r' },
    'no-versions': {},
    'message-malformed': { reason: 'r' },
    'message-too-large': { limitBytes: 10 },
    'backend-unreachable': { reason: 'r' },
    'backend-restarted': { reason: 'r' },
    internal: { message: 'm' },
  };

  test('has a Korean sentence for every code', () => {
    for (const code of errorCodes) {
      const { text, hint } = errorWording(backendError(code, details[code]), 'ko');
      expect(text).toMatch(/\p{Script=Hangul}/u);
      expect(text).not.toMatch(/undefined|\(는\)|\(가\)|\(를\)|\(으\)/);
      if (hint !== undefined) expect(hint).toMatch(/\p{Script=Hangul}/u);
    }
  });

  test('says why a project refuses in Korean, for every reason', () => {
    const file = '/a.hopscope';
    const issues = { issues: [issue], omitted: 3 };
    const reasons: { readonly [Code in ProjectErrorCode]: ProjectErrorDetails[Code] } = {
      'file-missing': { file },
      'folder-missing': { file },
      'is-a-folder': { file },
      'not-a-file': { file },
      'bad-path': { file },
      'no-permission': { file },
      'empty-file': { file },
      'not-a-project': { file },
      'other-application': { file, applicationId: 7 },
      'newer-format': { file, found: 9, known: 8 },
      damaged: { file, detail: 'x' },
      locked: { file },
      'already-open': { file },
      'altered-schema': { file, object: 'x' },
      'migration-history': { file, detail: 'x' },
      'migration-failed': { file, detail: 'x', migration: 'm' },
      'too-large': { file, what: 'w', found: 3, limit: 2, unit: 'u' },
      'invalid-design': { file, ...issues },
      'already-exists': { file },
      'leftover-files': { file, leftover: '/b' },
      'read-only': { file },
      'file-moved': { file },
      'disk-full': { file },
      'io-error': { file, detail: 'x' },
      'invalid-command': issues,
      'nothing-to-undo': {},
      'nothing-to-redo': {},
      'unknown-step': { sequence: 9, last: 4 },
      'unknown-version': { name: 'v' },
      'version-exists': { name: 'v' },
      'bad-version-name': { name: 'v' },
    };
    for (const [reason, facts] of Object.entries(reasons)) {
      const detail = { reason, details: facts, sentence: 'x' } as ErrorDetails['project-refused'];
      const { text } = errorWording(backendError('project-refused', detail), 'ko');
      expect(text).toMatch(/\p{Script=Hangul}/u);
      expect(text).not.toMatch(/undefined|\(는\)|\(가\)|\(를\)|\(으\)/);
    }
  });

  test('has a sentence of one line for every code', () => {
    expect(Object.keys(details).sort()).toEqual([...errorCodes].sort());
    for (const code of errorCodes) {
      const error: BackendError = backendError(code, details[code]);
      expect(error.code).toBe(code);
      expect(error.text).toMatch(/^[A-Z].+[^.]$/);
      expect(error.detail).toEqual(details[code]);
    }
  });

  test('names place, value and expectation', () => {
    expect(backendError('bad-input', details['bad-input'])).toMatchObject({
      text: 'The arguments of m are not right: nodes[0].id is 7, expected a text',
      path: 'nodes[0].id',
    });
    expect(backendError('text-unreadable', details['text-unreadable']).path).toBe(
      'line 3, column 1',
    );
    expect(backendError('design-invalid', details['design-invalid']).text).toBe(
      'The design has 5 errors',
    );
    expect(backendError('path-unknown', details['path-unknown'])).toMatchObject({
      text: 'Flow f has 2 paths; there is no path 4',
      hint: 'Choose a path from 0 to 1',
    });
  });
});

import { describe, expect, test } from 'vitest';
import { keepRecent } from '../../src-main/app/designs/recent.ts';
import { network } from '../builders/network.ts';
import { sample, sampleText } from '../samples/samples.ts';
import { ask, asSource, backendWith, errorOf } from './ask.ts';

const sampleSource = { kind: 'example', name: 'icp-on-vcenter' } as const;

describe('the door', () => {
  const backend = backendWith();

  test.each(['flow.delete', '', 'constructor', '__proto__', 'toString'])(
    'knows no call %j',
    async (method) => {
      const error = errorOf(await backend.callUntyped(method, {}));
      expect(error).toMatchObject({ code: 'unknown-method', detail: { method } });
    },
  );

  test.each<[payload: unknown, path: string | undefined]>([
    [{ name: 'icp-on-vcenter', extra: true }, 'extra'],
    [{ name: 7 }, 'name'],
    [{}, 'name'],
    [null, undefined],
    ['icp-on-vcenter', undefined],
    [undefined, undefined],
  ])('refuses the arguments %j and names the place', async (payload, path) => {
    const error = errorOf(await backend.callUntyped('examples.read', payload));
    expect(error.code).toBe('bad-input');
    expect(error.path).toBe(path);
  });

  test('answers a defect behind it as one, and goes on', async () => {
    const broken = backendWith({
      examples: {
        list: () => Promise.reject(new Error('the disk is on fire')),
        read: () => Promise.resolve(undefined),
      },
    });
    expect(errorOf(await broken.call('examples.list', {}))).toMatchObject({
      code: 'internal',
      text: 'Hopscope made a mistake: the disk is on fire',
    });
    expect(await ask(broken, 'app.start', {})).toMatchObject({ version: '1.2.3' });
  });
});

describe('samples and designs', () => {
  const backend = backendWith();

  test('lists the samples with what they hold', async () => {
    const { examples } = await ask(backend, 'examples.list', {});
    const design = sample('icp-on-vcenter');
    expect(examples[0]).toMatchObject({
      name: 'icp-on-vcenter',
      title: design.name,
      nodes: design.nodes?.length,
      flows: design.flows?.length,
    });
  });

  test('names the samples there are when asked for another', async () => {
    for (const error of [
      errorOf(await backend.call('examples.read', { name: '../secrets' })),
      errorOf(await backend.call('design.read', { source: { kind: 'example', name: '../x' } })),
    ]) {
      expect(error.code).toBe('example-unknown');
      expect(error.hint).toContain('icp-on-vcenter');
    }
  });

  test('reads one design from a sample, its text and its value', async () => {
    const text = sampleText('icp-on-vcenter');
    const expected = sample('icp-on-vcenter');
    expect((await ask(backend, 'design.read', { source: sampleSource })).design).toEqual(expected);
    expect((await ask(backend, 'design.parse', { text })).design).toEqual(expected);
    expect((await ask(backend, 'design.read', { source: asSource(expected) })).design).toEqual(
      expected,
    );
  });

  test('writes the text form, which reads back as the same design', async () => {
    for (const format of ['yaml', 'json'] as const) {
      const { text } = await ask(backend, 'design.format', { source: sampleSource, format });
      expect((await ask(backend, 'design.parse', { text, format })).design).toEqual(
        sample('icp-on-vcenter'),
      );
    }
  });

  test('tells every error of a text with its line, and none as a defect', async () => {
    const text = 'hopscope: 1\nname: x\nnodes:\n  - id: a\n    kind: toaster\nflows: 7\n';
    const error = errorOf(await backend.call('design.parse', { text }));
    if (error.code !== 'design-invalid') throw new Error(error.code);
    expect(error.detail.issues.map(({ line, path }) => [line, path])).toEqual([
      [5, 'nodes[0].kind'],
      [6, 'flows'],
    ]);
    const unreadable = errorOf(await backend.call('design.parse', { text: '{"hopscope": 1,' }));
    expect(unreadable).toMatchObject({ code: 'text-unreadable', detail: { line: 1 } });
  });

  test('refuses a value that is no design, even one that JSON cannot say', async () => {
    const circular: Record<string, unknown> = { hopscope: 1, name: 'round' };
    circular['self'] = circular;
    for (const design of [7, undefined, circular]) {
      const error = errorOf(
        await backend.callUntyped('design.lint', { source: { kind: 'design', design } }),
      );
      expect(['design-invalid', 'bad-input']).toContain(error.code);
    }
  });

  test('finds the faults of a design', async () => {
    const faulty = network()
      .segment('lan', '10.0.0.0/24')
      .host('a', '10.0.0.2/24')
      .host('b', '10.0.0.2/24')
      .build();
    const { findings } = await ask(backend, 'design.lint', { source: asSource(faulty) });
    expect(findings.map((finding) => finding.code)).toContain('duplicate-address');
    expect((await ask(backend, 'design.lint', { source: sampleSource })).findings).toEqual([]);
  });
});

describe('what is kept', () => {
  test('is made once while it is used, and again when others pushed it out', () => {
    const recent = keepRecent<string>(2);
    const made: string[] = [];
    const get = (key: string) =>
      recent.get(key, () => {
        made.push(key);
        return key.toUpperCase();
      });
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map(get)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});

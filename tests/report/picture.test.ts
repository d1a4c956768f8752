import { DOMParser } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { localPictures } from '../../src-main/hosts/local/pictures.ts';
import type { Design } from '../../src-main/model/design.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { sample, sampleNames } from '../samples/samples.ts';

const parsed = (svg: string) =>
  new DOMParser({ onError: (_level, message) => expect.fail(message) }).parseFromString(
    svg,
    'image/svg+xml',
  );
const textsOf = (svg: string): readonly string[] =>
  [...parsed(svg).getElementsByTagName('text')].map(({ textContent }) => textContent ?? '');

test.each(sampleNames)('%s is drawn without a browser, each name as text', (name) => {
  const design = sample(name);
  const drawn = localPictures.draw(design, { view: 'all', title: design.name });
  const texts = textsOf(drawn?.svg ?? '');
  for (const { name: site } of design.sites ?? []) expect(texts).toContain(site);
  // Names that are too long for their box are cut.
  const shown = texts.map((text) => text.replace(/…$/, ''));
  for (const node of design.nodes ?? []) {
    const called = node.name ?? node.id;
    expect(
      shown.some((text) => text !== '' && called.startsWith(text)),
      called,
    ).toBe(true);
  }
  expect(localPictures.draw(design, { view: 'all', title: design.name })).toEqual(drawn);
});

test('dark is dark, and a view shows what is its', () => {
  const design = sample('icp-on-vcenter');
  const [light, dark] = [false, true].map((is) =>
    localPictures.draw(design, { view: 'overlay', title: 'x', dark: is }),
  );
  expect(/fill="(#\w+)"/.exec(light?.svg ?? '')?.[1]).toBe('#f7f8fa');
  expect(/fill="(#\w+)"/.exec(dark?.svg ?? '')?.[1]).toBe('#0d1116');
  expect(textsOf(light?.svg ?? '')).toContain('transit');
  expect(textsOf(light?.svg ?? '')).not.toContain('Public portable');
});

test('of some things the part of the drawing around them', () => {
  const design = sample('icp-on-vcenter');
  const part = localPictures.draw(design, { view: 'all', title: 'x', only: ['node:esg'] });
  const all = localPictures.draw(design, { view: 'all', title: 'x' });
  expect(textsOf(part?.svg ?? '')).toContain('ESG');
  expect(part?.width).toBeLessThan((all?.width ?? 0) / 4);
  expect(textsOf(part?.svg ?? '')).not.toContain('Internet user');
  expect(
    localPictures.draw(design, { view: 'all', title: 'x', only: ['node:gone'] }),
  ).toBeUndefined();
});

test('a flow’s way has its hops numbered', () => {
  const design = sample('icp-on-vcenter');
  const flow = design.flows?.find(({ id }) => id === 'internet-to-web');
  if (!flow) throw new Error('the sample lacks the flow');
  const hops = (simulate(compile(design), flow).forward[0]?.legs ?? [])
    .filter(({ purpose }) => purpose === 'request')
    .flatMap((leg) => leg.hops);
  const drawn = localPictures.draw(design, {
    view: 'all',
    title: 'x',
    way: { hops, tone: 'good' },
  });
  const numbers = textsOf(drawn?.svg ?? '')
    .filter((text) => /^\d+(–\d+)?(, \d+(–\d+)?)*$/.test(text))
    .flatMap((text) =>
      text.split(', ').flatMap((one) => {
        const [from = '0', to = from] = one.split('–');
        return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at);
      }),
    );
  expect(new Set(numbers)).toEqual(new Set(hops.map((_, at) => at + 1)));
});

test('past many machines, a way is drawn without them', () => {
  const many = Array.from({ length: 200 }, (_, at) => ({
    id: `n${at}`,
    kind: 'host' as const,
    interfaces: [{ id: 'e', segment: 's', addresses: [`10.0.0.${at + 1}/24`] }],
  }));
  const design: Design = {
    hopscope: 1,
    name: 'x',
    segments: [{ id: 's', kind: 'lan', subnets: [{ cidr: '10.0.0.0/24' }] }],
    nodes: many,
    flows: [
      { id: 'f', from: { kind: 'node', node: 'n0' }, to: { kind: 'node', node: 'n199' }, port: 1 },
    ],
  };
  const [flow] = design.flows ?? [];
  const hops = flow && simulate(compile(design), flow).forward[0]?.legs.flatMap((leg) => leg.hops);
  const draw = (way?: { hops: NonNullable<typeof hops>; tone: 'good' }) =>
    textsOf(
      localPictures.draw(design, { view: 'all', title: 'x', ...(way ? { way } : {}) })?.svg ?? '',
    );
  const machines = (texts: readonly string[]) => texts.filter((text) => /^n\d+$/.test(text));
  expect(machines(draw()).length).toBe(200);
  expect(machines(draw({ hops: hops ?? [], tone: 'good' }))).toEqual(['n0', 'n199']);
});

test('nothing is drawn of nothing', () => {
  expect(
    localPictures.draw({ hopscope: 1, name: 'x' }, { view: 'all', title: 'x' }),
  ).toBeUndefined();
});

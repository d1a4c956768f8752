import { DOMParser } from '@xmldom/xmldom';
import { marked } from 'marked';
import { describe, expect, test, vi } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { sample, sampleNames } from '../samples/samples.ts';
import { written } from './written.ts';

vi.setConfig({ testTimeout: 60_000 });

const cases = sampleNames.flatMap((name) =>
  (['en', 'ko'] as const).map((language) => ({ name, language })),
);
const example = (name: string) => ({ kind: 'example', name }) as const;

/** Tags that open and close, as a list; HTML's own that need no end are left out. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  for (const [, end, tag = '', attributes = ''] of html.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)([^>]*)>/g,
  )) {
    if (['meta', 'br', 'html'].includes(tag) || attributes.endsWith('/')) continue;
    if (end === '') open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}

describe.each(cases)('the report of $name in $language', ({ name, language }) => {
  test('is one file without a script that tells everything of the design', async () => {
    const { text, pictures } = await written({ source: example(name), language });
    const design = sample(name);
    expect(pictures).toEqual([]);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).not.toMatch(/<script|javascript:|<link|<img|@import|url\(|\son\w+=/i);
    expect(unbalanced(text)).toEqual([]);
    const ids = [...text.matchAll(/<(?:section|h2) id="([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    const linked = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(linked.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual(
      expect.arrayContaining([
        'summary',
        'diagram',
        'addresses',
        'clusters',
        'flows',
        'intents',
        'checks',
        'assumptions',
        'limits',
      ]),
    );
    for (const { id } of design.flows ?? []) expect(ids).toContain(`flow-${id}`);
    for (const { subnets = [] } of design.segments ?? []) {
      for (const { cidr } of subnets) expect(text).toContain(`<code>${cidr}</code>`);
    }
    // One for each view that shows anything, one for each flow that is sent.
    expect([...text.matchAll(/<svg /g)].length).toBeGreaterThan((design.flows ?? []).length);
    for (const [svg] of text.matchAll(/<svg [\s\S]*?<\/svg>/g)) {
      new DOMParser({ onError: (_level, message) => expect.fail(message) }).parseFromString(
        svg,
        'image/svg+xml',
      );
    }
    if (language === 'ko') {
      for (const [, title = ''] of text.matchAll(
        /<h2><span class="number">\d+<\/span> ([^<]*)<\/h2>/g,
      )) {
        expect(title).toMatch(/[가-힣]/);
      }
    }
  });
});

test('the same design gives the same bytes', async () => {
  for (const format of ['html', 'md', 'json'] as const) {
    const [one, other] = await Promise.all(
      [1, 2].map(() => written({ source: example('iks-on-ibm-cloud'), format })),
    );
    expect(one).toEqual(other);
  }
});

test('the cover says what it is told, and no date of its own', async () => {
  const cover = { title: 'Plan A', version: '1.2', date: '1 December', author: 'Kim' };
  const { text } = await written({ source: example('icp-cluster-ip'), cover });
  expect(text).toContain('<h1>Plan A</h1>');
  expect(text).toContain('<dt>Date</dt><dd>1 December</dd>');
  const plain = await written({ source: example('icp-cluster-ip') });
  expect(plain.text).not.toContain('<dt>Date</dt>');
});

test('a rule that no flow meets is marked, and one that flows meet is counted', async () => {
  const { text } = await written({ source: example('icp-on-vcenter') });
  const rules = text.slice(text.indexOf('id="rules-esg"'), text.indexOf('id="flows"'));
  const rows = [...rules.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  expect(rows.find((row) => row.includes('internet-to-ingress'))).toMatch(/accept [1-9]$/);
  expect(rows.find((row) => row.startsWith('2 transit'))).toMatch(/accept no flow$/);
});

/** What is read between two places of the report, without its pictures. */
function readBetween(html: string, from: string, to: string): string {
  return html
    .slice(html.indexOf(`id="${from}"`), html.indexOf(`id="${to}"`))
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

test('the budget of the reference flow is that of the reference network', async () => {
  const { text } = await written({ source: example('icp-on-vcenter') });
  // IP-in-IP inside VXLAN on the path from the proxy node to the worker.
  expect(readBetween(text, 'detail-internet-to-web', 'detail-web-to-db')).toMatch(
    /IPv4 20 \+ UDP 8 \+ VXLAN 8 \+ Ethernet 14 \+ IPv4 20/,
  );
  expect(readBetween(text, 'flow-internet-to-web', 'flow-web-to-db')).toMatch(
    /Path MTU 1430 bytes/,
  );
});

test('a tunnel that cuts packets up is told with the size that stays whole, and the stack is that of the tunnel', async () => {
  const { text } = await written({ source: example('icp-on-vcenter') });
  const flow = readBetween(text, 'flow-enterprise-to-vm', 'flow-web-to-api');
  expect(flow).toMatch(/Path MTU 1500 bytes Without fragments in a tunnel 1388 bytes/);
  const detail = readBetween(text, 'detail-enterprise-to-vm', 'detail-web-to-api');
  // RFC 3948: ESP in UDP between the concentrators, and the frame in it.
  expect(detail).toMatch(
    /Header stack: Request, at its deepest, as On-premises L2C sends it Header Fields Bytes Ethernet .* 14 IPv4 .* 20 UDP .* 8 ESP .* 70 Ethernet .* 14 IPv4 .* 20 TCP .* 40 IP packet as a whole[^0-9]*172/,
  );
});

test('a flow that an intent wants blocked is as it should be, and one that it wants to arrive is not', async () => {
  const good = await written({ source: example('icp-on-vcenter') });
  expect(readBetween(good.text, 'summary', 'observations')).toMatch(
    /Traffic flows 11 of 13 reachable, 2 blocked as intended Intents 15 of 15 hold/,
  );
  const bad = await written({ source: example('icp-as-documented') });
  expect(readBetween(bad.text, 'summary', 'observations')).toMatch(/hold; broken: \S/);
  expect(readBetween(bad.text, 'flows', 'matrix')).toMatch(/Unreachable, not as intended/);
});

test('what has to be decided is observed: rules, filters, policies, what much depends on', async () => {
  const { text } = await written({ source: example('icp-on-vcenter') });
  const observed = readBetween(text, 'observations', 'diagram');
  expect(observed).toMatch(
    /Firewall rule 1 vxlan-out of ESG lets 192\.168\.20\.0\/24, 192\.168\.10\.0\/24 through to any address by any service/,
  );
  expect(observed).toMatch(/firewall rules of ESG: 2 transit\./);
  expect(observed).toMatch(
    /judges these flows on their way: Enterprise user → VM on the stretched/,
  );
  expect(observed).toMatch(/The cluster ICP cluster has no network policy/);
  expect(observed).toMatch(/Packets are cut into fragments: Enterprise user → VM/);
  expect(observed).toMatch(/\d+ of 11 flows that arrive go through ESG\./);
});

test('a rule that lets everything through is observed by its number', async () => {
  const design = sample('icp-on-vcenter');
  const opened: Design = {
    ...design,
    nodes:
      design.nodes?.map((node) =>
        node.id === 'esg' && 'firewall' in node
          ? {
              ...node,
              firewall: {
                ...node.firewall,
                rules: [{ id: 'wide', action: 'accept' as const }, ...node.firewall.rules],
                defaultAction: 'accept' as const,
              },
            }
          : node,
      ) ?? [],
  };
  const { text } = await written({ source: { kind: 'design', design: opened } });
  const observed = readBetween(text, 'observations', 'diagram');
  expect(observed).toMatch(/Firewall rule 1 wide of ESG lets any through to any address/);
  expect(observed).toMatch(/The firewall of ESG accepts what no rule decides about/);
});

test.each(['en', 'ko'] as const)(
  'terms are explained that are used, and no others (%s)',
  async (language) => {
    const icp = await written({ source: example('icp-on-vcenter'), language });
    const iks = await written({ source: example('iks-on-ibm-cloud'), language });
    const terms = (html: string) =>
      [...html.slice(html.indexOf('id="glossary"')).matchAll(/<dt>([^<]+)<\/dt>/g)].map(
        ([, term]) => term,
      );
    expect(terms(icp.text)).toEqual(expect.arrayContaining(['ESG', 'VTEP', 'IP-in-IP', 'HCX']));
    expect(terms(icp.text)).not.toContain('ALB');
    expect(terms(iks.text)).toContain('ALB');
  },
);

test('no table of any sample is wider than a page', async () => {
  // Columns beside each other, each of them with a word that is not broken.
  for (const name of sampleNames) {
    const { text } = await written({ source: example(name) });
    for (const [, attributes = '', head = ''] of text.matchAll(
      /<table([^>]*)>(?:<caption>.*?<\/caption>)?\s*<thead>(.*?)<\/thead>/g,
    )) {
      const columns = [...head.matchAll(/<th /g)].length;
      expect(columns, head).toBeLessThanOrEqual(attributes.includes('even') ? 9 : 8);
    }
  }
});

const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\`&|[x](javascript:a)\u202e=cmd|' /C calc'!A0`;

/** What means something at the beginning of a line, and addresses that are links without any brackets. */
const beginnings = [
  '1. one',
  '2) two',
  '- item',
  '---',
  '===',
  '+ plus',
  '    indented',
  'http://evil.example/a www.evil.example a@evil.example',
];

/** Without what is between fences, which is as it stands. */
function withoutFences(markdown: string): readonly string[] {
  let fence: string | undefined;
  return markdown.split('\n').filter((line) => {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined) {
      fence = mark;
      return mark === undefined;
    }
    if (line === fence) fence = undefined;
    return false;
  });
}

/** Everything that a name can stand in. */
function hostile(): Design {
  const rename = <One extends { readonly name?: string; readonly notes?: string }>(
    one: One,
  ): One => ({
    ...one,
    name: evil,
    notes: evil,
  });
  const design = sample('icp-on-vcenter');
  return {
    ...design,
    name: evil,
    notes: `${evil}\n\n${evil}`,
    sites: design.sites?.map(rename) ?? [],
    segments: design.segments?.map(rename) ?? [],
    nodes:
      design.nodes?.map((node) => ({
        ...rename(node),
        ...('firewall' in node
          ? { firewall: { ...node.firewall, rules: node.firewall.rules.map(rename) } }
          : {}),
        ...('nat' in node ? { nat: node.nat.map(rename) } : {}),
      })) ?? [],
    clusters: design.clusters?.map(rename) ?? [],
    flows: design.flows?.map(rename) ?? [],
    intents: design.intents?.map(rename) ?? [],
    installScenarios: design.installScenarios?.map(rename) ?? [],
  };
}

describe('names of strangers', () => {
  const source = { kind: 'design', design: hostile() } as const;
  const cover = { title: evil, version: evil, date: evil, author: evil };

  test('are text in HTML and in its pictures', async () => {
    const { text } = await written({ source, cover });
    expect(text).not.toMatch(/<script|<img|\u202e/i);
    expect(unbalanced(text)).toEqual([]);
    expect(text).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  });

  test('are text in Markdown: no markup, no link, no cell of their own', async () => {
    const { text, pictures } = await written({ source, cover, format: 'md' });
    const lines = withoutFences(text);
    expect(lines.join('\n').replaceAll(/<a id="[\w-]+"><\/a>/g, '')).not.toContain('<');
    expect(lines.join('\n').replaceAll(/\\./g, '')).not.toMatch(/\]\((?!#|pictures\/)/);
    expect(text).not.toContain('\u202e');
    let cells = 0;
    for (const line of lines) {
      if (!line.startsWith('|')) {
        cells = 0;
        continue;
      }
      const own = line.replaceAll(/\\./g, '').split('|').length;
      if (cells !== 0) expect(own, line).toBe(cells);
      cells = own;
    }
    for (const { path, svg } of pictures) {
      expect(path).toMatch(/^pictures\/\d\d-[a-z0-9-]+\.svg$/);
      expect(svg).not.toMatch(/<script|<img/i);
    }
  });
});

test.each(beginnings)('%j is a paragraph of Markdown, and nothing else', async (notes) => {
  const sites = [{ id: 's', kind: 'office', name: notes } as const];
  const design: Design = { hopscope: 1, name: notes, notes, sites };
  const { text } = await written({ source: { kind: 'design', design }, format: 'md' });
  const html = await marked.parse(text, { gfm: true });
  expect(html).toContain(`<p>${notes.trim().replace('@', '&#64;')}</p>`);
  expect(html).not.toMatch(/href="(?!#)|<hr|<pre|<h[45]|mailto/);
});

test('ids that differ in signs or case alone lead to sections of their own', async () => {
  const ids = ['a.b', 'a-b', 'A_b', 'a_b'];
  const design: Design = {
    hopscope: 1,
    name: 'x',
    nodes: [{ id: 'n', kind: 'host' }],
    flows: ids.map((id) => ({
      id,
      from: { kind: 'node', node: 'n' },
      to: { kind: 'address', address: '192.0.2.1' },
      port: 80,
    })),
  };
  const source = { kind: 'design', design } as const;
  const { text } = await written({ source });
  for (const id of ids) expect(text.split(`id="flow-${id}"`).length, id).toBe(2);
  const { text: markdown } = await written({ source, format: 'md' });
  for (const id of ids) expect(markdown.split(`<a id="flow-${id}">`).length, id).toBe(2);
});

/** A client, two servers behind one name, and a filter between them that names each server. */
const twoWays: Design = {
  hopscope: 1,
  name: 'x',
  segments: [
    { id: 'left', kind: 'lan', subnets: [{ cidr: '10.0.0.0/24' }] },
    { id: 'right', kind: 'lan', subnets: [{ cidr: '10.0.1.0/29' }] },
  ],
  nodes: [
    {
      id: 'client',
      kind: 'host',
      interfaces: [{ id: 'e', segment: 'left', addresses: ['10.0.0.9/24'] }],
      routes: [{ destination: '0.0.0.0/0', via: '10.0.0.1' }],
    },
    {
      id: 'lb',
      kind: 'edge-gateway',
      interfaces: [
        { id: 'l', segment: 'left', addresses: ['10.0.0.1/24'] },
        { id: 'r', segment: 'right', addresses: ['10.0.1.1/29'] },
      ],
      firewall: { rules: [{ id: 'all', action: 'accept' }] },
      loadBalancers: [
        {
          id: 'web',
          address: '10.0.0.1',
          protocol: 'tcp',
          port: 80,
          mode: 'transparent',
          members: [
            { id: '2', address: '10.0.1.2' },
            { id: '3', address: '10.0.1.3' },
          ],
        },
        {
          id: 'spare',
          address: '10.0.0.1',
          protocol: 'tcp',
          port: 81,
          mode: 'transparent',
          members: [{ id: '2', address: '10.0.1.2' }],
        },
      ],
    },
    ...['2', '3'].map((last) => ({
      id: `s${last}`,
      kind: 'host' as const,
      interfaces: [{ id: 'e', segment: 'right', addresses: [`10.0.1.${last}/29`] }],
      routes: [{ destination: '0.0.0.0/0', via: '10.0.1.1' }],
      listeners: [{ protocol: 'tcp' as const, port: 80 }],
      firewall: { rules: [{ id: 'in', action: 'accept' as const, chain: 'input' as const }] },
    })),
  ],
  flows: [
    {
      id: 'f',
      from: { kind: 'node', node: 'client' },
      to: { kind: 'address', address: '10.0.0.1' },
      port: 80,
    },
  ],
};

test('a rule that a flow meets on another of its equal ways is met', async () => {
  const source = { kind: 'design', design: twoWays } as const;
  const { text } = await written({ source, format: 'json' });
  const { rules, unusedRules, flows } = JSON.parse(text) as {
    readonly rules: readonly { readonly node: string; readonly flows: readonly string[] }[];
    readonly unusedRules: unknown;
    readonly flows: readonly {
      readonly result: { readonly forward: readonly { readonly probability: number }[] };
      readonly budgets: readonly { readonly links: readonly { readonly room: number }[] }[];
    }[];
  };
  expect(flows[0]?.result.forward.map(({ probability }) => probability)).toEqual([0.5]);
  for (const node of ['s2', 's3']) {
    expect(rules.find((rule) => rule.node === node)?.flows, node).toEqual(['f']);
  }
  expect(unusedRules).toEqual([{ node: 'lb', list: 'balancer', rule: 'spare' }]);
  expect(flows[0]?.budgets[0]?.links.map(({ room }) => room)).toContain(1500);
});

test('what is taken of a subnet is rounded, and only a full one is full', async () => {
  const { text } = await written({ source: { kind: 'design', design: twoWays }, format: 'md' });
  expect(text).toContain('2 of 254 (0.8 %)');
  expect(text).toContain('3 of 6 (50 %)');
});

test('the header stack is told there and back', async () => {
  const { text } = await written({ source: { kind: 'design', design: twoWays }, format: 'md' });
  expect(text).toMatch(/Header stack: Request, at its deepest, as /);
  expect(text).toMatch(/Header stack: Reply, at its deepest, as /);
});

test('who sends to many has a matrix in parts that a page has room for', async () => {
  const design: Design = {
    hopscope: 1,
    name: 'x',
    nodes: [{ id: 'n', kind: 'host' }],
    flows: Array.from({ length: 23 }, (_, at) => ({
      id: `f${at}`,
      from: { kind: 'node', node: 'n' },
      to: { kind: 'address', address: `192.0.2.${at}` },
      port: 80,
    })),
  };
  const { text } = await written({ source: { kind: 'design', design } });
  const matrix = text.slice(text.indexOf('id="matrix"'), text.indexOf('id="intents"'));
  const across = [...matrix.matchAll(/<thead>(.*?)<\/thead>/g)].map(
    ([, head = '']) => head.split('<th ').length - 2,
  );
  expect(across).toEqual([8, 8, 7]);
  for (const { id } of design.flows ?? []) expect(matrix).toContain(`href="#flow-${id}"`);
});

test('Markdown refers to the pictures that come with it', async () => {
  const { text, pictures } = await written({
    source: example('iks-on-ibm-cloud'),
    format: 'md',
    pictures: 'p',
  });
  const named = [...text.matchAll(/!\[[^\]]*\]\((p\/[^)]+)\)/g)].map(([, path]) => path);
  expect(named).toEqual(pictures.map(({ path }) => path));
  expect(named.length).toBeGreaterThan(5);
});

test('JSON has the facts, with the rules that no flow uses', async () => {
  const { text } = await written({ source: example('icp-on-vcenter'), format: 'json' });
  const facts = JSON.parse(text) as Record<string, unknown>;
  expect(facts).toMatchObject({ format: 'hopscope-report', formatVersion: 1 });
  expect(facts['unusedRules']).toContainEqual({ node: 'esg', list: 'firewall', rule: '2' });
  expect((facts['flows'] as unknown[]).length).toBe(sample('icp-on-vcenter').flows?.length);
});

test('an empty design has a report', async () => {
  const design = { hopscope: 1, name: 'Nothing yet' };
  for (const format of ['html', 'md', 'json'] as const) {
    const { text } = await written({ source: { kind: 'design', design }, format });
    expect(text).toContain('Nothing yet');
    expect(text).not.toContain('Address plan');
  }
});

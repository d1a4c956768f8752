import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDrawio } from '../../../src-main/interop/drawio/index.ts';
import { limits } from '../../../src-main/model/limits.ts';
import { box, drawing, imported, line, page } from './drawings.ts';

describe('a campus drawn with Cisco shapes', () => {
  const { design, remarks } = imported(drawing('campus'));
  const node = (id: string) => design.nodes?.find((one) => one.id === id);

  test.each([
    // Shapes of cisco19, cisco, networks and the basic set.
    ['edge-rtr-1', 'router'],
    ['fw-1', 'router'],
    ['dist-1', 'router'],
    ['web-1', 'host'],
    ['db-1', 'host'],
    ['pc-7', 'host'],
  ])('%s is a %s', (id, kind) => {
    expect(node(id)?.kind).toBe(kind);
  });

  test('clouds, switches and boxes that name a prefix are networks; joined switches are one', () => {
    expect(design.segments?.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'internet lan',
      'sw-core vlan',
      'management lan',
    ]);
    expect(design.segments?.[1]).toMatchObject({ vlan: 20 });
    expect(design.segments?.[2]?.subnets).toEqual([{ cidr: '10.0.99.0/24' }]);
  });

  test.each<[id: string, interfaces: readonly unknown[]]>([
    // At the end of a connector, with the interface's name.
    [
      'edge-rtr-1',
      [
        { id: 'Gi0-0', segment: 'internet', addresses: ['198.51.100.2/30'] },
        { id: 'eth1', addresses: ['10.0.0.1/30'] },
      ],
    ],
    // The length of a link's prefix; that which others on the network have.
    [
      'fw-1',
      [
        { id: 'eth0', addresses: ['10.0.0.2/30'] },
        { id: 'eth1', segment: 'sw-core', addresses: ['192.168.20.1/24'] },
        { id: 'eth2', segment: 'management' },
      ],
    ],
    ['web-1', [{ id: 'eth0', segment: 'sw-core', addresses: ['192.168.20.11/24'] }]],
    ['db-1', [{ id: 'eth0', segment: 'sw-core', addresses: ['192.168.20.12/24'] }]],
    // Of the shape's data, by way of the other switch.
    ['pc-7', [{ id: 'eth0', segment: 'sw-core', addresses: ['192.168.20.70/24'] }]],
  ])('the interfaces of %s', (id, interfaces) => {
    expect(node(id)?.interfaces).toEqual(interfaces);
  });

  test('a connector between machines is a link', () => {
    expect(design.links).toEqual([
      {
        id: 'edge-rtr-1-fw-1',
        a: { node: 'edge-rtr-1', interface: 'eth1' },
        b: { node: 'fw-1', interface: 'eth0' },
      },
    ]);
  });

  test('further words and data are notes, layers and tags are tags', () => {
    expect(node('fw-1')?.notes).toBe('ASA 5516');
    expect(node('pc-7')).toMatchObject({
      notes: 'owner: Mira & Jo',
      tags: ['desk', 'floor-2', 'Wiring'],
    });
    expect(node('web-1')?.tags).toEqual(['Servers']);
  });

  test('lists what was not taken, by the id of its cell', () => {
    expect(remarks).toEqual([
      ': page "Rack view" is not read',
      'title: words by themselves are not taken: "Campus network, draft 3"',
      'note: not a part of a network: "Move fw-1 in spring"',
      'e4: sw-floor-2 and sw-core are joined: taken as the one network sw-core',
      'e9: words at the connector are not taken: "HTTPS"',
    ]);
  });

  test('things stand as they stood, further apart where they were small pictures', () => {
    const at = (id: string) => design.layout?.find((one) => one.id === `node:${id}`);
    const [web, db] = [at('web-1'), at('db-1')];
    expect(db?.y).toBe(web?.y);
    expect((db?.x ?? 0) - (web?.x ?? 0)).toBeGreaterThanOrEqual(160);
  });
});

describe('clouds drawn with the groups of AWS and Azure', () => {
  const { design, remarks } = imported(drawing('aws'));

  test('groups are sites in sites, also those that are drawn around things only', () => {
    expect(design.sites?.map(({ id, kind, parent }) => [id, kind, parent])).toEqual([
      ['aws-cloud', 'cloud', undefined],
      ['vpc', 'cloud', 'aws-cloud'],
      ['public-subnet', 'cloud', 'vpc'],
      ['private-subnet', 'cloud', 'vpc'],
      ['hub-vnet', 'cloud', undefined],
    ]);
    const sites = design.nodes?.map(({ id, site }) => [id, site]);
    expect(sites).toContainEqual(['nat-gateway', 'public-subnet']);
    expect(sites).toContainEqual(['azure-fw', 'hub-vnet']);
    expect(sites).toContainEqual(['vm-1', 'hub-vnet']);
  });

  test('the innermost group that names a prefix is the network of the machines in it', () => {
    expect(design.segments?.map(({ id, site, subnets }) => [id, site, subnets])).toEqual([
      ['public-subnet', 'public-subnet', [{ cidr: '10.0.1.0/24' }]],
      ['private-subnet', 'private-subnet', [{ cidr: '10.0.2.0/24' }]],
    ]);
    expect(design.nodes?.find(({ id }) => id === 'app')?.interfaces).toEqual([
      { id: 'eth0', segment: 'private-subnet', addresses: ['10.0.2.10/24'] },
    ]);
    expect(remarks).toContain(
      'vpc: 10.0.0.0/16 is not taken: containers in it name networks of their own',
    );
  });

  test('a connector to a place is told, one to a place that is a network attaches', () => {
    expect(remarks).toContain(
      'x4: the connector is not taken: it ends at aws-cloud, which is a place, not a machine or network',
    );
    const gateway = design.nodes?.find(({ id }) => id === 'internet-gateway');
    expect(gateway?.interfaces?.map(({ segment }) => segment)).toContain('public-subnet');
  });
});

test.each<[style: string, label: string, what: string]>([
  // The shape decides.
  ['shape=mxgraph.cisco.routers.router', 'x', 'router'],
  ['shape=mxgraph.cisco.switches.layer_3_switch', 'x', 'router'],
  ['shape=mxgraph.cisco.security.firewall', 'x', 'router'],
  ['shape=mxgraph.cisco.storage.cloud', 'x', 'network'],
  ['shape=mxgraph.cisco19.rect;prIcon=hypervisor', 'x', 'hypervisor'],
  ['shape=mxgraph.networks.load_balancer', 'x', 'host'],
  ['shape=mxgraph.networks.hub', 'x', 'network'],
  ['shape=mxgraph.networks.bus', 'x', 'network'],
  ['shape=mxgraph.networks.server', 'the router', 'host'],
  ['shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.api_gateway', 'x', 'host'],
  ['shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.transit_gateway', 'x', 'router'],
  ['image;image=img/lib/azure2/networking/Load_Balancers.svg', 'x', 'host'],
  ['image;image=img/lib/azure2/networking/Virtual_Networks.svg', 'x', 'network'],
  ['shape=cylinder3', 'x', 'host'],
  ['shape=umlActor', 'x', 'host'],
  ['ellipse;shape=cloud', 'x', 'network'],
  ['shape=cube', 'x', 'host'],
  // A plain figure is what its words say, of which the last decides.
  ['rounded=1', 'Core switch', 'network'],
  ['rounded=1', 'Border router', 'router'],
  ['rounded=1', 'Gateway server', 'host'],
  ['rounded=1', 'Server gateway', 'router'],
  ['ellipse', 'Internet', 'network'],
  ['rounded=1', 'ESXi-01', 'hypervisor'],
  ['rounded=1', 'NSX ESG', 'edge-gateway'],
  ['rounded=1', 'Users 172.16.0.0/12', 'network'],
  ['rounded=1', 'Web server 172.16.0.0/12', 'host'],
  ['rounded=1', '2001:db8::/64', 'network'],
  // And a machine where nothing says more.
  ['', 'Billing', 'host'],
  ['rounded=1', '10.0.0.5', 'host'],
  ['rounded=1', '10.0.0.4/31', 'host'],
])('%s that says %j is a %s', (style, label, what) => {
  const { design } = imported(page(box('a', label, style)));
  const found = design.nodes?.[0]?.kind ?? (design.segments ? 'network' : 'nothing');
  expect(found).toBe(what);
});

test.each<[label: string, html: boolean, name: string | undefined, addresses: readonly string[]]>([
  ['web\n10.0.0.1/24', false, 'web', ['10.0.0.1/24']],
  ['web (10.0.0.1/24)', false, 'web', ['10.0.0.1/24']],
  ['web 10.0.0.1 255.255.255.128', false, 'web', ['10.0.0.1/25']],
  ['IP: 10.0.0.1/24', false, undefined, ['10.0.0.1/24']],
  [
    '<b>web</b><br/>10.0.0.1/24 &amp; 2001:db8::1/64',
    true,
    'web',
    ['10.0.0.1/24', '2001:db8::1/64'],
  ],
  ['<table><tr><td>web</td><td>10.0.0.1/24</td></tr></table>', true, 'web', ['10.0.0.1/24']],
  ['<b>web</b>', false, '<b>web</b>', []],
  ['a &lt;b&gt; c', true, 'a <b> c', []],
  [
    'fe80::1%eth0 12:30 aa:bb:cc:dd:ee:ff v1.2.3.4',
    false,
    'fe80::1%eth0 12:30 aa:bb:cc:dd:ee:ff v1.2.3.4',
    [],
  ],
  ['300.1.1.1 10.0.0.1/40 0.0.0.0 127.0.0.1', false, '300.1.1.1 10.0.0.1/40 0.0.0.0 127.0.0.1', []],
])('a label %j', (label, html, name, addresses) => {
  const { design } = imported(page(box('a', label, html ? 'html=1' : '')));
  const node = design.nodes?.[0];
  expect(node?.name).toBe(name);
  expect(node?.interfaces?.flatMap((port) => port.addresses ?? []) ?? []).toEqual(addresses);
});

test.each<[cells: readonly string[], addresses: readonly string[], remark: string | undefined]>([
  // Its network says the length.
  [
    [box('a', 'a\n10.0.0.5'), box('n', '10.0.0.0/26', '', 1), line('e', 'a', 'n')],
    ['10.0.0.5/26'],
    undefined,
  ],
  // So do its neighbours.
  [
    [
      box('a', 'a\n10.0.0.5'),
      box('b', 'b\n10.0.0.6/28', '', 1),
      box('n', 'LAN', '', 2),
      line('e', 'a', 'n'),
      line('f', 'b', 'n'),
    ],
    ['10.0.0.5/28'],
    undefined,
  ],
  // Nothing does.
  [
    [box('a', 'a\n10.0.0.5')],
    ['10.0.0.5/24'],
    'a: 10.0.0.5 has no prefix length in the drawing: /24 is a guess',
  ],
])('the prefix length of an address', (cells, addresses, remark) => {
  const { design, remarks } = imported(page(...cells));
  const found = design.nodes?.find(({ id }) => id === 'a')?.interfaces;
  expect(found?.flatMap((port) => port.addresses ?? [])).toEqual(addresses);
  expect(remarks).toEqual(remark === undefined ? [] : [remark]);
});

test('words over a figure are its label', () => {
  const { design } = imported(
    page(
      '<mxCell id="g" style="group" vertex="1" parent="1"><mxGeometry x="0" y="0" width="100" height="100" as="geometry"/></mxCell>',
      '<mxCell id="i" style="shape=mxgraph.networks.router" vertex="1" parent="g"><mxGeometry width="50" height="50" as="geometry"/></mxCell>',
      '<mxCell id="t" value="rtr-9" style="text;html=1" vertex="1" parent="g"><mxGeometry y="60" width="50" height="20" as="geometry"/></mxCell>',
    ),
  );
  expect(design.nodes).toMatchObject([{ id: 'rtr-9', kind: 'router', name: 'rtr-9' }]);
});

test('machines in a hypervisor run on it', () => {
  const { design } = imported(
    page(
      '<mxCell id="h" value="esxi-1" style="swimlane" vertex="1" parent="1"><mxGeometry width="300" height="200" as="geometry"/></mxCell>',
      '<mxCell id="v" value="vm-1" vertex="1" parent="h"><mxGeometry x="10" y="40" width="100" height="40" as="geometry"/></mxCell>',
    ),
  );
  expect(design.nodes).toMatchObject([
    { id: 'esxi-1', kind: 'hypervisor' },
    { id: 'vm-1', kind: 'host', runsOn: 'esxi-1' },
  ]);
});

describe('other forms of the file', () => {
  const model = /<mxGraphModel[\s\S]*<\/mxGraphModel>/.exec(page(box('a', 'Server')))?.[0] ?? '';
  const names = (text: string, options = {}) =>
    imported(text, options).design.nodes?.map(({ name }) => name);
  const packed = (text: string) => deflateRawSync(encodeURIComponent(text)).toString('base64');
  const asValue = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

  test('a page as draw.io compresses it', () => {
    const { design } = imported(drawing('compressed'));
    expect(design.name).toBe('Büro');
    expect(design.nodes).toMatchObject([
      {
        id: 'buro-pc',
        name: 'Büro-PC',
        interfaces: [{ segment: 'buro-lan', addresses: ['10.1.0.5/24'] }],
      },
    ]);
  });

  test.each<[string, string]>([
    ['the model alone', model],
    ['with a declaration and a mark of byte order', `\ufeff<?xml version="1.0"?>${model}`],
    ['a page alone, compressed', `<diagram name="x">${packed(model)}</diagram>`],
    [
      'compressed, in lines',
      `<mxfile><diagram>\n${packed(model).replace(/.{60}/g, '$&\n')}\n</diagram></mxfile>`,
    ],
    ['escaped in a page', `<mxfile><diagram>${asValue(model)}</diagram></mxfile>`],
    [
      'in an SVG picture',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg" content="${asValue(page(box('a', 'Server')))}"/>`,
    ],
  ])('%s', (_, text) => {
    expect(names(text)).toEqual(['Server']);
  });

  test('of several pages the first with shapes, or the one that is asked for', () => {
    const of = (name: string, ...cells: string[]) =>
      `<diagram name="${name}">${/<mxGraphModel[\s\S]*<\/mxGraphModel>/.exec(page(...cells))?.[0] ?? ''}</diagram>`;
    const text = `<mxfile>${of('Cover')}${of('One', box('a', 'Server'))}${of('Two', box('b', 'Client'))}</mxfile>`;
    expect(names(text)).toEqual(['Server']);
    expect(names(text, { page: 'Two' })).toEqual(['Client']);
    expect(imported(text).remarks).toEqual([
      ': page "Cover" is not read',
      ': page "Two" is not read',
    ]);
    expect(readDrawio(text, { page: 'Three' })).toEqual({
      ok: false,
      issues: [{ text: 'there is no page "Three"; expected one of "Cover", "One", "Two"' }],
    });
  });
});

describe('what cannot be read is told', () => {
  const bomb = deflateRawSync(Buffer.alloc(limits.drawingFileBytes + 1, 'a')).toString('base64');
  test.each<[what: string, text: string, issue: RegExp]>([
    ['nothing', '', /^not XML: /],
    ['no XML', 'hello', /^not XML: /],
    ['an end too early', '<mxfile><diagram>', /^not XML: /],
    ['another format', '<html><body/></html>', /root is mxfile or mxGraphModel; it is html$/],
    ['no page', '<mxfile/>', /^the file has no page$/],
    ['an empty page', '<mxfile><diagram/></mxfile>', /^the page is empty$/],
    [
      'a page of noise',
      '<mxfile><diagram>####</diagram></mxfile>',
      /^the page is compressed, but not/,
    ],
    [
      'a page that is cut off',
      '<mxfile><diagram>7V1bd5s4</diagram></mxfile>',
      /^the page is compressed, but not|^not XML/,
    ],
    [
      'a page of another kind',
      '<mxfile><diagram>&lt;html/></diagram></mxfile>',
      /^expected mxGraphModel/,
    ],
    ['no root', '<mxGraphModel/>', /^expected a root element/],
    [
      'a picture without its drawing',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      /no drawing in it$/,
    ],
    // Entities that grow, and entities of files.
    [
      'a billion laughs',
      '<!DOCTYPE m [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><mxfile>&b;</mxfile>',
      /^expected no entities of its own$/,
    ],
    [
      'a file of the machine',
      '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><mxfile><diagram>&x;</diagram></mxfile>',
      /^expected no entities of its own$/,
    ],
    ['an entity of nobody', '<mxfile><diagram>&x;</diagram></mxfile>', /^not XML: /],
    [
      'a page that swells',
      `<mxfile><diagram>${bomb}</diagram></mxfile>`,
      /^expected at most 33554432 bytes in a page$/,
    ],
    [
      'too large a file',
      ' '.repeat(limits.drawingFileBytes + 1),
      /^expected at most 33554432 characters$/,
    ],
    [
      'too many cells',
      page('<mxCell/>'.repeat(limits.drawingCells)),
      /^expected at most 100000 cells; there are 100002$/,
    ],
  ])('%s', (_, text, issue) => {
    const read = readDrawio(text);
    expect(read).toEqual({ ok: false, issues: [{ text: expect.stringMatching(issue) as string }] });
  });
});

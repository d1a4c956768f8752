import type { Site } from '../../model/design.ts';
import type { Cell } from './cell.ts';
import { network, node, switched, type Meaning } from './meaning.ts';
import { byShape } from './stencils.ts';

/** Words of labels; that which stands last says what a thing is: a `gateway server` is a server. */
const byWord: readonly (readonly [RegExp, Meaning])[] = [
  [/\b(esxi?(?:[- ]?\d+)?|hypervisor|kvm|proxmox|hyper-?v)\b/gi, node('hypervisor')],
  [/\b(esg|edge services? gateway|nsx edge)\b/gi, node('edge-gateway')],
  [
    /\b(router|firewall|gateway|gw|fw|vpn|dlr|fortigate|fortinet|pfsense|opnsense|palo alto|sonicwall|l3 switch|layer[- ]?3 switch|core switch l3|bcr|fcr|xcr|nat)(?:[-_ ]?\d+)?\b/gi,
    node('router'),
  ],
  [
    /\b(v?switch|sw|hub|fortiswitch|fortiap|bridge|access point|ap|dvs|tor)(?:[-_ ]?\d+)?\b/gi,
    switched,
  ],
  [
    /\b(internet|lan|v(?:x)?lan(?: ?\d+)?|wan|subnet|network|mpls|segment|dmz|backbone)\b/gi,
    network,
  ],
  [
    /\b(server|host|client|pc|laptop|workstation|vm|database|db|web|app|proxy|dns|user|admin|printer|phone|machine|node|worker|master|bastion|jump)(?:[-_ ]?\d+)?\b/gi,
    node('host'),
  ],
];

/** Shapes of draw.io that are no more than a figure: what stands in them says what they are. */
const plainFigures = new Set([
  '',
  'rectangle',
  'rect',
  'rect2',
  'rounded',
  'ellipse',
  'double ellipse',
  'rhombus',
  'hexagon',
  'process',
  'ext',
  'card',
  'image',
  'label',
  'step',
  'parallelogram',
  'trapezoid',
  'triangle',
  'module',
  'component',
  'hex icon',
  'double rect',
]);

/** The names of a cell's shape and icons in plain words: `rect`, `l2 switch`; those of groups of shapes come last. */
export function shapeWords({ style }: Pick<Cell, 'style'>): readonly string[] {
  const names = [...style.names].filter((name) => !ofNoShape.has(name));
  const values = ['prIcon', 'resIcon', 'grIcon', 'shape', 'image'].flatMap((key) => {
    const value = style.get(key);
    return value === undefined ? [] : [value];
  });
  const groups = values.flatMap((value) => tellingGroup.exec(value)?.[1] ?? []);
  return [...[...values, ...names].map(inWords), ...groups].filter((words) => words !== '');
}

/** Groups in libraries that say what all shapes in them are: `mxgraph.cisco.routers.10700`. */
const tellingGroup = /^mxgraph\.[\w.]*\.(routers|switches|servers)\.\w+$/;

/** Names of styles that say how, not what. */
const ofNoShape = new Set(['group', 'swimlane', 'rounded', 'html', 'edgeLabel', 'edgeStyle']);

/** `mxgraph.cisco.switches.layer_3_switch` → `layer 3 switch`; of a picture, the name of its file. */
function inWords(name: string): string {
  const file = /^(?:img\/|https?:|[\w-]+\/)/.test(name)
    ? (name.split(/[?#]/)[0]?.split('/').at(-1) ?? '').replace(/\.\w{2,4}$/, '')
    : name;
  if (file.startsWith('data:')) return 'image';
  // The last part is the shape; before it stand its library and group.
  return (file.split('.').at(-1) ?? '')
    .replace(/[_-]\d+x\d+$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What the shape by itself says that the cell is; undefined for a figure of no meaning. */
export function meaningOfShape(cell: Pick<Cell, 'style'>): Meaning | undefined {
  if (cell.style.names.has('text')) return { is: 'words' };
  for (const words of shapeWords(cell)) {
    if (plainFigures.has(words)) continue;
    const row = byShape.find(([pattern]) => pattern.test(words));
    if (row) return row[1];
  }
  return undefined;
}

/** What the words of a label say; undefined where they say nothing. */
export function meaningOfWords(text: string): Meaning | undefined {
  let last = -1;
  let found: Meaning | undefined;
  for (const [pattern, meaning] of byWord) {
    for (const match of text.slice(0, 200).matchAll(pattern)) {
      if (match.index <= last) continue;
      last = match.index;
      found = meaning;
    }
  }
  return found;
}

/** What a thing without words is called, by its shape: `l2 switch`; empty for a plain figure. */
export const shapeName = (cell: Cell): string =>
  shapeWords(cell).find(
    (words) => !plainFigures.has(words) && !/^(?:resource|group) ?\w*$/.test(words),
  ) ?? '';

/** Whether the shape is one that others are put into. */
export function isContainerShape(cell: Cell): boolean {
  const { style } = cell;
  if (style.get('container') === '1') return true;
  if (style.get('grIcon') !== undefined) return true;
  const shape = style.get('shape') ?? '';
  if (/\bgroup\d?$|\.groupCenter$|\.groups?\./i.test(shape)) return true;
  return (style.names.has('swimlane') || shape === 'swimlane') && !isList(cell);
}

/** A list or a table, whose children are its lines. */
export function isList({ style }: Cell): boolean {
  const layout = style.get('childLayout') ?? '';
  return layout === 'stackLayout' || layout === 'tableLayout' || style.get('shape') === 'table';
}

const siteWords: readonly (readonly [RegExp, Site['kind']])[] = [
  [/\binternet\b|\bpublic\b(?!.*subnet)/i, 'internet'],
  [
    /\b(aws|azure|gcp|google cloud|ibm cloud|oracle cloud|cloud|vpc|vnet|virtual network|virtual private|region|resource group|availability zone|subnet)\b/i,
    'cloud',
  ],
  [
    /\b(data ?cent(?:er|re)s?|dc\d*|rack|server room|colo(?:cation)?|vcenter|on[- ]?prem(?:ises)?)\b/i,
    'data-centre',
  ],
  [
    /\b(office|branch|campus|headquarters?|hq|floor|building|store|plant|warehouse|home|site)\b/i,
    'office',
  ],
];

/** What kind of place a container is, by its shape and name. */
export function siteKind(cell: Cell): Site['kind'] {
  const shape = shapeWords(cell).join(' ');
  const source = `${cell.style.get('shape') ?? ''} ${cell.style.get('grIcon') ?? ''}`;
  if (/\b(corporate data ?cent|office building)/.test(shape)) return 'data-centre';
  for (const [pattern, kind] of siteWords) if (pattern.test(cell.label)) return kind;
  if (/mxgraph\.(aws|azure|gcp|ibm|alibaba|oci)/i.test(source)) return 'cloud';
  return siteWords.find(([pattern]) => pattern.test(shape))?.[1] ?? 'other';
}

import type { NodeKind, Site } from '../../model/design.ts';
import type { Cell } from './cell.ts';

/** What a shape of a drawing may be in a design. */
export type Meaning =
  | {
      readonly is: 'node';
      readonly kind: Extract<NodeKind, 'host' | 'router' | 'hypervisor' | 'edge-gateway'>;
    }
  /** `switch`: two that are joined are one network. */
  | { readonly is: 'segment'; readonly switch: boolean }
  /** Words, or a picture that stands for nothing. */
  | { readonly is: 'words' | 'decoration' };

const node = (kind: Extract<Meaning, { is: 'node' }>['kind']): Meaning => ({ is: 'node', kind });
const switched: Meaning = { is: 'segment', switch: true };
const network: Meaning = { is: 'segment', switch: false };
const decoration: Meaning = { is: 'decoration' };

/**
 * Shapes by the words in the names of draw.io's own libraries (cisco, cisco19, networks, aws4, azure2, gcp2, ibm, veeam,
 * office, rack, basic shapes). The first row that is found holds.
 */
const byShape: readonly (readonly [RegExp, Meaning])[] = [
  [
    /\b(hypervisor|esxi?|vmware host|virtual host|hyper v host|vm host|proxmox)\b/,
    node('hypervisor'),
  ],
  [
    /\b(l3|layer 3|l3 modular\d?|multilayer|route switch|switch router|6500 vss\d?)\b/,
    node('router'),
  ],
  [/\b(api gateway|storage gateway|file gateway|media gateway|voice gateway)\b/, node('host')],
  [
    /\b(load ?balanc\w*|elb|elastic load balancing|application gateways?|front doors?|local director|content engine|proxy server)\b/,
    node('host'),
  ],
  [
    /\b(wireless router|router\w*|routing|firewalls?|asa|pix|vpn\w*|nat|gateways?|asr \d+|csr \w+|transit|edge|sd ?wan|nsx|concentrator|modem|wlan controller|express ?route\w*|bcr|fcr|xcr)\b/,
    node('router'),
  ],
  [
    /\b(switch\w*|hub\d?|bridge|catalyst|nexus \w+|fabric interconnect|access point\d?|accesspoint|ap|l2 modular\d?|wireless hub|patch panel)\b/,
    switched,
  ],
  [
    /\b(internet|cloud\d?|bus|ring bus|backbone|lan|vlan|wan|ethernet|subnets?|networks? bus|virtual networks?|network segment|token ring|fddi ring)\b/,
    network,
  ],
  [
    /\b(text|label only|note\d?|callout|curly bracket|bracket|single arrow|double arrow|flex arrow|arrow|dimension|waypoint|cross|plus|logo|legend|partial ?rectangle|corner|tee|cross ?bar|comm link|power|ups \w+|lock|padlock|key|x509 certificate|virus|shield|secured|unsecure|satellite\w*|radio tower|document|folder)\b/,
    decoration,
  ],
  [
    /\b(server\w*|host|pc|desktop\w*|laptop|workstation|mac|macbook|notebook|mobile|phone\w*|ip phone|smart ?phone|tablet|printer|copier|scanner|camera|terminal|mainframe|supercomputer|storage|nas\w*|disk|tape\w*|database\w*|db|rds\w*|cylinder\d?|datastore|ec2|instance\d?|lambda\w*|fargate|ecs|eks|s3|virtual machine\w*|vm|compute\w*|container\w*|pod|cube|iso ?cube\d?|user\w*|actor|person|people|client\w*|endpoint|monitor|rack|appliance|blade\w*|ucs \w+|dns|active directory|ldap|mail|web|app\w*)\b/,
    node('host'),
  ],
];

/** Words of labels; that which stands last says what a thing is: a `gateway server` is a server. */
const byWord: readonly (readonly [RegExp, Meaning])[] = [
  [/\b(esxi?(?:[- ]?\d+)?|hypervisor|kvm|proxmox|hyper-?v)\b/gi, node('hypervisor')],
  [/\b(esg|edge services? gateway|nsx edge)\b/gi, node('edge-gateway')],
  [
    /\b(router|firewall|gateway|gw|fw|vpn|dlr|l3 switch|layer[- ]?3 switch|core switch l3|bcr|fcr|xcr|nat)(?:[-_ ]?\d+)?\b/gi,
    node('router'),
  ],
  [/\b(v?switch|sw|hub|bridge|access point|ap|dvs|tor)(?:[-_ ]?\d+)?\b/gi, switched],
  [
    /\b(internet|lan|v(?:x)?lan(?: ?\d+)?|wan|subnet|network|mpls|segment|dmz|backbone)\b/gi,
    network,
  ],
  [
    /\b(server|host|client|pc|laptop|workstation|vm|database|db|web|app|proxy|dns|user|admin|printer|phone|node|worker|master|bastion|jump)(?:[-_ ]?\d+)?\b/gi,
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
]);

/** The names of a cell's shape and icons in plain words: `cisco19 rect`, `l2 switch`. */
export function shapeWords({ style }: Cell): readonly string[] {
  const names = [...style.names].filter((name) => !ofNoShape.has(name));
  const values = ['prIcon', 'resIcon', 'grIcon', 'shape', 'image'].flatMap((key) => {
    const value = style.get(key);
    return value === undefined ? [] : [value];
  });
  return [...values, ...names].map(inWords).filter((words) => words !== '');
}

/** Names of styles that say how, not what. */
const ofNoShape = new Set(['group', 'swimlane', 'rounded', 'html', 'edgeLabel', 'edgeStyle']);

/** `mxgraph.cisco19.l2_switch` → `l2 switch`; of a picture, the name of its file. */
function inWords(name: string): string {
  const file = /^(?:img\/|https?:|[\w-]+\/)/.test(name)
    ? (name.split(/[?#]/)[0]?.split('/').at(-1) ?? '').replace(/\.\w{2,4}$/, '')
    : name;
  if (file.startsWith('data:')) return 'image';
  return file
    .replace(/^(?:mxgraph|stencil)\.?/i, '')
    .replace(
      /^(?:aws[\w]*|azure\d?|gcp\d?|cisco(?:_safe)?\d*|networks?\d?|office|veeam\d?|ibm\w*|mscae|citrix|vvd|rack|kubernetes\d?|alibaba_cloud|openstack)\./i,
      '',
    )
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What the shape by itself says that the cell is; undefined for a figure of no meaning. */
export function meaningOfShape(cell: Cell): Meaning | undefined {
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

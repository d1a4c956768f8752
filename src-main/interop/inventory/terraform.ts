import { readDocuments } from './documents.ts';
import type { Findings, InventoryFile } from './findings.ts';
import { parseHcl, type Block, type Body, type Placed } from './hcl/parse.ts';
import { HclError } from './hcl/tokens.ts';
import { bodyOfJson } from './terraform-json.ts';

/** https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses */
const publicRegistry = 'registry.terraform.io/';

interface Named {
  readonly reference: string;
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/**
 * The providers and modules of a configuration: those that are required, those that resources use without a word, and, where
 * a lock file has chosen, the versions that it has chosen.
 */
export function readTerraform(files: readonly InventoryFile[], findings: Findings): void {
  const locked: Named[] = [];
  const required: Named[] = [];
  const requiredNames = new Set<string>();
  const implied: (Named & { readonly name: string })[] = [];
  for (const file of files) {
    for (const block of bodiesOf(file, findings).flatMap(({ blocks }) => blocks)) {
      readBlock(file.name, block, findings, { locked, required, requiredNames, implied });
    }
  }
  const chosen = new Set(locked.map(({ reference }) => reference.replace(/@.*$/, '')));
  for (const one of locked) findings.add({ kind: 'terraform', ...one });
  const others = [...required, ...implied.filter(({ name }) => !requiredNames.has(name))];
  for (const { reference, file, line, why } of others) {
    if (chosen.has(fullAddress(reference))) continue;
    findings.add({ kind: 'terraform', reference, file, line, why });
  }
}

const fullAddress = (source: string): string =>
  source.split('/').length === 2 ? `${publicRegistry}${source}` : source;

function bodiesOf(file: InventoryFile, findings: Findings): readonly Body[] {
  if (/^\s*\{/.test(file.text)) return readDocuments(file, findings).map(bodyOfJson);
  try {
    return [parseHcl(file.text)];
  } catch (thrown) {
    if (!(thrown instanceof HclError)) throw thrown;
    findings.fault(file.name, thrown.line, `not HCL: ${thrown.message}`);
    return [];
  }
}

interface Collected {
  readonly locked: Named[];
  readonly required: Named[];
  readonly requiredNames: Set<string>;
  readonly implied: (Named & { readonly name: string })[];
}

function readBlock(file: string, block: Block, findings: Findings, into: Collected): void {
  const { type, labels, line, body } = block;
  const [label = ''] = labels;
  switch (type) {
    case 'terraform':
      for (const inner of body.blocks) {
        if (inner.type === 'required_providers') readRequired(file, inner.body, findings, into);
      }
      return;
    case 'provider': {
      const version = body.attributes.get('version');
      // Of a lock file the label is the whole address.
      if (label.includes('/')) {
        const exact = version?.value.kind === 'text' ? `@${version.value.text}` : '';
        into.locked.push({
          reference: `${label}${exact}`,
          file,
          line,
          why: 'chosen by the lock file',
        });
      } else addImplied(into, label, { file, line, why: `provider ${label}, without a source` });
      return;
    }
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const provider = body.attributes.get('provider');
      // With another provider than its name says, that one is required or configured elsewhere.
      if (provider) return;
      const [name = ''] = label.split('_');
      addImplied(into, name, {
        file,
        line,
        why: `${type} ${labels.join('.')}, whose provider has no source`,
      });
      return;
    }
    case 'module':
      readModule(file, label, body.attributes.get('source'), findings, into);
      return;
    default:
  }
}

/** `terraform` itself is part of the program. */
function addImplied(into: Collected, name: string, told: Omit<Named, 'reference'>): void {
  if (name === 'terraform' || name === '') return;
  into.implied.push({ name, reference: `hashicorp/${name}`, ...told });
}

function readRequired(
  file: string,
  { attributes }: Body,
  findings: Findings,
  into: Collected,
): void {
  for (const [name, { line, value }] of attributes) {
    into.requiredNames.add(name);
    const why = `required provider ${name}`;
    if (value.kind === 'object') {
      const source = value.entries.get('source')?.value;
      if (source === undefined) {
        into.required.push({ reference: `hashicorp/${name}`, file, line, why });
      } else if (source.kind === 'text') {
        into.required.push({ reference: source.text.toLowerCase(), file, line, why });
      } else findings.remark(file, line, why, 'its source has to be evaluated');
    } else if (value.kind === 'text') {
      // Before Terraform 0.13: a version, and the source is HashiCorp's.
      into.required.push({ reference: `hashicorp/${name}`, file, line, why });
    } else
      findings.remark(file, line, why, 'has to be evaluated: expected a text or { source = … }');
  }
}

function readModule(
  file: string,
  name: string,
  source: Placed | undefined,
  findings: Findings,
  { required }: Collected,
): void {
  if (!source) return;
  const why = `module ${name}`;
  if (source.value.kind !== 'text') {
    findings.remark(file, source.line, why, 'its source has to be evaluated');
    return;
  }
  const { text } = source.value;
  // https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
  if (/^\.{1,2}\//.test(text)) return;
  required.push({ reference: text, file, line: source.line, why });
}

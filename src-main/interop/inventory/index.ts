import { isRecord } from '../kubernetes/manifests.ts';
import { limits } from '../../model/limits.ts';
import { readDocuments } from './documents.ts';
import {
  Findings,
  type FoundArtifact,
  type InventoryFile,
  type InventoryIssue,
  type InventoryRemark,
} from './findings.ts';
import { readHauler } from './hauler.ts';
import { readImageList } from './images.ts';
import { inventoryKinds, kindOf, type InventoryKind } from './kinds.ts';
import { readObjects } from './manifests.ts';
import { readPackages } from './packages.ts';
import { readTerraform } from './terraform.ts';
import { readZarf } from './zarf.ts';

export type {
  ArtifactKind,
  FoundArtifact,
  InventoryFile,
  InventoryIssue,
  InventoryRemark,
} from './findings.ts';
export { inventoryKinds, type InventoryKind } from './kinds.ts';

export type Inventory =
  | {
      readonly ok: true;
      /** In the order in which the files name them, each once. */
      readonly artifacts: readonly FoundArtifact[];
      /** What was not understood or not taken, with its place. */
      readonly remarks: readonly InventoryRemark[];
    }
  | { readonly ok: false; readonly issues: readonly InventoryIssue[] };

/**
 * What has to be fetched, of lists of images and packages, Kubernetes manifests (as `helm template` renders them), packages
 * of Zarf and Hauler, and Terraform configurations. The same files give the same answer. Throws nothing.
 */
export function readInventory(files: readonly InventoryFile[], kind?: InventoryKind): Inventory {
  const findings = new Findings();
  const terraform: InventoryFile[] = [];
  const unclear: string[] = [];
  for (const given of files) {
    const file = {
      name: given.name,
      text: given.text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'),
    };
    if (!isText(file, findings)) continue;
    switch (kind ?? kindOf(file)) {
      case 'images':
        readImageList(file, findings);
        break;
      case 'packages':
        readPackages(file, findings);
        break;
      case 'terraform':
        terraform.push(file);
        break;
      case 'manifests':
        readYaml(file, findings);
        break;
      default:
        unclear.push(file.name);
    }
  }
  readTerraform(terraform, findings);
  // Among others, as in a folder, it is one that is none of them.
  const known = inventoryKinds.join(', ');
  const why = `it is not clear what it lists: say which of ${known} it is`;
  for (const name of unclear) {
    if (unclear.length < files.length) findings.remark(name, 1, 'the file', why);
    else findings.fault(name, 1, why);
  }
  if (findings.issues.length > 0) {
    return { ok: false, issues: findings.issues.slice(0, limits.errorsListed) };
  }
  return { ok: true, artifacts: findings.artifacts, remarks: findings.remarks };
}

function readYaml(file: InventoryFile, findings: Findings): void {
  for (const document of readDocuments(file, findings)) {
    const { kind, apiVersion } = isRecord(document.value) ? document.value : {};
    if (kind === 'ZarfPackageConfig' || kind === 'ZarfInitConfig') readZarf(document, findings);
    else if (typeof apiVersion === 'string' && apiVersion.startsWith('content.hauler.cattle.io/')) {
      readHauler(document, findings);
    } else readObjects(document, findings);
  }
}

/** Signs that no text has; tabs and line breaks apart. */
// eslint-disable-next-line no-control-regex -- it is about controls
const binary = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/;

function isText({ name, text }: InventoryFile, findings: Findings): boolean {
  if (text.length > limits.yamlFileBytes) {
    findings.fault(name, 1, `expected at most ${limits.yamlFileBytes} characters in one file`);
    return false;
  }
  const found = binary.exec(text);
  if (!found) return true;
  findings.fault(name, text.slice(0, found.index).split('\n').length, 'it is no text');
  return false;
}

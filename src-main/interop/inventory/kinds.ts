import { isImageTable } from './images.ts';
import { linesOf } from './lines.ts';
import type { InventoryFile } from './findings.ts';
import { isPackageLine } from './packages.ts';

/** What a file is, and so how it is read. Zarf's and Hauler's documents say by themselves what they are. */
export const inventoryKinds = ['images', 'manifests', 'terraform', 'packages'] as const;
export type InventoryKind = (typeof inventoryKinds)[number];

/** A key at the left margin, as every Kubernetes object and every package of Zarf has one. */
const yamlKind = /^(?:kind|apiVersion|"kind"|"apiVersion"):\s*\S/m;
const jsonKind = /^\s*[[{][\s\S]*"kind"\s*:/;
const terraformBlock =
  /^\s*(?:terraform|locals)\s*\{|^\s*(?:provider|resource|data|module|variable|output)\s+"/m;
/** Lines that are looked at to tell a list of images from one of packages. */
const linesLookedAt = 200;

/** What a file is by its content and, where that is not enough, its name; undefined where neither tells. */
export function kindOf({ name, text }: InventoryFile): InventoryKind | undefined {
  if (/\.(tf|hcl|tofu|tf\.json|tofu\.json)$/.test(name)) return 'terraform';
  if (yamlKind.test(text) || jsonKind.test(text)) return 'manifests';
  if (terraformBlock.test(text)) return 'terraform';
  const lines = linesOf(text).slice(0, linesLookedAt);
  const [head] = lines;
  if (!head) return undefined;
  if (isImageTable(head.text)) return 'images';
  const packages = lines.filter(({ text: line }) => isPackageLine(line)).length;
  if (packages * 2 > lines.length) return 'packages';
  // A slash, a tag or a digest: names of packages have none of them.
  const images = lines.filter(({ text: line }) => /^\S*[/:@]\S*$|\bpull\s/.test(line)).length;
  return images * 2 > lines.length ? 'images' : undefined;
}

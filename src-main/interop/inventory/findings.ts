import type { InstallScenario } from '../../model/design.ts';
import { showValue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import type { ManifestFile, ManifestIssue, Remark } from '../kubernetes/manifests.ts';

export type InventoryFile = ManifestFile;
export type InventoryIssue = ManifestIssue;
export type InventoryRemark = Remark;

export type ArtifactKind = NonNullable<InstallScenario['artifacts']>[number]['kind'];

/** Something that has to be fetched, and where that is said. Lines from 1. */
export interface FoundArtifact {
  readonly kind: ArtifactKind;
  /** As the file writes it. */
  readonly reference: string;
  readonly file: string;
  readonly line: number;
  /** What asks for it: `init container migrate of Deployment shop/web`. */
  readonly why: string;
}

/** What the readers of one run have found. */
export class Findings {
  readonly issues: InventoryIssue[] = [];
  readonly remarks: InventoryRemark[] = [];
  readonly #artifacts = new Map<string, FoundArtifact>();

  /** Each thing once, where it is named first. */
  get artifacts(): readonly FoundArtifact[] {
    return [...this.#artifacts.values()];
  }

  add(artifact: FoundArtifact): void {
    if (artifact.reference === '' || artifact.reference.length > limits.textLength) {
      const { file, line, why, reference } = artifact;
      const expected = `expected 1 to ${limits.textLength} characters`;
      this.remark(file, line, why, `${showValue(reference)} is no reference: ${expected}`);
      return;
    }
    const key = `${artifact.kind} ${artifact.reference}`;
    if (!this.#artifacts.has(key)) this.#artifacts.set(key, artifact);
  }

  remark(file: string, line: number, about: string, text: string): void {
    this.remarks.push({ file, line, about, text });
  }

  fault(file: string, line: number, text: string): void {
    this.issues.push({ file, line, text });
  }
}

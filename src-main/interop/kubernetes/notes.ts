import type { Path } from '../../model/issue.ts';
import { titleOf, type Manifest, type ManifestIssue, type Remark } from './manifests.ts';

/** What an import has to say besides its design. */
export class Notes {
  readonly issues: ManifestIssue[] = [];
  readonly remarks: Remark[] = [];
  /** What the manifests leave open and was chosen. */
  readonly assumptions: string[] = [];

  /** Part of a manifest does not become part of the design. */
  leaveOut(manifest: Manifest, path: Path, text: string): void {
    const { file } = manifest;
    this.remarks.push({ file, line: manifest.lineOf(path), about: titleOf(manifest), text });
  }

  /** A manifest cannot be what it says. */
  fault(manifest: Manifest, path: Path, text: string): void {
    const { file } = manifest;
    this.issues.push({ file, line: manifest.lineOf(path), text: `${titleOf(manifest)}: ${text}` });
  }

  assume(text: string): void {
    if (!this.assumptions.includes(text)) this.assumptions.push(text);
  }
}

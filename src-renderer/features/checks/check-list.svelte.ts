import type { Finding, Place } from '../../../src-main/contract/index.ts';

export type Shown = 'all' | Finding['severity'];

const pathOf = ({ entity, path }: Place) => `${entity} ${path}`;

/** Which findings are listed: by severity, and by what stands in their sentence or place. */
export class CheckList {
  readonly #findings: () => readonly Finding[];
  readonly #words: (finding: Finding) => string;
  #text = $state('');
  #shown = $state<Shown>('all');

  readonly #kept = $derived.by(() => {
    const wanted = this.#text.trim().toLowerCase();
    return this.#findings().filter(
      (finding) =>
        (this.#shown === 'all' || finding.severity === this.#shown) &&
        (wanted === '' ||
          [this.#words(finding), finding.code, ...finding.places.map(pathOf)]
            .join(' ')
            .toLowerCase()
            .includes(wanted)),
    );
  });

  /** `words` says all of a finding in the reader's language. */
  constructor(findings: () => readonly Finding[], words: (finding: Finding) => string) {
    this.#findings = findings;
    this.#words = words;
  }

  get text() {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
  }
  get shown() {
    return this.#shown;
  }
  set shown(shown: Shown) {
    this.#shown = shown;
  }

  count(severity: Finding['severity']): number {
    return this.#findings().filter((finding) => finding.severity === severity).length;
  }
  get errors(): readonly Finding[] {
    return this.#kept.filter(({ severity }) => severity === 'error');
  }
  get warnings(): readonly Finding[] {
    return this.#kept.filter(({ severity }) => severity === 'warning');
  }
}

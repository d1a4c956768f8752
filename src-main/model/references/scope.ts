import type { Node, NodeKind } from '../design.ts';
import type { EntityKind } from '../ids.ts';
import type { IpFamily } from '../ip.ts';
import {
  designIssue,
  formatPath,
  type DesignIssue,
  type DesignIssueCode,
  type Path,
} from '../issue.ts';
import type { Survey } from '../survey.ts';

/** What the checks of references share: the entities, and the list of what is wrong. */
export class Scope {
  readonly issues: DesignIssue[] = [];
  readonly survey: Survey;

  constructor(survey: Survey) {
    this.survey = survey;
  }

  report(code: DesignIssueCode, path: Path, expected: string, value?: unknown): void {
    this.issues.push(designIssue(code, path, expected, value));
  }

  /** Each of these names may stand there once. `key` holds the name. */
  unique(names: readonly { readonly name: string; readonly path: Path }[]): void {
    const seen = new Map<string, Path>();
    for (const { name, path } of names) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, path);
      else {
        const expected = `an id of its own; ${formatPath(first.slice(0, -1))} has it already`;
        this.report('duplicate-id', path, expected, name);
      }
    }
  }

  /** The same for the members of a list, by one of their keys. */
  uniqueIn<Key extends string>(
    items: readonly { readonly [Name in Key]?: string }[] | undefined,
    path: Path,
    key: Key,
  ): void {
    const names = (items ?? []).flatMap((item, at) => {
      const name = item[key];
      return name === undefined ? [] : [{ name, path: [...path, at, key] }];
    });
    this.unique(names);
  }

  refer(kind: EntityKind, id: string | undefined, path: Path): void {
    if (id === undefined || this.survey.mayHave(kind, id)) return;
    this.report('dangling-id', path, `the id of a ${kind} of this design`, id);
  }

  referPod(id: string, path: Path): void {
    if (this.survey.mayHavePod(id)) return;
    this.report('dangling-id', path, 'the id of a pod of this design', id);
  }

  /** Of one of the kinds, where any are named. */
  referNode(id: string | undefined, path: Path, ...kinds: readonly NodeKind[]): void {
    if (id === undefined) return;
    this.refer('node', id, path);
    const found = this.survey.find('node', id);
    if (!found || kinds.length === 0 || kinds.includes(found.kind)) return;
    const expected = `a node of kind ${kinds.join(' or ')}; ${id} is a ${found.kind}`;
    this.report('inconsistent', path, expected, id);
  }

  /** Says nothing of a node that is missing or misshapen itself. */
  referInterface(node: Node | undefined, id: string | undefined, path: Path): void {
    if (!node || id === undefined || node.interfaces?.some((one) => one.id === id)) return;
    this.report('dangling-id', path, `the id of an interface of ${node.id}`, id);
  }

  /** An address, and another address or prefix that it goes with. */
  sameFamily(address: string | undefined, other: string | undefined, path: Path): void {
    const [a, b] = [familyOf(address), familyOf(other)];
    if (a === undefined || b === undefined || a === b) return;
    this.report('inconsistent', path, `an address of the same family as ${other}`, address);
  }

  /** Two ends of a range of numbers. */
  ascending(range: { readonly from: number; readonly to: number } | undefined, path: Path): void {
    if (!range || range.from <= range.to) return;
    this.report('inconsistent', [...path, 'to'], `a number from ${range.from} on`, range.to);
  }
}

/**
 * The family of an address, a prefix or a range; undefined for a text that is of neither, such as `any`. Its validator
 * has read it before, so that a look at its signs is enough.
 */
function familyOf(text: string | undefined): IpFamily | undefined {
  if (text === undefined) return undefined;
  if (text.includes(':')) return 6;
  return /^\s*\d+\./.test(text) ? 4 : undefined;
}

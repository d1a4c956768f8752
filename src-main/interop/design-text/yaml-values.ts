import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { designIssue, type DesignIssue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { setKey } from './read-json.ts';
import type { Place, ReadText } from './read-text.ts';
import { limitIssue, syntaxIssue, UnreadableText } from './text-issue.ts';

/** A value that an anchor names, and how many nodes an alias of it stands for. */
interface Anchored {
  readonly node: ParsedNode;
  readonly value: unknown;
  readonly size: number;
}

type MaybeNode = ParsedNode | null | undefined;

/** The plain values of a YAML document. What an alias stands for is counted, so that no text grows beyond measure. */
export class YamlValues implements ReadText {
  readonly value: unknown;
  readonly duplicates: { readonly issue: DesignIssue; readonly offset: number }[] = [];
  readonly #root: MaybeNode;
  readonly #anchors = new Map<string, Anchored | 'open'>();
  /** What each alias stands for; an anchor may be set anew further down. */
  readonly #targets = new Map<ParsedNode, ParsedNode>();
  readonly #path: (string | number)[] = [];
  /** Nodes met so far, those that aliases stand for included. */
  #size = 0;
  #expanded = 0;

  constructor(root: MaybeNode) {
    this.#root = root;
    this.value = this.#take(root);
  }

  locate(places: readonly Place[]): readonly number[] {
    return places.map((place) => this.#offset(place));
  }

  #take(node: MaybeNode): unknown {
    this.#size += 1;
    if (!node) return null;
    if (isAlias(node)) return this.#alias(node.source, node);
    const { anchor } = node;
    const before = this.#size;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const value = this.#bare(node);
    if (anchor !== undefined) {
      this.#anchors.set(anchor, { node, value, size: this.#size - before + 1 });
    }
    return value;
  }

  #bare(node: ParsedNode): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq<ParsedNode>(node)) {
      return node.items.map((item, index) => this.#below(index, item));
    }
    const object: Record<string, unknown> = {};
    if (!isMap<ParsedNode, MaybeNode>(node)) return object;
    for (const pair of node.items) {
      const key = keyText(pair.key);
      if (Object.hasOwn(object, key)) {
        const issue = designIssue('duplicate-key', [...this.#path, key], 'each key of a map once');
        this.duplicates.push({ issue, offset: offsetOf(pair.key) });
      } else setKey(object, key, this.#below(key, pair.value));
    }
    return object;
  }

  #below(part: string | number, node: MaybeNode): unknown {
    this.#path.push(part);
    const value = this.#take(node);
    this.#path.pop();
    return value;
  }

  #alias(name: string, node: ParsedNode): unknown {
    const found = this.#anchors.get(name);
    const offset = offsetOf(node);
    if (found === undefined || found === 'open') {
      const expected = found
        ? 'an alias outside of what it stands for'
        : 'an alias of an anchor above it';
      const issue = syntaxIssue(`YAML 1.2: ${expected}; *${name} is none`);
      throw new UnreadableText({ issue, offset });
    }
    this.#size += found.size;
    this.#expanded += found.size;
    if (this.#expanded > limits.yamlAliasExpansions) {
      const most = `at most ${limits.yamlAliasExpansions} nodes that aliases stand for`;
      throw new UnreadableText({ issue: limitIssue(most), offset });
    }
    this.#targets.set(node, found.node);
    return found.value;
  }

  #offset({ path, at }: Place): number {
    let node = this.#root;
    let offset = offsetOf(node);
    for (const [depth, part] of path.entries()) {
      const around = node && (this.#targets.get(node) ?? node);
      if (isSeq<ParsedNode>(around) && typeof part === 'number') node = around.items[part];
      else if (isMap<ParsedNode, MaybeNode>(around)) {
        const pair = around.items.find((one) => keyText(one.key) === part);
        if (!pair) return offset;
        if (at === 'key' && depth === path.length - 1) return offsetOf(pair.key);
        node = pair.value ?? pair.key;
      } else return offset;
      if (!node) return offset;
      offset = offsetOf(node);
    }
    return offset;
  }
}

/** The composer has made every key a text, and refused keys that are not scalars. */
const keyText = (key: MaybeNode): string =>
  isScalar(key) && typeof key.value === 'string' ? key.value : '';

const offsetOf = (node: MaybeNode): number => node?.range[0] ?? 0;

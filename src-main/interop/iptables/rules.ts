/** One rule as iptables-save writes it (`-A CHAIN …`), its words taken apart. */
export interface SavedRule {
  readonly table: string;
  readonly chain: string;
  /** Line of the text, from 1. */
  readonly line: number;
  readonly text: string;
  readonly matches: readonly Match[];
  readonly target: Target | null;
}

/** One condition: an option with its values, said the other way round by `!`. `module` is that of the `-m` before it. */
export interface Match {
  readonly module: string;
  readonly option: string;
  readonly values: readonly string[];
  readonly isNegated: boolean;
}

export interface Target {
  readonly name: string;
  /** `-g`: what falls off its end goes on where the chain was called from. */
  readonly isGoto: boolean;
  readonly options: ReadonlyMap<string, readonly string[]>;
}

export interface SavedChain {
  readonly table: string;
  readonly name: string;
  /** ACCEPT or DROP of a built-in chain; null for the user's own. */
  readonly policy: string | null;
  readonly line: number;
}

export interface SavedTables {
  readonly chains: readonly SavedChain[];
  readonly rules: readonly SavedRule[];
  readonly issues: readonly { readonly line: number; readonly text: string }[];
}

const builtIn = new Set(['INPUT', 'FORWARD', 'OUTPUT', 'PREROUTING', 'POSTROUTING']);

/** Reads what `iptables-save` writes; also the `-P`, `-N` and `-A` lines of `iptables -S`, which are those of `filter`. */
export function readSaved(text: string): SavedTables {
  const chains: SavedChain[] = [];
  const rules: SavedRule[] = [];
  const issues: { line: number; text: string }[] = [];
  let table = 'filter';
  text.split(/\r?\n/).forEach((raw, at) => {
    const line = at + 1;
    const content = raw.replace(/^\ufeff/, '').trim();
    if (content === '' || content.startsWith('#') || content === 'COMMIT') return;
    if (content.startsWith('*')) {
      table = content.slice(1).trim();
      return;
    }
    const words = splitWords(content.replace(/^\[\d+:\d+\]\s*/, ''));
    if (!words) {
      issues.push({ line, text: 'a quotation mark has no end' });
      return;
    }
    const [command = '', name = ''] = words;
    if (content.startsWith(':')) {
      const policy = name === '-' ? null : name;
      chains.push({ table, name: command.slice(1), policy, line });
    } else if (command === '-P') chains.push({ table, name, policy: words[2] ?? 'ACCEPT', line });
    else if (command === '-N') chains.push({ table, name, policy: null, line });
    else if (command === '-A' && name !== '')
      rules.push(readRule(table, name, line, content, words.slice(2)));
    else issues.push({ line, text: `${content.slice(0, 80)}: expected a line of iptables-save` });
  });
  return { chains: withUsed(chains, rules), rules, issues };
}

/** `iptables -S` of one chain need not name it before. */
function withUsed(chains: readonly SavedChain[], rules: readonly SavedRule[]): SavedChain[] {
  const all = [...chains];
  for (const { table, chain, line } of rules) {
    if (all.some((one) => one.table === table && one.name === chain)) continue;
    all.push({ table, name: chain, policy: builtIn.has(chain) ? 'ACCEPT' : null, line });
  }
  return all;
}

/** Words as a shell takes them: with quotation marks, and backslashes inside them. Undefined where one has no end. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^\s"]+)|(")|\s+/g;
  for (const [, quoted, plain, stray] of text.matchAll(pattern)) {
    if (stray !== undefined) return undefined;
    if (quoted !== undefined) words.push(quoted.replaceAll(/\\(.)/g, '$1'));
    else if (plain !== undefined) words.push(plain);
  }
  return words;
}

const longNames: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--protocol': '-p',
  '--proto': '-p',
  '--destination-port': '--dport',
  '--source-port': '--sport',
  '--destination-ports': '--dports',
  '--source-ports': '--sports',
  '--jump': '-j',
  '--goto': '-g',
  '--match': '-m',
  '--fragment': '-f',
};
const isOption = (word: string): boolean => /^--?[A-Za-z]/.test(word);

function readRule(
  table: string,
  chain: string,
  line: number,
  text: string,
  words: readonly string[],
): SavedRule {
  const matches: Match[] = [];
  let target: Target | null = null;
  let targetOptions: Map<string, readonly string[]> | undefined;
  let module = '';
  let isNegated = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '!') {
      isNegated = true;
      continue;
    }
    const option = longNames[word] ?? word;
    const values: string[] = [];
    while (at + 1 < words.length && !isOption(words[at + 1] as string) && words[at + 1] !== '!') {
      at += 1;
      values.push(words[at] as string);
    }
    // Older ones have the sign behind the option: `-s ! 10.0.0.0/8`.
    const isBehind =
      values.length === 0 && words[at + 1] === '!' && !isOption(words[at + 2] ?? '-x');
    if (isBehind && !targetOptions) {
      at += 2;
      values.push(words[at] ?? '');
      isNegated = true;
    }
    if (targetOptions) targetOptions.set(option, values);
    else if (option === '-j' || option === '-g') {
      targetOptions = new Map();
      target = { name: values[0] ?? '', isGoto: option === '-g', options: targetOptions };
    } else if (option === '-m') module = values[0] ?? '';
    else matches.push({ module, option, values, isNegated });
    isNegated = false;
  }
  return { table, chain, line, text, matches, target };
}

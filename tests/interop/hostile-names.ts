import type { Design } from '../../src-main/model/design.ts';
import { visibleText } from '../../src-main/model/visible-text.ts';
import { network } from '../builders/network.ts';

/** Names that have broken out of one language or another, or that a program takes for something of its own. */
export const hostileNames = [
  'say "hello"',
  'ends in a backslash \\',
  '\\"]; "evil" [label="x',
  '\\N \\G \\L \\n \\l \\r \\E',
  '</script><script>alert(1)</script>',
  '<b>bold</b><br/>',
  '<<table><tr><td>x</td></tr></table>>',
  '&lt;b&gt; &amp; &quot; &#65;',
  '#quot; #35; #lt;script#gt;',
  'a"]\n  evil["x"]\n  click evil "javascript:alert(1)"',
  '%%{init: {"theme": "dark"}}%%',
  '%% not a comment',
  '---\ntitle: x\n---',
  'end',
  'subgraph x',
  'style a: b#35;',
  'classDef a: b#35;',
  '`**bold** _italic_`',
  '**bold** _italic_ *x* ~~y~~',
  '1. not a list',
  '- not a list',
  '# not a heading',
  '[a](javascript:alert(1))',
  'https://example.com/a?b=c&d=e',
  'fa:fa-bell',
  '$$x^2$$',
  '}}; ]]; )); >>',
  '[[x]] ((x)) {{x}} [/x/] >x]',
  'a|b|c',
  'a --> b; c --- d',
  'a:::b@{ shape: circle }',
  '=cmd|"/c calc"!A0',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '$(rm -rf /)',
  '`rm -rf /`',
  "it's; DROP TABLE nodes",
  'a,b;c\td',
  'first\r\nsecond',
  '\u202egpj.exe',
  '\u200f\u061c\u2066x\u2069',
  '\u0000\u0007\u001b[31m\u007f',
  '\ufffe\uffff\ufeff',
  'ﬂ°lt¶ß ﬂ°°60¶ß',
  '네트워크 ネットワーク 网络',
  'שלום عربي',
  '👩‍💻 e\u0301',
  ' ',
  '  two  blanks  ',
  '__proto__',
  'x'.repeat(200),
] as const;

/** Designs with each of the names on a site, a segment, a machine, and a link to the next machine: `site:s0`, `node:n0`. */
export function hostileDesigns(): { readonly names: readonly string[]; readonly design: Design }[] {
  const chunks = Array.from({ length: Math.ceil(hostileNames.length / namesAtOnce) }, (_, at) =>
    hostileNames.slice(at * namesAtOnce, (at + 1) * namesAtOnce),
  );
  return chunks.map((names) => ({ names, design: designOf(names) }));
}

const namesAtOnce = 13;

function designOf(names: readonly string[]): Design {
  const builder = network();
  const next = (at: number) => (at + 1) % names.length;
  const before = (at: number) => (at + names.length - 1) % names.length;
  names.forEach((_, at) => {
    builder
      .site(`s${at}`)
      .segment(`l${at}`, `10.0.${at}.0/24`, { site: `s${at}` })
      .host(
        `n${at}`,
        [`10.0.${at}.1/24`, `out=172.16.${at}.1/30`, `in=172.16.${before(at)}.2/30`],
        { site: `s${at}` },
      )
      .link(`w${at}`, `n${at}/out`, `n${next(at)}/in`);
  });
  const design = builder.build(names[0]);
  const named = <T extends object>(items: readonly T[] = []) =>
    items.map((item, at) => ({ ...item, name: names[at] ?? '' }));
  return {
    ...design,
    sites: named(design.sites),
    segments: named(design.segments),
    nodes: named(design.nodes),
    links: named(design.links),
  };
}

/** The name as a diagram writes it: in one line, with what nobody sees shown. */
export const drawnName = (name: string): string =>
  visibleText(name).replace('\ufffe\uffff', '‹U+FFFE›‹U+FFFF›').trim() || '‹blank›';

import { network } from '../builders/network.ts';
import type { Design } from '../../src-main/model/design.ts';

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

/** A design with that name wherever one has a place: sites, hypervisors, clusters, machines, segments, links, stretches. */
export function hostileDesign(name: string): Design {
  const design = network()
    .site('outer')
    .site('inner', 'cloud', 'outer')
    .segment('lan', '10.0.0.0/24', { site: 'inner' })
    .segment('far', [])
    .segment('underlay', '10.9.0.0/24')
    .hypervisor('esxi', [], { vteps: '10.9.0.1/24', site: 'inner' })
    .host('a', '10.0.0.2/24', { runsOn: 'esxi' })
    .host('b', '10.0.0.3/24', { site: 'outer' })
    .cluster('k', ['a', 'b'])
    .router('r1', ['10.0.0.1/24', 'wire=172.31.0.1/30'])
    .router('r2', ['10.9.0.254/24', 'wire=172.31.0.2/30'])
    .link('wire', 'r1/wire', 'r2/wire')
    .l2Gateway('near', ['up=10.9.0.20/24', 'x=@lan'])
    .l2Gateway('beyond', ['up=10.9.0.21/24', 'x=@far'])
    .stretch('hcx', ['lan', 'near', 'up'], ['far', 'beyond', 'up'])
    .build(name);
  const named = <T extends object>(items: readonly T[] = []) =>
    items.map((item) => ({ ...item, name }));
  return {
    ...design,
    sites: named(design.sites),
    segments: named(design.segments),
    nodes: named(design.nodes),
    links: named(design.links),
    stretches: named(design.stretches),
    clusters: named(design.clusters),
  };
}

/**
 * Who may import whom: the folders show which way data flows, and this test holds them to it.
 * Within its own folder a file may import anything. A name that starts with `type ` allows types only.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const engine = ['src-main/model', 'src-main/sim'];
const documents = [
  'src-main/checks',
  'src-main/connections',
  'src-main/explain',
  'src-main/install',
  'src-main/report',
  'src-main/interop',
];
const contract = 'src-main/contract';
const everything = ['src-main', 'resources', 'node', 'packages'];

/** Folder → what its files may import besides their own folder. The longest matching folder rules. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src-main/model': ['ipaddr.js', 'zod'],
  'src-main/sim': ['src-main/model'],
  'src-main/checks': engine,
  'src-main/connections': engine,
  'src-main/explain': engine,
  // The catalogue is read as a design's text form is.
  'src-main/install': [
    ...engine,
    'src-main/explain',
    'src-main/interop/design-text',
    'src-main/interop/csv.ts',
    // What a bundle lists is what an import of it would take.
    'src-main/interop/inventory/image-reference.ts',
    'zod',
  ],
  'src-main/report': [...engine, 'src-main/checks', 'src-main/install'],
  'src-main/interop': [...engine, 'src-main/interop/words', 'yaml', 'zod'],
  // Words, which the window tells; places are called as findings call them.
  'src-main/interop/words': [...engine, 'src-main/checks/place-words-ko.ts'],
  // Drawings are XML, and their pages may be compressed.
  'src-main/interop/drawio': [...engine, 'src-main/interop', '@xmldom/xmldom', 'fflate'],
  // The firewall request as a workbook, with the table that its CSV file has.
  'src-main/interop/spreadsheet': [
    'type src-main/install',
    'src-main/install/plan/firewall-request.ts',
    'hucre',
  ],
  'src-main/contract': [
    'src-main/model',
    'src-main/sim/vocabulary',
    'type src-main/checks',
    // The words for places, which both languages' tables are made of.
    'src-main/checks/place-label.ts',
    'src-main/checks/place-words.ts',
    'src-main/checks/place-words-ko.ts',
    // Findings in either language.
    'src-main/checks/words.ts',
    'type src-main/connections',
    'type src-main/install',
    'src-main/install/words',
    // The request as a file, which the window and the command line write alike.
    'src-main/install/plan/firewall-request.ts',
    'src-main/explain/words',
    'type src-main/explain',
    // What exports leave out and importers remark, in either language.
    'src-main/interop/words',
    'type src-main/interop',
    // A report is shown in the window block by block.
    'type src-main/report',
    'zod',
  ],
  'src-main/app': [...engine, ...documents, contract, 'zod'],
  'src-main/store': [
    'src-main/model',
    'src-main/app/ports.ts',
    'src-main/app/project',
    'better-sqlite3',
    'node',
  ],

  // The drawing is the same on the screen, in a report and from the command line.
  'src-main/hosts': [...everything, 'src-renderer/geometry', 'src-renderer/canvas/picture.ts'],
  'src-main/hosts/preload': [contract, 'electron'],
  'src-main/hosts/setup': ['node'],

  'src-renderer/i18n': [contract],
  'src-renderer/theme': [],
  'src-renderer/geometry': [
    `type ${contract}`,
    'src-renderer/i18n/visible-text.ts',
    'd3',
    'flatbush',
  ],
  'src-renderer/canvas': [
    'src-renderer/geometry',
    'src-renderer/theme',
    'src-renderer/i18n/visible-text.ts',
    `type ${contract}`,
    'd3',
    'flatbush',
    '@lucide/svelte',
  ],
  'src-renderer/api': [contract, 'src-renderer/geometry', 'elkjs'],
  'src-renderer/ui': [
    'src-renderer/theme',
    'src-renderer/i18n',
    '@lucide/svelte',
    'bits-ui',
    'paneforge',
    'svelte',
    'virtua',
  ],
  'src-renderer/state': [
    'src-renderer/api',
    'src-renderer/geometry',
    'src-renderer/i18n',
    contract,
    'svelte',
  ],
  'src-renderer/features': [
    'src-renderer/state',
    'src-renderer/canvas',
    'src-renderer/geometry',
    'src-renderer/ui',
    'src-renderer/theme',
    'src-renderer/i18n',
    contract,
    'svelte',
    'virtua',
    'src-renderer/features/inspector',
    'src-renderer/features/exchange',
  ],
  // The guide is packed into the page.
  // Exports of several files are saved as one archive.
  'src-renderer/features/exchange': [
    'src-renderer/features',
    'src-renderer/state',
    'src-renderer/ui',
    'src-renderer/i18n',
    contract,
    'svelte',
    'fflate',
  ],
  'src-renderer/features/help': [
    'src-renderer/state',
    'src-renderer/ui',
    'src-renderer/i18n',
    'resources/help',
    'svelte',
    'marked',
  ],
  // The text editor of the YAML view has no state of the app in it.
  'src-renderer/features/inspector': [
    'src-renderer/features',
    'src-renderer/state',
    'src-renderer/canvas',
    'src-renderer/geometry',
    'src-renderer/ui',
    'src-renderer/theme',
    'src-renderer/i18n',
    contract,
    'svelte',
    'virtua',
    '@codemirror/commands',
    '@codemirror/lang-yaml',
    '@codemirror/language',
    '@codemirror/lint',
    '@codemirror/state',
    '@codemirror/view',
    '@lezer/highlight',
  ],
  // The page itself, which puts the folders together.
  'src-renderer': [contract, 'svelte'],
};

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

function folderOf(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((folder) => isWithin(file, folder))
    .sort((a, b) => b.length - a.length)[0];
}

/** What an import reaches: a path in the project, `node`, or the name of a package. */
function targetOf(file: string, specifier: string): string {
  const [path = ''] = specifier.split('?');
  if (path.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), path));
  if (isBuiltin(path)) return 'node';
  const [scope = '', name = ''] = path.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function isAllowedBy(allowed: string, target: string, typeOnly: boolean): boolean {
  if (allowed.startsWith('type ')) return typeOnly && isAllowedBy(allowed.slice(5), target, true);
  if (allowed === 'packages') return !target.includes('/') || target.startsWith('@');
  return isWithin(target, allowed);
}

/** The sentence that says what is wrong with an import, or nothing. */
function violation(file: string, found: Import): string | undefined {
  const folder = folderOf(file);
  const where = `${file}:${found.line} imports ${found.specifier}`;
  if (folder === undefined) return `layering: no rule says what ${file} may import`;

  const allowed = mayImport[folder] ?? [];
  const target = targetOf(file, found.specifier);
  if (isWithin(target, folder)) {
    // Inside the folder, unless a folder with a rule of its own lies in it, as main.ts knows every one.
    if (folder === 'src-renderer' || folderOf(target) === folder) return undefined;
  }
  if (allowed.some((one) => isAllowedBy(one, target, found.typeOnly))) return undefined;
  return `layering: ${folder} may import [ ${allowed.join(', ')} ]; ${where}${found.typeOnly ? ' (types)' : ''}`;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** Every way a module names another: import, export from, import(), require, types, and worker URLs. */
function importsOf(source: string): Import[] {
  const tree = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];

  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const text =
      specifier !== undefined && ts.isStringLiteralLike(specifier)
        ? specifier.text
        : '(not a literal)';
    found.push({ specifier: text, typeOnly, line });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) add(node, node.moduleSpecifier, isTypeOnly(node));
    } else if (ts.isExternalModuleReference(node)) {
      add(node, node.expression, false);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const isRequire = ts.isIdentifier(callee) && callee.text === 'require';
      const isGlob = callee.getText() === 'import.meta.glob';
      if (callee.kind === ts.SyntaxKind.ImportKeyword || isRequire || isGlob) {
        add(node, node.arguments[0], false);
      }
    } else if (ts.isNewExpression(node) && node.arguments?.[1]?.getText() === 'import.meta.url') {
      add(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The script of a Svelte component, with the lines before it kept so that line numbers hold. */
function scriptsOf(component: string): string {
  const scripts = [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
  return scripts
    .map((match) => {
      const start = match.index + match[0].indexOf('>') + 1;
      return '\n'.repeat(component.slice(0, start).split('\n').length - 1) + (match[1] ?? '');
    })
    .join('\n');
}

function sourceFiles(): string[] {
  return ['src-main', 'src-renderer'].flatMap((tree) => {
    try {
      return readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
        .map((path) => posix.join(tree, path.split(sep).join('/')))
        .filter((path) => /\.(ts|mjs|js|svelte)$/.test(path) && !path.endsWith('.d.ts'));
    } catch {
      return [];
    }
  });
}

test('every import follows the layers', () => {
  const broken = sourceFiles().flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return importsOf(file.endsWith('.svelte') ? scriptsOf(text) : text).flatMap(
      (found) => violation(file, found) ?? [],
    );
  });
  expect(broken.join('\n')).toBe('');
});

describe('an import against its layer', () => {
  const value = (specifier: string): Import => ({ specifier, typeOnly: false, line: 1 });
  const type = (specifier: string): Import => ({ specifier, typeOnly: true, line: 1 });

  test.each<[file: string, found: Import]>([
    // Engine, checks, install, report, interop and contract reach nothing outside of themselves.
    ['src-main/model/design.ts', value('node:fs')],
    ['src-main/model/design.ts', value('fs')],
    ['src-main/model/design.ts', value('yaml')],
    ['src-main/model/design.ts', type('../sim/vocabulary/trace.ts')],
    ['src-main/sim/simulate.ts', value('zod')],
    ['src-main/sim/stages/route.ts', value('../../checks/lint.ts')],
    ['src-main/sim/stages/route.ts', value('electron')],
    ['src-main/checks/lint.ts', value('../report/markdown.ts')],
    ['src-main/install/scenario.ts', value('../hosts/cli/main.ts')],
    ['src-main/report/html.ts', value('../store/project.ts')],
    ['src-main/interop/pcapng/write.ts', value('node:buffer')],
    ['src-main/contract/methods.ts', value('../sim/simulate.ts')],
    ['src-main/contract/methods.ts', value('../checks/lint.ts')],
    ['src-main/contract/methods.ts', type('electron')],
    // Use cases know their ports, not what stands behind them.
    ['src-main/app/backend.ts', value('../store/project.ts')],
    ['src-main/app/backend.ts', value('better-sqlite3')],
    ['src-main/app/backend.ts', value('node:path')],
    ['src-main/store/project.ts', value('../app/backend.ts')],
    ['src-main/store/project.ts', value('../sim/simulate.ts')],
    ['src-main/store/project.ts', value('electron')],
    // Hosts compose the main side; the sandboxed preload script and set-up stand alone.
    ['src-main/hosts/web/server.ts', value('../../../src-renderer/main.ts')],
    ['src-main/hosts/preload/preload.ts', value('node:fs')],
    ['src-main/hosts/preload/preload.ts', value('../../app/backend.ts')],
    ['src-main/hosts/setup/run.mjs', value('tsx')],
    // The renderer knows the main side by its contract alone.
    ['src-renderer/main.ts', value('../src-main/model/design.ts')],
    ['src-renderer/api/client.ts', type('../../src-main/model/design.ts')],
    ['src-renderer/state/workspace.svelte.ts', value('../../src-main/app/backend.ts')],
    ['src-renderer/state/workspace.svelte.ts', value('electron')],
    ['src-renderer/state/workspace.svelte.ts', value('../features/trace/Trace.svelte')],
    ['src-renderer/features/trace/Trace.svelte', value('d3')],
    ['src-renderer/features/trace/Trace.svelte', value('../../api/client.ts')],
    ['src-renderer/geometry/layout.ts', value('svelte')],
    ['src-renderer/geometry/layout.ts', value('../state/workspace.svelte.ts')],
    ['src-renderer/geometry/layout.ts', value('../../src-main/contract/index.ts')],
    ['src-renderer/canvas/scene.ts', value('svelte/reactivity')],
    ['src-renderer/canvas/scene.ts', value('../state/workspace.svelte.ts')],
    ['src-renderer/ui/Button.svelte', value('../state/workspace.svelte.ts')],
    ['src-renderer/ui/Button.svelte', type('../../src-main/contract/index.ts')],
    // What nobody has thought about is not allowed.
    ['src-main/newcomer/thing.ts', value('../model/design.ts')],
    ['src-main/sim/simulate.ts', value('(not a literal)')],
  ])('%s may not import %o', (file, found) => {
    expect(violation(file, found)).toMatch(/^layering: /);
  });

  test.each<[file: string, found: Import]>([
    ['src-main/model/ip.ts', value('ipaddr.js')],
    ['src-main/model/schema/node.ts', value('../limits.ts')],
    ['src-main/sim/stages/route.ts', value('../../model/ip.ts')],
    ['src-main/interop/design-text/read.ts', value('yaml')],
    ['src-main/contract/methods.ts', value('../sim/vocabulary/result.ts')],
    ['src-main/contract/methods.ts', type('../checks/finding.ts')],
    ['src-main/app/trace/simulate.ts', value('../../report/markdown.ts')],
    ['src-main/store/project.ts', type('../app/ports.ts')],
    ['src-main/store/project.ts', value('better-sqlite3')],
    ['src-main/hosts/cli/main.ts', value('../../app/backend.ts')],
    ['src-main/hosts/cli/main.ts', value('../setup/build.mjs')],
    ['src-main/hosts/electron/main.ts', value('electron')],
    ['src-renderer/main.ts', value('./features/App.svelte')],
    ['src-renderer/canvas/panzoom.ts', value('d3')],
    ['src-renderer/state/workspace.svelte.ts', value('svelte/reactivity')],
    ['src-renderer/features/trace/Trace.svelte', value('./Hop.svelte')],
  ])('%s may import %o', (file, found) => {
    expect(violation(file, found)).toBeUndefined();
  });

  test('the sentence names the folder, what it may import, and the line that does not', () => {
    expect(violation('src-main/model/ip.ts', { ...value('node:net'), line: 7 })).toBe(
      'layering: src-main/model may import [ ipaddr.js, zod ]; src-main/model/ip.ts:7 imports node:net',
    );
  });
});

describe('reading the imports of a module', () => {
  test.each<[source: string, specifier: string, typeOnly: boolean]>([
    [`import a from './a.ts';`, './a.ts', false],
    [`import './a.css';`, './a.css', false],
    [`import type { A } from './a.ts';`, './a.ts', true],
    [`import { type A } from './a.ts';`, './a.ts', false], // kept at run time, as an import without names
    [`export * from './a.ts';`, './a.ts', false],
    [`export type { A } from './a.ts';`, './a.ts', true],
    [`const a = await import('./a.ts');`, './a.ts', false],
    [`const a = await import(name);`, '(not a literal)', false],
    [`const a = require('./a.ts');`, './a.ts', false],
    [`import a = require('./a.ts');`, './a.ts', false],
    [`type A = import('./a.ts').A;`, './a.ts', true],
    [`new Worker(new URL('./a.ts', import.meta.url));`, './a.ts', false],
    [`const all = import.meta.glob('./a/*.ts');`, './a/*.ts', false],
  ])('%s', (source, specifier, typeOnly) => {
    expect(importsOf(source)).toEqual([{ specifier, typeOnly, line: 1 }]);
  });

  test('takes both scripts of a component, with their own line numbers', () => {
    const component = [
      '<script module lang="ts">',
      `  import a from './a.ts';`,
      '</script>',
      '<script lang="ts">',
      `  import b from './b.ts';`,
      '</script>',
    ].join('\n');
    const specifiers = importsOf(scriptsOf(component)).map(({ specifier }) => specifier);
    expect(specifiers).toEqual(['./a.ts', './b.ts']);
  });
});

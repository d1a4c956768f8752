/** How texts are written in the formats of plan files, so that their programs read back what was meant. */

/** systemd.syntax(7): a quoted assignment of Environment=. `%` begins a specifier there. */
export const systemdAssignment = (name: string, value: string): string =>
  `"${name}=${value.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;

/** systemd.exec(5), EnvironmentFile=: as a shell reads it, and nothing is put in. */
export const environmentLine = (name: string, value: string): string =>
  `${name}=${shellWord(value)}`;

const bareWord = /^[\w@%+=:,./-]+$/;

/** One word for a POSIX shell: XCU 2.2.2, single quotes. */
export const shellWord = (text: string): string =>
  bareWord.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** https://toml.io/en/v1.0.0#string: a basic string has JSON's escapes, and DEL has to be escaped as well. */
export const tomlString = (text: string): string =>
  JSON.stringify(text).replaceAll('\u007f', String.raw`\u007f`);

/** YAML 1.2.2 §1.3: JSON is part of it; of a text in one line nothing is taken for anything else. */
export const yamlString = (text: string): string => JSON.stringify(text);

/** https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions */
export const hclString = (text: string): string =>
  JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');

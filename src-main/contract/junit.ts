import type { IntentCheck, IntentVerdict } from './methods.ts';

/**
 * A verification as JUnit XML, as CI servers read it: a suite an intent, a case a check. The schema is that of
 * https://github.com/testmoapp/junitxml. Times are 0, so that equal verifications give equal files.
 */
export function junitXml(design: string, intents: readonly IntentVerdict[]): string {
  const suites = intents.map((intent) => ({ intent, cases: casesOf(intent) }));
  const all = suites.flatMap(({ cases }) => cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: design, ...countsOf(all) })}>`,
  ];
  for (const { intent, cases } of suites) {
    lines.push(`  <testsuite ${attributes({ name: suiteName(intent), ...countsOf(cases) })}>`);
    for (const { name, failure } of cases) {
      const open = attributes({ classname: intent.id, name, time: 0 });
      if (failure === undefined) lines.push(`    <testcase ${open}/>`);
      else {
        const { message, text } = failure;
        const inner = `<failure ${attributes({ type: 'intent', message })}>${escapeXml(text)}</failure>`;
        lines.push(`    <testcase ${open}>`, `      ${inner}`, '    </testcase>');
      }
    }
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

interface TestCase {
  readonly name: string;
  readonly failure?: { readonly message: string; readonly text: string };
}

function casesOf(intent: IntentVerdict): readonly TestCase[] {
  if (intent.checks.length === 0) {
    const failure = { message: 'the intent speaks of nobody', text: 'It proves nothing.' };
    return [{ name: suiteName(intent), failure }];
  }
  return intent.checks.map((check) => caseOf(intent, check));
}

function caseOf(intent: IntentVerdict, check: IntentCheck): TestCase {
  const name = checkTitle(check);
  if (check.holds) return { name };
  const message = `expected ${intent.expect}, found ${checkEnd(check)}`;
  return { name, failure: { message, text: check.reason } };
}

export const checkTitle = ({ flow }: IntentCheck): string => flow.name ?? flow.id;

/** `unreachable, denied`, or `one-way, delivered, reply no-route`. */
export function checkEnd({ status, disposition, replyDisposition }: IntentCheck): string {
  const reply = replyDisposition === undefined ? '' : `, reply ${replyDisposition}`;
  return `${status}, ${disposition}${reply}`;
}

const suiteName = ({ id, name }: IntentVerdict): string =>
  name === undefined ? id : `${id}: ${name}`;

const countsOf = (cases: readonly TestCase[]) => ({
  tests: cases.length,
  failures: cases.filter(({ failure }) => failure !== undefined).length,
  errors: 0,
  skipped: 0,
  time: 0,
});

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}="${escapeXml(String(value))}"`)
    .join(' ');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** XML 1.0 has no way to write other control characters, halves of a surrogate pair, U+FFFE and U+FFFF. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? character);

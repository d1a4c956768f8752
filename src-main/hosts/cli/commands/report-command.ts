import { Option, type Command } from 'commander';
import { exampleOption, forceOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { report, type ReportOptions } from './report.ts';

export function addReport(program: Command, { run }: Host): void {
  program
    .command('report')
    .summary('write the design report')
    .description(
      'Writes what the design is and what came of its flows, intents, checks and install scenarios: a .html file that\n' +
        'reads without a network and prints well, the same as .pdf (by a Chromium that is on the machine), .md with its\n' +
        'pictures in a folder beside it, or .json. The same design gives the same bytes: the date is what --date says.',
    )
    .usage('(FILE | --example NAME) --out OUT [--language en|ko] [--title TEXT] [options]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('-o, --out <out>', 'the .html, .pdf, .md or .json file to make')
    .addOption(
      new Option('--language <code>', 'the language that it is written in').choices(['en', 'ko']),
    )
    .option('--title <text>', "the title, the design's name when absent")
    .option('--document-version <text>', 'the version of the document')
    .option('--date <text>', 'the date of the document')
    .option('--author <text>', 'who wrote it')
    .option('--since <version>', 'list what has changed since a version of the project')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'report --example icp-on-vcenter --out report.html',
        'report design.yaml --out report.md --language ko --date 2026-12-01',
        'report project.hopscope --out report.json --document-version 1.2 --author Architecture',
      ),
    )
    .action((path: string | undefined, options: Options<ReportOptions> & { out?: string }) =>
      run((backend) => report(backend, { ...options, file: path }), options.json === true),
    );
}

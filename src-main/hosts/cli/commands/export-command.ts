import { InvalidArgumentError, Option, type Command } from 'commander';
import { exampleOption, forceOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { exportText, type ExportOptions } from './convert.ts';
import {
  exportFormat,
  formatOfName,
  isOtherFormat,
  otherFormats,
  type PictureOptions,
  type ScenarioOptions,
} from './export-format.ts';

export function addExport(program: Command, { run }: Host): void {
  program
    .command('export')
    .summary("write a design in its text form, as a picture, or in another tool's format")
    .description(
      'Writes a design in its text form, normalised: the same design gives the same bytes. Without OUT it is printed.\n' +
        'With a format of another tool it writes a file, or a folder of files, and lists what does not carry over:\n' +
        'svg and png pictures (png by a Chromium that is on the machine), drawio, mermaid, dot, netbox (CSV),\n' +
        'containerlab, clabernetes, linux (shell scripts), nsx-v (XML), nsx-t (policy JSON), policies (Kubernetes and\n' +
        "Calico, of the design's intents); of an install scenario zarf and hauler (what is carried) and\n" +
        'firewall-request (CSV or a workbook, by what OUT ends in), as the plan of install has them.',
    )
    .usage('(FILE | --example NAME) [--out OUT] [--format NAME] [--force] [--json]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('-o, --out <out>', 'the file to make, or the folder where a format has several files')
    .addOption(
      new Option(
        '--format <name>',
        'yaml (the default) and json are its own; told by OUT where that says it',
      ).choices(['yaml', 'json', ...Object.keys(otherFormats)]),
    )
    .addOption(
      new Option('--view <name>', 'what a picture shows').choices([
        'all',
        'underlay',
        'overlay',
        'kubernetes',
      ]),
    )
    .option('--flow <id>', 'the way of a flow in a picture, its hops numbered')
    .option('--only <id...>', 'the part of a picture around some things')
    .option('--dark', 'a dark picture')
    .option(
      '--scenario <id>',
      'zarf, hauler, firewall-request: the install scenario, where there are several',
    )
    .addOption(
      new Option('--mode <name>', 'and as it would be in another mode than its own').choices([
        'connected',
        'proxy',
        'air-gapped',
      ]),
    )
    .option('--scale <number>', 'pixels of a png a pixel of the drawing (2)', readScale)
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'export project.hopscope --out design.yaml',
        'export project.hopscope --format json',
        'export --example icp-on-vcenter --out overlay.svg --view overlay',
        'export --example icp-on-vcenter --out design.drawio',
        'export --example icp-on-vcenter --format netbox --out netbox',
        'export --example icp-on-vcenter --format zarf --scenario icp-air-gapped --out zarf.yaml',
      ),
    )
    .action(
      (
        path: string | undefined,
        options: Options<ExportOptions> & PictureOptions & ScenarioOptions & { out?: string },
      ) => {
        const { format, out } = options as { format?: string; out?: string };
        const other = format ?? (out === undefined ? undefined : formatOfName(out));
        return run(
          (backend) =>
            other !== undefined && isOtherFormat(other)
              ? exportFormat(backend, other, { ...options, file: path })
              : exportText(backend, { ...options, file: path }),
          options.json === true,
        );
      },
    );
}

function readScale(text: string): number {
  const scale = Number(text);
  if (scale >= 0.1 && scale <= 8) return scale;
  throw new InvalidArgumentError('expected a number from 0.1 to 8');
}

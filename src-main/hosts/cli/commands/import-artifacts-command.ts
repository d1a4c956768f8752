import { Option, type Command } from 'commander';
import { inventoryKinds } from '../../../interop/inventory/index.ts';
import { forceOption, jsonOption } from '../arguments.ts';
import { examples, type Host, type Json } from '../command.ts';
import { importArtifacts, type ImportArtifactsOptions } from './import-artifacts.ts';

export function addImportArtifacts(parent: Command, { run }: Host): void {
  parent
    .command('artifacts')
    .summary('add what files say is to be fetched to an install scenario')
    .description(
      'Adds what files and folders say is to be fetched to the artifacts of an install scenario: lists of images\n' +
        "(docker images too) and packages, what helm template renders and other manifests, zarf.yaml, Hauler's manifests,\n" +
        'Terraform configurations and lock files. What is not understood or not taken is listed with its place.',
    )
    .usage(
      'PATH… -o OUT --into FILE --scenario ID [--kind KIND] [--needed-by ROLE…] [--force] [--json]',
    )
    .argument('<PATH...>', 'files, or folders of them')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .requiredOption('--into <file>', 'the design that has the scenario')
    .requiredOption('--scenario <id>', 'the install scenario that takes them')
    .addOption(
      new Option('--kind <name>', 'what every file is, where its content does not tell').choices(
        inventoryKinds,
      ),
    )
    .option('--needed-by <role...>', 'who needs all of it: roles of cluster nodes, or nodes')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'import artifacts images.txt charts/ -o plan.yaml --into design.yaml --scenario icp',
      ),
    )
    .action((paths: readonly string[], options: Omit<ImportArtifactsOptions, 'paths'> & Json) =>
      run((backend) => importArtifacts(backend, { ...options, paths }), options.json === true),
    );
}

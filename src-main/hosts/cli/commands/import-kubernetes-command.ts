import type { Command } from 'commander';
import { forceOption, jsonOption, readCount } from '../arguments.ts';
import { examples, type Host, type Json } from '../command.ts';
import { importKubernetes, type ImportKubernetesOptions } from './import-kubernetes.ts';

export function addImportKubernetes(parent: Command, { run }: Host): void {
  parent
    .command('kubernetes')
    .summary('make a design of Kubernetes manifests')
    .description(
      'Makes a design of Kubernetes manifests (YAML or JSON, files and folders): workloads with their pods placed and\n' +
        'addressed, services, ingresses, network policies. What does not become part of it is listed with its place.',
    )
    .usage('PATH… -o OUT [--into FILE [--cluster ID]] [--json]')
    .argument('<PATH...>', 'manifests, or folders of them')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .option(
      '--into <file>',
      'a design whose cluster takes the pods, instead of a cluster made for them',
    )
    .option('--cluster <id>', 'one cluster of several, with --into')
    .option('--nodes <number>', 'nodes of the cluster that is made (3)', readCount)
    .option('--pod-cidr <cidr...>', 'where pods get their addresses from (172.30.0.0/16)')
    .option('--service-cidr <cidr...>', 'where services get their addresses from (172.21.0.0/16)')
    .option('--node-cidr <cidr>', 'subnet of the nodes (10.10.0.0/24)')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('import kubernetes manifests/ -o shop.yaml'))
    .action((paths: readonly string[], options: Omit<ImportKubernetesOptions, 'paths'> & Json) =>
      run((backend) => importKubernetes(backend, { ...options, paths }), options.json === true),
    );
}

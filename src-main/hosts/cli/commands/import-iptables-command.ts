import type { Command } from 'commander';
import { forceOption, jsonOption } from '../arguments.ts';
import { examples, type Host, type Json } from '../command.ts';
import { importIptables, type ImportIptablesOptions } from './import-iptables.ts';

export function addImportIptables(parent: Command, { run }: Host): void {
  parent
    .command('iptables')
    .summary('make the firewall and translations of a node of iptables-save')
    .description(
      'Makes the firewall and translations of a node of what iptables-save (and ip6tables-save) wrote: of one in a design\n' +
        'whose interfaces have the same names, or of a router that is made. What cannot be said exactly is listed.',
    )
    .usage('[FILE] [--ipv6 FILE] -o OUT [--into FILE --node ID] [--json]')
    .argument('[FILE]', 'what iptables-save wrote')
    .option('--ipv6 <file>', 'what ip6tables-save wrote')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .option('--into <file>', 'the design that has the node')
    .option('--node <id>', 'the node that has the rules')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('import iptables rules.txt -o router.yaml'))
    .action((path: string | undefined, options: Omit<ImportIptablesOptions, 'file'> & Json) =>
      run((backend) => importIptables(backend, { ...options, file: path }), options.json === true),
    );
}

import type { Command } from 'commander';
import { readPort } from '../arguments.ts';
import { designFile, examples, type Host } from '../command.ts';

export function addOpen(program: Command, { open }: Host): void {
  program
    .command('open')
    .summary('open the app')
    .description(
      'Opens the desktop app. Where there is no Electron binary, the same app is served to this\n' +
        "machine's browser on 127.0.0.1 alone, until Ctrl-C.\n" +
        'A project is opened to be edited; of a text design a project is made in your folder for designs.',
    )
    .usage('[FILE] [--port NUMBER]')
    .argument('[FILE]', designFile)
    .option('--port <number>', 'serve it to the browser, on this port', readPort)
    .addHelpText('after', examples('open', 'open project.hopscope', 'open --port 8080'))
    .action((path: string | undefined, options: { readonly port?: number }) =>
      open(path, options.port),
    );
}

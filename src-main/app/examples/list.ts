import {
  done,
  failed,
  type Answer,
  type ExampleSummary,
  type Output,
} from '../../contract/index.ts';
import type { Designs } from '../designs/source.ts';
import type { Ports } from '../ports.ts';

export async function listExamples(
  { examples }: Ports,
  designs: Designs,
): Promise<Answer<Output<'examples.list'>>> {
  const summaries: ExampleSummary[] = [];
  for (const name of await examples.list()) {
    const text = await examples.read(name);
    const open = text === undefined ? undefined : designs.openText(text);
    if (!open) continue;
    if (!open.ok) return open;
    const { design } = open.value;
    summaries.push({
      name,
      title: design.name,
      ...(design.notes === undefined ? {} : { notes: design.notes }),
      sites: design.sites?.length ?? 0,
      nodes: design.nodes?.length ?? 0,
      flows: design.flows?.length ?? 0,
    });
  }
  return done({ examples: summaries });
}

export async function readExample(
  { examples }: Ports,
  designs: Designs,
  name: string,
): Promise<Answer<Output<'examples.read'>>> {
  const text = await examples.read(name);
  if (text === undefined) return failed('example-unknown', { name, known: await examples.list() });
  const open = designs.openText(text);
  return open.ok ? done({ name, text, design: open.value.design }) : open;
}

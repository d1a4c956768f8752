import { createLocalBackend } from '../../src-main/hosts/local/backend.ts';
import { join } from 'node:path';
import type { Input, Output } from '../../src-main/contract/index.ts';

export type Asked = Input<'report.make'>;

/** The report as the program makes it, pictures and install plans included. */
export async function written(
  asked: Pick<Asked, 'source'> & Partial<Asked>,
): Promise<Output<'report.make'>> {
  const resources = join(import.meta.dirname, '..', '..', 'resources');
  const backend = createLocalBackend(resources, { remembers: false });
  try {
    const answer = await backend.call('report.make', {
      format: 'html',
      language: 'en',
      cover: {},
      ...asked,
    });
    if (answer.ok) return answer.value;
    throw new Error(answer.error.text);
  } finally {
    await backend.close();
  }
}

import type { Leg } from '../../../src-main/contract/index.ts';
import type { Messages } from '../../i18n/en.ts';

/** What a leg is for, in the reader's words. What it is called itself is of names, addresses and ports. */
export function legTitle(leg: Leg, t: Messages): string {
  const { traceReader } = t;
  if (leg.dns) {
    const { name } = leg.dns;
    return leg.purpose === 'dns-answer' ? traceReader.answer(name) : traceReader.look(name);
  }
  const replied = / reply to (.+)$/.exec(leg.title)?.[1];
  return replied === undefined ? leg.title : traceReader.replyTo(replied);
}

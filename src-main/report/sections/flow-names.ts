import type { Flow } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import type { Result } from '../../sim/index.ts';
import { sectionId, toned, type Piece, type Tone } from '../document.ts';
import type { Speaker } from '../speaker.ts';

/** How a report speaks of a flow. */

/** Its place in the catalogue. */
export const flowId = (id: string): string => sectionId('flow', id);
/** Its hops, in the appendix. */
export const detailId = (id: string): string => sectionId('detail', id);

const statusTone = (status: Result['status']): Tone =>
  status === 'reachable' ? 'good' : status === 'one-way' ? 'warn' : 'bad';

/** What the intents say of a flow of the design: the expectation, or that they contradict each other, or nothing. */
export function expectationOf(
  { input }: Speaker,
  id: string,
): 'reachable' | 'blocked' | 'contradictory' | undefined {
  const said = new Set(
    input.verdicts
      .filter(({ checks }) => checks.some(({ flow }) => flow.id === id))
      .map(({ expect }) => expect),
  );
  const [one] = said;
  return said.size > 1 ? 'contradictory' : one;
}

/** `Reachable`; one that an intent wants blocked, and that is, is as it should be. */
export function statusOf(speaker: Speaker, flow: Flow, { status }: Result): Piece {
  const { t } = speaker;
  const expected = expectationOf(speaker, flow.id);
  if (expected === 'blocked') {
    return status === 'unreachable'
      ? toned('good', t.blockedAsIntended)
      : toned('bad', t.notAsIntended(t.statuses[status]));
  }
  return expected === 'reachable' && status !== 'reachable'
    ? toned('bad', t.notAsIntended(t.statuses[status]))
    : toned(statusTone(status), t.statuses[status]);
}

export function senderOf({ node }: Speaker, { from }: Flow): string {
  switch (from.kind) {
    case 'node':
      return node(from.node);
    case 'pod':
      return visibleText(from.pod);
    case 'address':
      return from.address;
    default:
      return from satisfies never;
  }
}

/** `db.corp.example, tcp 3306`. */
export function targetOf(speaker: Speaker, flow: Flow): string {
  return flow.to.kind === 'url'
    ? visibleText(flow.to.url)
    : `${hostOf(speaker, flow)}, ${serviceOf(flow)}`;
}

/** Who is meant, whatever the service: the host of a URL. */
export function hostOf({ node }: Speaker, { to }: Flow): string {
  switch (to.kind) {
    case 'url':
      return visibleText(URL.parse(to.url)?.hostname ?? to.url);
    case 'name':
      return visibleText(to.name);
    case 'address':
      return to.address;
    case 'node':
      return node(to.node);
    case 'pod':
      return visibleText(to.pod);
    case 'service':
      return visibleText(to.service);
    default:
      return to satisfies never;
  }
}

/** `tcp 443`, `https`. */
export function serviceOf({ to, protocol, port }: Flow): string {
  if (to.kind === 'url') return URL.parse(to.url)?.protocol.replace(':', '') ?? '';
  return [protocol ?? 'tcp', ...(port === undefined ? [] : [String(port)])].join(' ');
}

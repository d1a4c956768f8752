import type { WorkingCopy } from './working-copy.ts';

/** Whether a site is one of the internet, or inside of one. */
export function isOnInternet(copy: WorkingCopy, site: string | undefined): boolean {
  const seen = new Set<string>();
  for (let up = copy.get('site', site); up && !seen.has(up.id); up = copy.get('site', up.parent)) {
    if (up.kind === 'internet') return true;
    seen.add(up.id);
  }
  return false;
}

import type { Outline } from '../../state/outline.svelte.ts';

/** How long letters that follow each other make one word. */
const togetherMs = 700;

/** The keys of a tree (WAI-ARIA authoring practices): arrows walk and unfold, letters jump, space adds to the selection. */
export function treeKeys(
  tree: () => Outline,
  go: (index: number, how?: 'alone' | 'toggle' | 'range' | 'walk') => void,
  page: () => number,
): (event: KeyboardEvent) => void {
  let letters = '';
  let lastAt = 0;

  return (event) => {
    const outline = tree();
    const { at, rows } = outline;
    const row = rows[at];
    const walk = (index: number) => {
      const to = Math.min(rows.length - 1, Math.max(0, index));
      go(to, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'walk' : 'alone');
    };
    switch (event.key) {
      case 'ArrowDown':
        walk(at + 1);
        break;
      case 'ArrowUp':
        walk(at - 1);
        break;
      case 'PageDown':
        walk(at + page());
        break;
      case 'PageUp':
        walk(at - page());
        break;
      case 'Home':
        walk(0);
        break;
      case 'End':
        walk(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row?.expanded === false) outline.toggle(at, true);
        else if (row?.expanded) walk(at + 1);
        break;
      case 'ArrowLeft':
        if (row?.expanded) outline.toggle(at, false);
        else if (row && row.parent >= 0) walk(row.parent);
        break;
      case 'Enter':
        go(at);
        if (row && row.item.ref === undefined) outline.toggle(at);
        break;
      case ' ':
        go(at, 'toggle');
        break;
      case '*':
        rows.forEach((other, index) => {
          if (other.parent === row?.parent) outline.toggle(index, true);
        });
        break;
      default: {
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        letters = event.timeStamp - lastAt < togetherMs ? letters + event.key : event.key;
        lastAt = event.timeStamp;
        const found = outline.findByLetters(letters);
        if (found < 0) return;
        go(found);
      }
    }
    event.preventDefault();
  };
}

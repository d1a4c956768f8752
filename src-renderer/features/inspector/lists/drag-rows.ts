/** Pixels from the edge of what scrolls at which it begins to move. */
const edge = 32;
/** Pixels a frame. */
const fastest = 14;

interface RowDrag {
  readonly list: HTMLElement;
  readonly scroller: HTMLElement | undefined;
  /** The gap that the row would fall into: 0 is before the first row. */
  readonly onover: (gap: number | undefined) => void;
  readonly ondrop: (gap: number) => void;
}

/** Follows the pointer from a row's grip until it is let go; Escape leaves everything where it was. */
export function dragRow(start: PointerEvent, { list, scroller, onover, ondrop }: RowDrag): void {
  const grip = start.currentTarget as HTMLElement;
  grip.setPointerCapture(start.pointerId);
  let y = start.clientY;
  let gap: number | undefined;
  let frame = 0;

  const look = () => {
    const rows = [...list.querySelectorAll<HTMLElement>('[data-index]')];
    const box = (row: HTMLElement) => row.getBoundingClientRect();
    const sorted = rows.map((row) => ({ at: Number(row.dataset['index']), box: box(row) }));
    sorted.sort((a, b) => a.at - b.at);
    const below = sorted.find((row) => y < row.box.top + row.box.height / 2);
    gap = below ? below.at : (sorted.at(-1)?.at ?? -1) + 1;
    onover(gap);
  };
  const scroll = () => {
    if (scroller) {
      const { top, bottom } = scroller.getBoundingClientRect();
      const by = y < top + edge ? y - top - edge : y > bottom - edge ? y - bottom + edge : 0;
      if (by !== 0) {
        scroller.scrollTop += Math.max(-fastest, Math.min(fastest, by / 2));
        look();
      }
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (event: PointerEvent) => {
    y = event.clientY;
    look();
  };
  const end = () => {
    cancelAnimationFrame(frame);
    grip.removeEventListener('pointermove', move);
    grip.removeEventListener('pointerup', drop);
    grip.removeEventListener('pointercancel', end);
    document.removeEventListener('keydown', cancel, true);
    onover(undefined);
  };
  const drop = () => {
    const to = gap;
    end();
    if (to !== undefined) ondrop(to);
  };
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end();
  };
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', drop);
  grip.addEventListener('pointercancel', end);
  document.addEventListener('keydown', cancel, true);
  frame = requestAnimationFrame(scroll);
  start.preventDefault();
}

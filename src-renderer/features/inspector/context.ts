import { createContext } from 'svelte';
import type { Inspector } from '../../state/inspector.svelte.ts';

/** The inspector that a form stands in, and what scrolls it. */
export interface InspectorContext {
  readonly inspector: Inspector;
  readonly scroller: () => HTMLElement | undefined;
}

export const [getInspector, setInspector] = createContext<InspectorContext>();

import { readGuide } from './guide.ts';

/** The guide in English; a file of its own, so that only the language that is read is loaded. */
export const pages = readGuide(
  import.meta.glob<string>('../../../resources/help/en/*.md', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

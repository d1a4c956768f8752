const files = import.meta.glob<string>('../../../resources/help/pictures/*.webp', {
  query: '?url',
  import: 'default',
  eager: true,
});
const byName = new Map(
  Object.entries(files).map(([path, url]) => [path.replace(/^.*\//, ''), url]),
);

/** Where the built page has a picture of the guide. */
export const pictureUrl = (name: string): string | undefined => byName.get(name);

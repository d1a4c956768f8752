import type { Call, Catalogue, InstallMode, InstallStep, Need, Product } from './schema.ts';

/** A product as it is known, the version that stands last in the catalogue where none is named. */
export function productOf(
  { products }: Pick<Catalogue, 'products'>,
  id: Product['id'],
  version?: string,
): Product | undefined {
  return products.findLast(
    (one) => one.id === id && (version === undefined || one.version === version),
  );
}

/** What a step of an install asks for in this mode. */
export function stepIn(
  { needs = [], calls = [] }: InstallStep,
  mode: InstallMode,
): { readonly needs: readonly Need[]; readonly calls: readonly Call[] } {
  const counts = ({ modes }: Need | Call) => modes === undefined || modes.includes(mode);
  return { needs: needs.filter(counts), calls: calls.filter(counts) };
}

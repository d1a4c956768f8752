/** What is to be said, without the words: a code, and the facts that its sentence is made of. */
export type Saying<FactsByCode> = {
  readonly [Code in keyof FactsByCode]: {
    readonly code: Code;
    readonly detail: FactsByCode[Code];
  };
}[keyof FactsByCode];

/** One language's sentences. A code that it lacks is a type error. */
export type SayingTable<FactsByCode> = {
  readonly [Code in keyof FactsByCode]: (facts: FactsByCode[Code]) => string;
};

/** A code whose sentence is always the same. */
export type NoFacts = Readonly<Record<string, never>>;

/** The sentence of a saying. */
export const say = <FactsByCode>(
  table: SayingTable<FactsByCode>,
  { code, detail }: Saying<FactsByCode>,
): string => table[code](detail);

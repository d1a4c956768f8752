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

/** The codes whose sentence is always the same. */
export type PlainCode<FactsByCode> = {
  readonly [Code in keyof FactsByCode]: FactsByCode[Code] extends NoFacts ? Code : never;
}[keyof FactsByCode];

/** A saying, or its code alone where there are no facts. */
export type Said<FactsByCode> = Saying<FactsByCode> | PlainCode<FactsByCode>;

export const sayingOf = <FactsByCode>(said: Said<FactsByCode>): Saying<FactsByCode> =>
  // A code of its own has no facts, by its type.
  typeof said === 'object' ? said : ({ code: said, detail: {} } as unknown as Saying<FactsByCode>);

/** The sentence of a saying. */
export const say = <FactsByCode>(
  table: SayingTable<FactsByCode>,
  { code, detail }: Saying<FactsByCode>,
): string => table[code](detail);

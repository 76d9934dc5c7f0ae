import type { Facts } from "../../facts.ts";

/** Facts in which something is supposed, and what had to be taken for granted because it was never read: whole sentences, inert. */
export interface Supposed {
  facts: Facts;
  assumed: readonly string[];
}

/** The same with other facts, and one more sentence where there is one. */
export function supposing({ facts, assumed }: Supposed, changed: Partial<Facts>, sentence?: string): Supposed {
  return {
    facts: { ...facts, ...changed },
    assumed: sentence === undefined || assumed.includes(sentence) ? assumed : [...assumed, sentence],
  };
}

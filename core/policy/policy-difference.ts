import type { Effect } from "./direction.ts";

/** One way in which a policy asks for something else than another. */
export interface PolicyDifference {
  effect: Effect;
  /** The rule that it is about; null for the rest of the policy. */
  rule: string | null;
  /** The area that it is about; null for the rest of the policy. */
  area: string | null;
  /** What the second policy does, to be read after "would": `stop requiring owner_approval in rule x`. Inert. */
  says: string;
}

/** A difference in the policy as a whole. */
export function general(effect: Effect, says: string): PolicyDifference {
  return { effect, rule: null, area: null, says };
}

/** What is in both lists by its key, and what in one of them alone. */
export function pairs<Item>(before: readonly Item[], after: readonly Item[], key: (item: Item) => string) {
  const old = new Map(before.map((item) => [key(item), item]));
  const now = new Map(after.map((item) => [key(item), item]));
  return {
    gone: before.filter((item) => !now.has(key(item))),
    fresh: after.filter((item) => !old.has(key(item))),
    kept: after.flatMap((item): [Item, Item][] => {
      const other = old.get(key(item));
      return other === undefined ? [] : [[other, item]];
    }),
  };
}

/** A list of parts in which `star` stands for any number of items, and any other part for exactly one. */
export interface Wildcards<Part, Item> {
  readonly isStar: (part: Part) => boolean;
  readonly fits: (part: Part, item: Item) => boolean;
}

/**
 * Where the shortest stretch at the beginning of `items` that `parts` fit ends; null when they fit none. With `whole` they
 * must fit all of the items. Asks `fits` at most once for each pair of a part and an item, however many stars there are:
 * a star that was passed never has to grow again, because what follows it was found at the first place that it could.
 */
export function endOfMatch<Part, Item>(
  { isStar, fits }: Wildcards<Part, Item>,
  parts: readonly Part[],
  items: ArrayLike<Item>,
  whole: boolean,
): number | null {
  let part = 0;
  let item = 0;
  let afterStar: { part: number; item: number } | null = null;
  for (;;) {
    const next = parts[part];
    if (next === undefined) {
      if (!whole || item === items.length || (part > 0 && isStar(parts[part - 1]!))) return whole ? items.length : item;
    } else if (isStar(next)) {
      part += 1;
      afterStar = { part, item };
      continue;
    } else if (item < items.length && fits(next, items[item]!)) {
      part += 1;
      item += 1;
      continue;
    }
    // The last star takes one item more.
    if (afterStar === null || afterStar.item >= items.length) return null;
    const grown: number = afterStar.item + 1;
    part = afterStar.part;
    item = grown;
    afterStar = { part, item };
  }
}

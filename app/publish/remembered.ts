import * as z from "zod";
import type { Memo } from "../../adapters/store/store.ts";
import { memoValue } from "../memo-value.ts";
import { folded, isOurs, type AskedNow, type LabelsNow } from "./plan.ts";

/** What the store remembers of a pull request that publishing needs. */
export interface Remembered {
  labels: Pick<LabelsNow, "ours" | "people">;
  asked: AskedNow["asked"];
  /** The digests of our comments, by what they are: `sticky`, `reply/…`. */
  comments: ReadonlyMap<string, string>;
  /** How often in a row its decoration was not finished. */
  tries: number;
  /** Labels, in lower case, that were about to be put there when we last heard of them. */
  begun: ReadonlySet<string>;
}

/** Reads the memos of a pull request. What another version wrote otherwise is as if it had not been remembered. */
export function remembered(memos: readonly Memo[]): Remembered {
  const [ours, comments] = [new Map<string, string>(), new Map<string, string>()];
  const people = new Map<string, { set: boolean; at: string }>();
  const asked = new Map<string, { content: string; at: string }>();
  const begun = new Set<string>();
  let tries = 0;
  for (const { kind, id, value, at } of memos) {
    if (kind === "published" && id.startsWith("label/")) {
      ours.set(id.slice("label/".length), at);
      if (value === labelBegun) begun.add(id.slice("label/".length));
    }
    if (kind === "published" && id.startsWith("comment/")) comments.set(id.slice("comment/".length), value);
    if (kind === "published" && id === "decoration") tries = memoValue(Tries, { value })?.tries ?? 0;
    const wish = kind === "asked" ? memoValue(Asked, { value }) : null;
    if (wish !== null) asked.set(id, { content: wish.content, at });
    const label = kind === "label" ? memoValue(PersonsLabel, { value }) : null;
    if (label !== null) keepLatest(people, folded(label.label), { set: label.set, at });
  }
  return { labels: { ours, people }, asked, comments, tries, begun };
}

/**
 * The labels of a pull request that say something about it. What we put there ourselves is what we came to: were it a claim
 * as well, a verdict would hold itself up.
 */
export function labelsOfPeople(labels: readonly string[], memos: readonly Memo[]): string[] {
  const known = remembered(memos).labels;
  return labels.filter((label) => !isOurs(label, known));
}

/** What people did to a label before they last did something to it: it says nothing any more. */
export function formerLabels(memos: readonly Memo[]): Memo[] {
  const { people } = remembered(memos).labels;
  return memos.filter((memo) => {
    const label = memo.kind === "label" ? memoValue(PersonsLabel, memo) : null;
    return label !== null && memo.at < (people.get(folded(label.label))?.at ?? "");
  });
}

/** What is remembered of a label before it is put there: whether it was is then looked up. */
export const labelBegun = '{"begun":true}';

/** Those of ours that are still there, as far as we were told. */
export function ownLabelsThere({ labels: { ours, people }, begun }: Pick<Remembered, "labels" | "begun">): string[] {
  return [...ours].flatMap(([label, at]) => {
    const last = people.get(label);
    if (begun.has(label)) return [];
    return last?.set === false && last.at >= at ? [] : [label];
  });
}

/** The labels that a repository is known to have. */
export function createdLabels(memos: readonly Memo[]): ReadonlySet<string> {
  const own = memos.filter(({ kind, id }) => kind === "published" && id.startsWith("label/"));
  return new Set(own.map(({ id }) => id.slice("label/".length)));
}

const Tries = z.object({ tries: z.int() });
const Asked = z.object({ content: z.string() });
const PersonsLabel = z.object({ label: z.string(), set: z.boolean() });

/** GitHub tells seconds: of two things within one, that it was set weighs more, for then it is not ours to take away. */
function keepLatest(
  people: Map<string, { set: boolean; at: string }>,
  name: string,
  last: { set: boolean; at: string },
) {
  const before = people.get(name);
  if (before === undefined || last.at > before.at || (last.at === before.at && last.set)) people.set(name, last);
}

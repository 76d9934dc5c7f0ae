import { annotationsAtOnce, type OwnCheckRun } from "../../adapters/github/apply-check-run.ts";
import type { ReviewRequest } from "../../core/report/index.ts";
import { inProgress } from "./open-work.ts";

/*
 * What is wanted beside what is there, as single steps. Each may be done again, or after any of the others was lost, and
 * the end is the same.
 */

/** A step towards a check run: begin one, complete one (a new one where `run` is null), or add annotations to it. */
export type CheckStep =
  | { do: "begin" }
  | { do: "complete"; run: { id: number; isCompleted: boolean } | null; annotations: number }
  | { do: "append"; from: number; count: number };

/**
 * The steps to a verdict. A run that shows it already gets the annotations that it lacks, and nothing twice. While
 * something is still being judged, any run in progress says so.
 */
export function planCheck(
  wanted: { externalId: string; conclusion: string; annotations: number },
  current: OwnCheckRun | null,
): CheckStep[] {
  if (wanted.conclusion === inProgress) return current?.isCompleted === false ? [] : [{ do: "begin" }];
  const isThere =
    current?.isCompleted === true &&
    current.externalId === wanted.externalId &&
    current.conclusion === wanted.conclusion;
  if (isThere) return appends(current.annotations, wanted.annotations);
  const first = Math.min(wanted.annotations, annotationsAtOnce);
  const run = current === null ? null : { id: current.id, isCompleted: current.isCompleted };
  return [{ do: "complete", run, annotations: first }, ...appends(first, wanted.annotations)];
}

function appends(from: number, total: number): CheckStep[] {
  const left = total - from;
  if (left <= 0) return [];
  const count = Math.min(left, annotationsAtOnce);
  return [{ do: "append", from, count }, ...appends(from + count, total)];
}

export interface LabelStep {
  do: "create-label" | "add-label" | "remove-label";
  label: string;
}

/** What is known of a pull request's labels. Names compare without regard to capitals, as on GitHub. */
export interface LabelsNow {
  /** On the pull request. */
  present: readonly string[];
  /** Those that we put there, by when. */
  ours: ReadonlyMap<string, string>;
  /** What people last did to a label, by its name in lower case: a label that they set is theirs, and a claim. */
  people: ReadonlyMap<string, { set: boolean; at: string }>;
  /** Those that the repository is known to have. */
  created: ReadonlySet<string>;
}

/** One step for each label: added where it is wanted, taken away where it is ours and no longer wanted. Others are not ours. */
export function planLabels(wanted: readonly string[], all: readonly string[], now: LabelsNow): LabelStep[] {
  const present = new Set(now.present.map(folded));
  return all.flatMap((label): LabelStep[] => {
    const isThere = present.has(folded(label));
    if (wanted.includes(label)) {
      if (isThere) return [];
      const known = now.created.has(folded(label));
      return [...(known ? [] : [{ do: "create-label" as const, label }]), { do: "add-label", label }];
    }
    return isThere && isOurs(label, now) ? [{ do: "remove-label", label }] : [];
  });
}

/** Whether a label that is there is there by us alone: nobody set it beside us or afterwards. */
export function isOurs(label: string, { ours, people }: Pick<LabelsNow, "ours" | "people">): boolean {
  const at = ours.get(folded(label));
  const last = people.get(folded(label));
  return at !== undefined && !(last?.set === true && last.at >= at);
}

export function folded(name: string): string {
  return name.toLowerCase();
}

/** What is known of who was asked for a review. */
export interface AskedNow {
  isDraft: boolean;
  /** Whose answer is outstanding, lower case. */
  pending: readonly string[];
  /** Whom we asked, by `kind/name` in lower case: about which content, and when. */
  asked: ReadonlyMap<string, { content: string; at: string }>;
  /** When each person last reviewed, by login in lower case. */
  reviewed: ReadonlyMap<string, string>;
}

/** Somebody who may have to be asked, and about what: a digest that is another when the content is another. */
export interface Wish {
  request: ReviewRequest;
  content: string;
}

/**
 * Whom to ask now. Nobody of a draft, nobody twice about the same content, and nobody whose request was taken back without
 * a review: a person did that. More than fifteen at once is a storm.
 */
export function planRequests(wishes: readonly Wish[], now: AskedNow): Wish[] {
  if (now.isDraft) return [];
  return wishes.filter((wish) => isDue(wish, now)).slice(0, mostAtOnce);
}

const mostAtOnce = 15;

function isDue({ request, content }: Wish, { pending, asked, reviewed }: AskedNow): boolean {
  const name = folded(request.name);
  if (pending.includes(name)) return false;
  const before = asked.get(askedKey(request));
  if (before === undefined) return true;
  if (before.content === content) return false;
  // Of a team it is not known who of it reviewed.
  return request.kind === "team" || (reviewed.get(name) ?? "") > before.at;
}

/** Under which name it is remembered that somebody was asked. */
export function askedKey({ kind, name }: Pick<ReviewRequest, "kind" | "name">): string {
  return `${kind}/${folded(name)}`;
}

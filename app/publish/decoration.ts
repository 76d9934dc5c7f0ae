import { fingerprint } from "../../core/ownership/index.ts";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { labelKinds, labelsWanted, reviewRequests } from "../../core/report/index.ts";
import type { Facts } from "../../core/facts.ts";
import type { Evaluation } from "../evaluation.ts";
import { folded, planLabels, planRequests, type LabelStep, type Wish } from "./plan.ts";
import { explainingComment, stickyComment, type WantedComment } from "./comments.ts";
import type { Pressed } from "./open-work.ts";
import type { Remembered } from "./remembered.ts";
import { labelName, type PublishSettings } from "./publish-settings.ts";

/** What a pull request should show beside its check. */
export interface Decoration {
  labels: string[];
  /** The names of all our labels. */
  ownLabels: string[];
  wishes: Wish[];
  comments: WantedComment[];
  /** When each person last reviewed, by login in lower case. */
  reviewed: ReadonlyMap<string, string>;
}

/** One step towards it. */
export type DecorationStep =
  LabelStep | { do: "request-review"; wish: Wish } | { do: "write-comment"; comment: WantedComment };

/** What is wanted, from the evaluation and the settings alone. */
export function decorationOf(
  { review, facts, subject }: Extract<Evaluation, { state: "judged" }>,
  settings: PublishSettings,
  { explainAt }: Pick<Pressed, "explainAt">,
): Decoration {
  const place = subject.kind === "pull-request" ? `${subject.repository}#${subject.number}` : "";
  return {
    labels: labelsWanted(review).map((kind) => labelName(settings, kind)),
    ownLabels: labelKinds.map((kind) => labelName(settings, kind)),
    wishes: reviewRequests(review).map((request) => ({ request, content: contentOf(request.files, facts) })),
    comments: [
      ...(settings.choices.comment ? [stickyComment(review, place)] : []),
      ...(explainAt === null ? [] : [explainingComment(review, explainAt, place)]),
    ],
    reviewed: reviewedAt(facts),
  };
}

/** What is on the pull request. */
export interface DecoratedNow {
  labels: readonly string[];
  pending: readonly string[];
  isDraft: boolean;
  created: ReadonlySet<string>;
}

/** The steps from what is there, and what is remembered, to what is wanted. */
export function planDecoration(wanted: Decoration, known: Remembered, now: DecoratedNow): DecorationStep[] {
  const labels = planLabels(wanted.labels, wanted.ownLabels, {
    ...{ ...known.labels, present: now.labels, created: now.created },
  });
  const { asked } = known;
  const { reviewed } = wanted;
  const requests = planRequests(wanted.wishes, { isDraft: now.isDraft, pending: now.pending, asked, reviewed });
  const comments = wanted.comments.filter(({ key, digest }) => known.comments.get(key) !== digest);
  return [
    ...labels,
    ...requests.map((wish) => ({ do: "request-review" as const, wish })),
    ...comments.map((comment) => ({ do: "write-comment" as const, comment })),
  ];
}

/** Of what they would approve: another one when a file of it is another than the one that they were asked about. */
function contentOf(paths: readonly string[], { change }: Facts): string {
  const wanted = new Set(paths);
  return fingerprint(change.files.filter(({ path }) => wanted.has(path)).map(treeFileOf));
}

function reviewedAt({ reviews }: Facts): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const { user, submittedAt } of reviews.state === "present" ? reviews.value : []) {
    const at = new Date(submittedAt).toISOString();
    if ((last.get(folded(user)) ?? "") < at) last.set(folded(user), at);
  }
  return last;
}

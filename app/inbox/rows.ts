import type { Effects } from "../../adapters/store/store.ts";
import { isSha } from "../../core/change/change.ts";
import { auditEntry } from "../audit-kinds.ts";
import { memosOfComment } from "../commands/index.ts";
import { pressed, publishAgain } from "../publish/open-work.ts";
import { subjectKey, type Subject } from "../subject.ts";
import * as shapes from "./payload.ts";
import { isByPerson, isOurs, marks, marksAtOnce, placeOf, read, type Told } from "./told.ts";

/** What an event leaves behind; null: nothing, it changes no answer. Throws `OddPayload`. */
export type Row = (told: Told) => Effects | null;

/** Anything of a pull request. */
export const pull: Row = (told) => marks(told, pullSubject(told, read(told, shapes.ReviewEvent).pull_request.number));

/** A label, which is a claim when a person set it; when we did, it tells us nothing. */
export const label: Row = (told) => {
  if (isOurs(told)) return null;
  const { label: named, pull_request } = read(told, shapes.LabelOnPullEvent);
  const subject = pullSubject(told, pull_request.number);
  const marked = marks(told, subject);
  if (!isByPerson(told) || !named) return marked;
  const at = pull_request.updated_at;
  const value = JSON.stringify({ label: named.name, by: told.sender?.login ?? null, set: told.action === "labeled" });
  return {
    ...marked,
    memories: [{ subject: subjectKey(subject), kind: "label", id: `${named.name}/${at}`, value, at }],
  };
};

/**
 * The verdict on its head may be another pull request's alone now; what was merged has landed. On the default branch `push`
 * tells so, and knows better what stood there before.
 */
export const closed: Row = (told) => {
  const { pull_request, repository } = read(told, shapes.PullEvent);
  const { number, head, base, merged, merge_commit_sha: after } = pull_request;
  const landed: Subject[] =
    merged && after && base.ref !== repository?.default_branch
      ? [{ kind: "landing", ...placeOf(told), branch: base.ref, before: base.sha, after }]
      : [];
  return marks(told, pullSubject(told, number), { kind: "head", ...placeOf(told), head: head.sha }, ...landed);
};

/**
 * A branch moved: it may be the base of pull requests, and their policy with it. What stands on the default branch has
 * landed there. On another one it has where the policy names the branch; what a merge brought there tells `closed`, too.
 */
export const push: Row = (told) => {
  const { ref, before, after, repository } = read(told, shapes.PushEvent);
  if (!ref.startsWith("refs/heads/") || ref.startsWith("refs/heads/gh-readonly-queue/")) return null;
  const branch = ref.slice("refs/heads/".length);
  const kind = branch === repository.default_branch ? "landing" : "push";
  const moved: Subject[] =
    isNothing(after) || isNothing(before) ? [] : [{ kind, ...placeOf(told), branch, before, after }];
  return marks(told, { kind: "base", ...placeOf(told), branch }, ...moved);
};

/** A check of somebody else. Ours tell what we have just written ourselves. */
export const checkRun: Row = (told) => {
  const { check_run } = read(told, shapes.CheckRunEvent);
  return check_run.app?.id === told.own.id ? null : marks(told, headSubject(told, check_run.head_sha));
};

/** `Re-run` beside a check. GitHub tells it to the App whose check it is. */
export const checkRunAgain: Row = (told) => again(told, read(told, shapes.CheckRunEvent).check_run.head_sha);

/** One of our buttons: who pressed it and which; the verdict is asked for anew in any case. */
export const button: Row = (told) => {
  const { check_run, requested_action } = read(told, shapes.CheckRunEvent);
  const { installation, now, sender } = told;
  const detail = { by: sender?.login ?? null, head: check_run.head_sha, button: requested_action?.identifier ?? null };
  const audit = [auditEntry({ kind: "command", at: now, installation, detail })];
  const head = { ...placeOf(told), sha: check_run.head_sha };
  const memories = pressed(head, requested_action?.identifier ?? "", now);
  return { ...marksAtOnce(told, headSubject(told, check_run.head_sha)), memories, audit };
};

export const checkSuite: Row = (told) => {
  const { check_suite } = read(told, shapes.CheckSuiteEvent);
  return check_suite.app?.id === told.own.id ? null : marks(told, headSubject(told, check_suite.head_sha));
};

export const checkSuiteAgain: Row = (told) => again(told, read(told, shapes.CheckSuiteEvent).check_suite.head_sha);

/** GitHub shows the check as queued until there is a new run, though the verdict be the same. */
function again(told: Told, sha: string): Effects {
  const memories = [publishAgain({ ...placeOf(told), sha }, told.now)];
  return { ...marksAtOnce(told, headSubject(told, sha)), memories };
}

export const status: Row = (told) => marks(told, headSubject(told, read(told, shapes.StatusEvent).sha));

/** Reports arrive with a run's end. */
export const workflowRun: Row = (told) =>
  marks(told, headSubject(told, read(told, shapes.WorkflowRunEvent).workflow_run.head_sha));

/** A queue waits for an answer, and gives up. */
export const mergeGroup: Row = (told) => {
  const {
    head_sha: head,
    head_ref: headRef,
    base_ref: baseRef,
    base_sha: baseSha,
  } = read(told, shapes.MergeGroupEvent).merge_group;
  return marksAtOnce(told, { kind: "merge-group", ...placeOf(told), head, headRef, baseRef, baseSha });
};

/** People, teams, rights, labels, names: of the repository where one is named, else of all of them. */
export const repositoryOrAll: Row = (told) =>
  marks(
    told,
    told.repository === null
      ? { kind: "installation", installation: told.installation }
      : { kind: "repository", ...placeOf(told) },
  );

export const repository: Row = (told) => marks(told, { kind: "repository", ...placeOf(told) });

export const installation: Row = (told) => marks(told, { kind: "installation", installation: told.installation });

/** Repositories that the App may see now, or no longer. */
export const repositories: Row = (told) => {
  const { repositories_added, repositories_removed } = read(told, shapes.RepositoriesEvent);
  const ids = [...repositories_added, ...repositories_removed].map(({ id }) => id);
  const all = { kind: "installation", installation: told.installation } as const;
  if (ids.length > mostAtOnce) return marks(told, all);
  return marks(
    told,
    all,
    ...ids.map((id): Subject => ({ kind: "repository", installation: told.installation, repository: id })),
  );
};

/** More than these are found by reading which there are. */
const mostAtOnce = 100;

/** A comment that holds a command, or held one, by a person who speaks for themselves. */
export const comment: Row = (told) => {
  const { issue, comment: said, changes } = read(told, shapes.CommentEvent);
  // Bots are never obeyed, so our own replies never are.
  if (!issue.pull_request || said.user?.type !== "User") return null;
  const subject = pullSubject(told, issue.number);
  const memories = memosOfComment({
    ...{ subject: subjectKey(subject), id: said.id, by: said.user.login, body: said.body },
    ...{ before: changes?.body?.from ?? null, at: said.updated_at },
    ...(said.author_association === undefined ? {} : { association: said.author_association }),
  });
  if (memories.length === 0) return null;
  const audit = (kind: "command" | "command-by-another") => {
    const detail = {
      by: said.user?.login ?? null,
      sender: told.sender?.login ?? null,
      comment: said.id,
      at: said.updated_at,
    };
    return [auditEntry({ kind, at: told.now, installation: told.installation, detail })];
  };
  // Whoever can write may edit what others wrote, and would speak with their voice.
  const foreign = told.action === "edited" && told.sender?.login !== said.user.login;
  if (foreign) return { subjects: [], memories: [], audit: audit("command-by-another") };
  return { ...marksAtOnce(told, subject), memories, audit: audit("command") };
};

function pullSubject(told: Told, number: number): Subject {
  return { kind: "pull-request", ...placeOf(told), number };
}

function headSubject(told: Told, head: string): Subject {
  return { kind: "head", ...placeOf(told), head };
}

/** A commit id of zeros: the branch is new, or gone. */
function isNothing(sha: string): boolean {
  return isSha(sha) && Number.parseInt(sha.slice(0, 12), 16) === 0 && !/[1-9a-f]/.test(sha);
}

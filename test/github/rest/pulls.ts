import * as z from "zod";
import { openPull, editPull, requestReviews, withdrawRequests } from "../doings/pulls.ts";
import { mergePull } from "../doings/merging.ts";
import { pullOf } from "../find.ts";
import { commitsBetween, filesBetween, rememberCommits, resolve, type FileChange } from "../git.ts";
import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import type { PullRequest } from "../state.ts";
import { created, ok, type Call, type Right, type Routes } from "./route.ts";

const reads: readonly Right[] = ["pull_requests: read"];
const writes: readonly Right[] = ["pull_requests: write"];

/** Pull requests, what is in them, who is asked to look, and merging. https://docs.github.com/en/rest/pulls */
export const pullRoutes: Routes = {
  "pulls/list": { needs: reads, answer: listPulls },
  "pulls/get": { needs: reads, answer: (call) => ok(call.answers.pull(pull(call))) },
  "pulls/create": {
    needs: writes,
    answer: (call) => {
      const { title, head, base, body, draft } = call.read(NewPull);
      const author = call.login();
      const request = { title, head, base, author, ...(body === undefined ? {} : { body }), draft: draft ?? false };
      return created(call.answers.pull(openPull(call.world, call.repository(), request)));
    },
  },
  "pulls/update": {
    needs: writes,
    answer: (call) => {
      editPull(call.world, pull(call), call.read(Change), call.login());
      return ok(call.answers.pull(pull(call)));
    },
  },
  "pulls/list-commits": {
    needs: reads,
    answer: (call) => {
      const { baseSha, headSha } = pull(call);
      const all = commitsBetween(call.repository(), baseSha, headSha).slice(0, 250);
      rememberCommits(call.repository(), all);
      return ok(all.map((sha) => call.answers.commit(call.repository(), sha)));
    },
  },
  "pulls/list-files": {
    needs: reads,
    answer: (call) => {
      const { baseSha, headSha } = pull(call);
      return ok(filesBetween(call.repository(), baseSha, headSha).slice(0, 3000).map(fileData));
    },
  },
  "pulls/list-reviews": {
    needs: reads,
    answer: (call) => ok(pull(call).reviews.map((review) => call.answers.review(pull(call), review))),
  },
  "pulls/list-requested-reviewers": {
    needs: reads,
    answer: (call) => {
      const { requestedUsers, requestedTeams } = pull(call);
      const users = [...requestedUsers].map((login) => call.answers.user(login));
      return ok({ users, teams: [...requestedTeams].map((slug) => call.answers.team(call.repository().owner, slug)) });
    },
  },
  "pulls/request-reviewers": {
    needs: writes,
    answer: (call) => {
      requestReviews(call.world, pull(call), wanted(call), call.login());
      return created(call.answers.pull(pull(call), "pull-simple"));
    },
  },
  "pulls/remove-requested-reviewers": {
    needs: writes,
    answer: (call) => {
      withdrawRequests(call.world, pull(call), wanted(call), call.login());
      return ok(call.answers.pull(pull(call), "pull-simple"));
    },
  },
  "pulls/merge": {
    needs: ["contents: write"],
    answer: (call) => {
      const { merge_method: method = "merge", sha, commit_message: message } = call.read(Merge);
      const merged = mergePull(call.world, pull(call), { method, by: call.login(), message, sha });
      return ok({ sha: merged, merged: true, message: "Pull Request successfully merged" });
    },
  },
  "repos/list-pull-requests-associated-with-commit": {
    needs: reads,
    answer: (call) => {
      const repository = call.repository();
      const sha = resolve(repository, call.text("commit_sha"));
      if (sha === null) throw new Refusal(422, `No commit found for SHA: ${call.text("commit_sha")}`);
      // A merge, a squash and a rebase leave a commit that the pull request itself has not.
      const has = ({ baseSha, headSha, merged }: PullRequest) =>
        merged?.commit === sha || commitsBetween(repository, baseSha, headSha).includes(sha);
      return ok([...repository.pulls.values()].filter(has).map((each) => call.answers.pull(each, "pull-simple")));
    },
  },
  "issues/list-events": {
    needs: ["issues: read", "pull_requests: read"],
    answer: (call) =>
      ok(
        pullOf(call.repository(), call.number("issue_number")).events.map((event) => {
          const { id, actor, at, label, assignee, from, to } = event;
          const common = { id, event: event.event, actor: call.answers.user(actor), created_at: at };
          if (assignee !== undefined)
            return laid(sample("assigned-issue-event"), { ...common, assignee: call.answers.user(assignee) });
          const named = {
            label: { name: label ?? "x", color: "ededed" },
            ...(from === undefined ? {} : { rename: { from, to } }),
          };
          return laid(sample("labeled-issue-event"), { ...common, ...named });
        }),
      ),
  },
};

const NewPull = z.object({
  ...{ title: z.string().default("Change"), head: z.string(), base: z.string() },
  ...{ body: z.string().optional(), draft: z.boolean().optional() },
});
const Change = z.object({
  title: z.string().optional(),
  body: z.string().nullable().optional(),
  base: z.string().optional(),
  state: z.enum(["open", "closed"]).optional(),
});
const Reviewers = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});
const Merge = z.object({
  merge_method: z.enum(["merge", "squash", "rebase"]).optional(),
  sha: z.string().optional(),
  commit_message: z.string().optional(),
});

function pull(call: Call): PullRequest {
  return pullOf(call.repository(), call.number("pull_number"));
}

function wanted(call: Call) {
  const { reviewers: users, team_reviewers: teams } = call.read(Reviewers);
  return { users, teams };
}

function listPulls(call: Call) {
  const [state, base, head] = [call.query("state") ?? "open", call.query("base"), call.query("head")];
  const all = [...call.repository().pulls.values()].filter(
    (each) =>
      (state === "all" || each.state === state) &&
      (base === null || each.baseRef === base) &&
      (head === null || head.endsWith(`:${each.headRef}`)),
  );
  const key = call.query("sort") === "updated" ? "updatedAt" : "createdAt";
  all.sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.number - b.number));
  const descending = (call.query("direction") ?? (call.query("sort") === null ? "desc" : "asc")) === "desc";
  return ok((descending ? all.reverse() : all).map((each) => call.answers.pull(each, "pull-simple")));
}

export function fileData({ filename, previous, status, additions, deletions, sha }: FileChange): unknown {
  const link = `https://github.com/raw/${encodeURIComponent(filename)}`;
  return {
    ...{ sha, filename, status, additions, deletions, changes: additions + deletions },
    ...{ blob_url: link, raw_url: link, contents_url: link },
    ...(previous === null ? {} : { previous_filename: previous }),
  };
}

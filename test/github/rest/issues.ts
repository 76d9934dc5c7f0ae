import * as z from "zod";
import { addComment, addLabel, deleteComment, editComment, makeLabel, removeLabel } from "../doings/notes.ts";
import { pullOf } from "../find.ts";
import { Refusal } from "../refusal.ts";
import type { Comment, PullRequest } from "../state.ts";
import { created, ok, type Call, type Right, type Routes } from "./route.ts";

/** Of a pull request either right will do. */
const reads: readonly Right[] = ["issues: read", "pull_requests: read"];
const writes: readonly Right[] = ["issues: write", "pull_requests: write"];

/** Labels and comments. https://docs.github.com/en/rest/issues */
export const issueRoutes: Routes = {
  "issues/list-labels-for-repo": {
    needs: reads,
    answer: (call) => ok([...call.repository().labels.values()].map((label) => call.answers.label(label))),
  },
  "issues/create-label": {
    needs: writes,
    answer: (call) =>
      created(call.answers.label(makeLabel(call.world, call.repository(), call.read(NewLabel), call.login()))),
  },
  "issues/get-label": {
    needs: reads,
    answer: (call) => {
      const label = call.repository().labels.get(call.text("name").toLowerCase());
      if (label === undefined) throw new Refusal(404, "Not Found");
      return ok(call.answers.label(label));
    },
  },
  "issues/list-labels-on-issue": { needs: reads, answer: (call) => ok(labels(call)) },
  "issues/add-labels": {
    needs: writes,
    answer: (call) => {
      for (const name of names(call)) addLabel(call.world, pull(call), name, call.login());
      return ok(labels(call));
    },
  },
  "issues/set-labels": {
    needs: writes,
    answer: (call) => {
      const wanted = names(call);
      for (const name of [...pull(call).labels])
        if (!wanted.includes(name)) removeLabel(call.world, pull(call), name, call.login());
      for (const name of wanted) addLabel(call.world, pull(call), name, call.login());
      return ok(labels(call));
    },
  },
  "issues/remove-label": {
    needs: writes,
    answer: (call) => {
      removeLabel(call.world, pull(call), call.text("name"), call.login());
      return ok(labels(call));
    },
  },
  "issues/list-comments": {
    needs: reads,
    answer: (call) => {
      const { number } = pull(call);
      const since = call.query("since");
      const all = call
        .repository()
        .comments.filter((each) => each.number === number && (since === null || each.updatedAt >= since));
      return ok(all.map((each) => call.answers.comment(each)));
    },
  },
  "issues/get-comment": { needs: reads, answer: (call) => ok(call.answers.comment(comment(call))) },
  "issues/create-comment": {
    needs: writes,
    answer: (call) =>
      created(call.answers.comment(addComment(call.world, pull(call), call.read(Body).body, call.login()))),
  },
  "issues/update-comment": {
    needs: writes,
    answer: (call) => {
      editComment(call.world, call.repository(), comment(call), call.read(Body).body, call.login());
      return ok(call.answers.comment(comment(call)));
    },
  },
  "issues/delete-comment": {
    needs: writes,
    answer: (call) => {
      deleteComment(call.world, call.repository(), comment(call), call.login());
      return { status: 204 };
    },
  },
};

const Body = z.object({ body: z.string().min(1, "Body cannot be blank") });
const NewLabel = z.object({
  name: z.string(),
  color: z
    .string()
    .regex(/^[0-9a-f]{6}$/i)
    .optional(),
  description: z.string().nullable().optional(),
});
const Names = z.union([
  z.object({ labels: z.array(z.string()) }),
  z.array(z.string()).transform((labels) => ({ labels })),
]);

function names(call: Call): string[] {
  return call.read(Names).labels;
}

function pull(call: Call): PullRequest {
  return pullOf(call.repository(), call.number("issue_number"));
}

function labels(call: Call): unknown[] {
  return call.answers.labels(call.repository(), pull(call));
}

function comment(call: Call): Comment {
  const found = call.repository().comments.find(({ id }) => id === call.number("comment_id"));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

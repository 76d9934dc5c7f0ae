import * as z from "zod";
import type { Reason } from "../decision.ts";
import type { Scope } from "../judged.ts";
import { missed, satisfied } from "../reasons.ts";
import { atMost, stepOfLimit } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { countSchema } from "../schemas.ts";
import { worded } from "../wording.ts";

const most = (what: string, example: number) =>
  countSchema({ says: `At most this many ${what}.`, expects: "a whole number from 0", example }).optional();

const schema = worded(
  z
    .strictObject({
      max_added_lines: most("added lines", 400),
      max_files: most("changed files", 30),
      max_commits: most("commits", 20),
    })
    .refine((written) => Object.values(written).some((value) => value !== undefined), {
      params: { code: "CS011", what: "no limit is given", fix: "Write `size: { max_added_lines: 400 }`." },
    }),
  {
    says: "How large the change may be, counted over the files for which the rule holds and the commits that touched them.",
    expects: "a mapping with limits",
    example: { max_added_lines: 400 },
  },
  { minProperties: 1 },
);

/** At most this many; null where no limit was written. */
export interface MostOf {
  addedLines: number | null;
  files: number | null;
  commits: number | null;
}

/** Asks for a change that a person can look through. */
export const size: Requirement<z.infer<typeof schema>, MostOf> = {
  schema,
  facts: ["change", "files.file", "files.commits"],
  resolve: ({ max_added_lines, max_files, max_commits }) => ({
    addedLines: max_added_lines ?? null,
    files: max_files ?? null,
    commits: max_commits ?? null,
  }),
  compare: (before, after) => [
    ...stepOfLimit("max_added_lines", atMost, before.addedLines, after.addedLines),
    ...stepOfLimit("max_files", atMost, before.files, after.files),
    ...stepOfLimit("max_commits", atMost, before.commits, after.commits),
  ],
  check: (limits, scope) => {
    const reasons = measuresOf(scope).flatMap(({ key, noun, count }): Reason[] => {
      const limit = limits[key];
      if (limit === null) return [];
      const says = `${noun}: ${count}, and at most ${limit} may be there`;
      return [{ says, state: count <= limit ? "yes" : "no", fix: null, reasons: [] }];
    });
    if (reasons.every(({ state }) => state === "yes"))
      return satisfied("the change is no larger than it may be", reasons);
    return missed("the change is too large", "Split it into changes that can be looked at one by one.", reasons);
  },
};

function measuresOf({ change, files, commits }: Scope): { key: keyof MostOf; noun: string; count: number }[] {
  const addedLines = files.reduce((sum, { subject }) => sum + subject.file.addedLines, 0);
  // Uncommitted work is read as a commit, and is none yet.
  const stored = commits.filter(({ commit }) => commit.sha !== change.subject.change.uncommitted);
  return [
    { key: "addedLines", noun: "added lines", count: addedLines },
    { key: "files", noun: "changed files", count: files.length },
    { key: "commits", noun: "commits", count: stored.length },
  ];
}

import * as z from "zod";
import type { Condition } from "../condition.ts";
import { beyond, stepOfLimit } from "../direction.ts";
import type { JudgedChange } from "../judged.ts";
import { countSchema } from "../schemas.ts";
import { worded } from "../wording.ts";

const limit = (what: string, example: number) =>
  countSchema({ says: `The change has more ${what} than this.`, expects: "a whole number from 0", example }).optional();

const schema = worded(
  z
    .strictObject({
      added_lines_over: limit("added lines", 400),
      files_over: limit("changed files", 30),
      commits_over: limit("commits", 20),
    })
    .refine(hasLimit, {
      params: { code: "CS011", what: "no limit is given", fix: "Write `size: { added_lines_over: 400 }`." },
    }),
  {
    says: "The change as a whole is larger than every limit given here.",
    expects: "a mapping with limits",
    example: { added_lines_over: 400 },
  },
  { minProperties: 1 },
);

/** More than this many; null where no limit was written. */
export interface SizeLimits {
  addedLines: number | null;
  files: number | null;
  commits: number | null;
}

/** Whether the whole change is larger than every limit. */
export const size: Condition<z.infer<typeof schema>, SizeLimits> = {
  schema,
  scope: "change",
  facts: ["change"],
  resolve: (written) => ({
    addedLines: written.added_lines_over ?? null,
    files: written.files_over ?? null,
    commits: written.commits_over ?? null,
  }),
  compare: (before, after) => [
    ...stepOfLimit("added_lines_over", beyond, before.addedLines, after.addedLines),
    ...stepOfLimit("files_over", beyond, before.files, after.files),
    ...stepOfLimit("commits_over", beyond, before.commits, after.commits),
  ],
  says: (limits) =>
    `belongs to a change with ${measure(limits)
      .map((part) => `more than ${part}`)
      .join(" and ")}`,
  holds: (limits, change) => {
    const sizes = sizesOf(change);
    const within = (["addedLines", "files", "commits"] as const).some((key) => sizes[key] <= (limits[key] ?? -1));
    return { state: within ? "no" : "yes", says: `the change has ${measure(sizes).join(", ")}` };
  },
};

function hasLimit(written: Record<string, unknown>): boolean {
  return Object.keys(written).length > 0;
}

function sizesOf({ subject: { change } }: JudgedChange): { addedLines: number; files: number; commits: number } {
  const addedLines = change.files.reduce((sum, file) => sum + file.addedLines, 0);
  // Uncommitted work is read as a commit, and is none yet.
  const commits = change.commits.length - (change.uncommitted === null ? 0 : 1);
  return { addedLines, files: change.files.length, commits };
}

function measure({ addedLines, files, commits }: SizeLimits): string[] {
  const parts = [
    { count: addedLines, noun: "added lines" },
    { count: files, noun: "files" },
    { count: commits, noun: "commits" },
  ];
  return parts.flatMap(({ count, noun }) => (count === null ? [] : [`${count} ${noun}`]));
}

import type { Condition } from "../condition.ts";
import { stepsOfPatterns } from "../direction.ts";
import { listMatches, type PathList } from "../path-list.ts";
import { pathListSchema } from "../schemas.ts";

const schema = pathListSchema({
  says: "The file matches one of these patterns and none of those that begin with `!`.",
  expects: "a list of patterns",
  example: ["src/**", "!src/generated/**"],
});

/** Whether one of the file's paths matches the patterns. */
export const paths: Condition<string[], PathList> = {
  schema,
  scope: "file",
  facts: ["files.file", "files.pathForms"],
  resolve: (written) => written,
  compare: stepsOfPatterns,
  says: (list) => `matches ${list.join(", ")}`,
  holds: (list, { work }, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    if (listMatches(list, file.subject, work)) return { state: "yes", says: `${file.shown} matches` };
    return { state: "no", says: `${file.shown} does not match` };
  },
};

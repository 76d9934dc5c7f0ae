import * as z from "zod";
import type { Condition } from "../condition.ts";
import { stepOfOther } from "../direction.ts";
import type { Answer, JudgedFile } from "../judged.ts";
import { worded } from "../wording.ts";

const schema = worded(z.boolean(), {
  says: "`true`: the file counts as AI-assisted, by the verdicts in `provenance.counts_as_ai`. `false`: it does not.",
  expects: "`true` or `false`",
  example: true,
});

/** Whether an agent had a part in the file, as far as the evidence goes. */
export const ai: Condition<boolean, boolean> = {
  schema,
  scope: "file",
  facts: ["provenance", "files"],
  resolve: (written) => written,
  compare: stepOfOther,
  says: (wanted) => (wanted ? "counts as AI-assisted" : "does not count as AI-assisted"),
  holds: (wanted, _change, file) => (file === null ? noFile : wanted ? file.ai : opposite(file)),
};

const noFile: Answer = { state: "no", says: "no file is changed" };

function opposite({ ai: answer }: JudgedFile): Answer {
  if (answer.state === "unknown") return answer;
  return { state: answer.state === "yes" ? "no" : "yes", says: answer.says };
}

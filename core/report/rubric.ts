import { kindsOf, reviewQuestions, type FileKind } from "../policy/index.ts";
import { pathForms } from "../untrusted/index.ts";
import { approvalRows } from "./approval-rows.ts";
import { count, ofTotal } from "./numbers.ts";
import type { Review } from "./review.ts";
import type { RubricItem } from "./rubric-item.ts";
import { aiLines, countBySeverity } from "./rows.ts";
import { plainPath } from "./text.ts";
import { severityWords } from "./words.ts";

/** The shared rubric for one change: what the gate ticks from the facts, and what is left to whoever reviews it. */
export function rubric(review: Review): RubricItem[] {
  const files = filesByKind(review);
  return [...tests(review, files), ...documentation(files), ...dependencies(files), ...architecture(review)];
}

type FilesOf = (kind: FileKind) => string[];

/** As far as a path and git's kind tell; where a link leads is not in a review. */
function filesByKind({ change }: Review): FilesOf {
  const kinds = change.files.map(({ path, previousPath, kind }) => {
    const paths = previousPath === null ? [path] : [path, previousPath];
    return { path, kinds: kindsOf({ file: { kind }, pathForms: paths.flatMap(pathForms) }) };
  });
  return (kind) => kinds.filter((file) => file.kinds.includes(kind)).map(({ path }) => path);
}

function tests(review: Review, files: FilesOf): RubricItem[] {
  const { patch, unmeasured } = review.coverage;
  const lines = patch.state === "present" ? patch.value.lines : null;
  const isRun = lines !== null && lines.covered === lines.total && unmeasured.length === 0;
  const reached = lines === null ? null : (ofTotal(lines, "added lines that can run") ?? "no added line can run");
  const changed = files("test");
  return [
    gate("tests", "Tests run every added line that can run", isRun, reached ?? "the coverage is not known"),
    gate("tests", "The change touches tests", changed.length > 0, named(changed, "no test is touched")),
    reviewer("tests", reviewQuestions.tests, named(changed, "no test is touched")),
  ];
}

function documentation(files: FilesOf): RubricItem[] {
  const evidence = named(files("docs"), "no documentation is touched");
  return [reviewer("documentation", reviewQuestions.documentation, evidence)];
}

function dependencies(files: FilesOf): RubricItem[] {
  const changed = [...new Set([...files("manifest"), ...files("lockfile")])];
  const none = changed.length === 0;
  const says = "No manifest or lock file is touched";
  return [
    gate("dependency impact", says, none, named(changed, "none is")),
    ...(none ? [] : [reviewer("dependency impact", reviewQuestions.dependencies, named(changed, ""))]),
  ];
}

function architecture(review: Review): RubricItem[] {
  const found = severityWords(countBySeverity(review.findings));
  const asked = approvalRows(review);
  const open = asked.filter(({ isOpen }) => isOpen).map(({ approval }) => approval.area);
  const owners =
    asked.length === 0
      ? []
      : [
          gate(
            "architecture",
            "The owners of what it touches have approved it",
            open.length === 0,
            open.length === 0 ? "all have" : `open: ${open.join(", ")}`,
          ),
        ];
  return [
    gate("architecture", "No finding is left", found === null, found ?? "none"),
    ...owners,
    reviewer("architecture", reviewQuestions.place, shape(review)),
    reviewer("architecture", reviewQuestions.understanding, written(review)),
  ];
}

/** `3 files in src, test; 1 of them is new; areas: auth`. */
function shape({ change }: Review): string {
  const folders = [
    ...new Set(change.files.map(({ path }) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "."))),
  ];
  const fresh = change.files.filter(({ status }) => status === "added").length;
  const areas = [...new Set(change.files.flatMap((file) => file.areas))].sort();
  return [
    `${count(change.files.length, "file")} in ${folders.slice(0, 5).map(plainPath).join(", ")}${folders.length > 5 ? " and more" : ""}`,
    `${fresh} new`,
    ...(areas.length === 0 ? [] : [`areas: ${areas.slice(0, 10).join(", ")}`]),
  ].join("; ");
}

function written(review: Review): string {
  return `${ofTotal(aiLines(review), "added lines") ?? "no added line"} count as AI`;
}

function gate(topic: RubricItem["topic"], says: string, ticked: boolean, evidence: string): RubricItem {
  return { topic, says, by: "gate", ticked, evidence };
}

function reviewer(topic: RubricItem["topic"], says: string, evidence: string): RubricItem {
  return { topic, says, by: "reviewer", ticked: false, evidence: evidence === "" ? null : evidence };
}

function named(paths: readonly string[], none: string): string {
  const shown = paths.slice(0, 3).map(plainPath).join(", ");
  return paths.length === 0 ? none : `${shown}${paths.length > 3 ? ` and ${paths.length - 3} more` : ""}`;
}

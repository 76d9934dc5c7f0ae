import type { FunctionChange } from "../coverage/coverage-review.ts";
import { fixForMissingReport } from "../change/missing-coverage.ts";
import { inertText } from "../untrusted/index.ts";
import type { Reason } from "./decision.ts";
import type { Scope } from "./judged.ts";
import { few } from "./reasons.ts";
import { listed } from "./recipes.ts";

/**
 * Whether at most this many functions, new or changed, were entered by no test. Not known without a report, and by one
 * that names no function at all.
 */
export function untestedFunctions(most: number | null, { change, files }: Scope): Reason[] {
  if (most === null || !files.some(({ subject }) => subject.file.addedLines > 0)) return [];
  const { coverage } = change.subject;
  if (coverage.patch.state === "absent") {
    const says = `whether tests enter the functions is not known: ${inertText(coverage.patch.reason)}`;
    return [unknown(says, fixForMissingReport(coverage.patch.reason))];
  }
  const { after } = coverage.project;
  if (after.state === "present" && after.value.functions.total === 0)
    return [unknown("the coverage report names no function", "Have the coverage tool report functions too.")];
  const found = untestedIn(files, coverage.files);
  const silent = new Set(coverage.silentOn.functions);
  const open = files.filter(({ subject }) => silent.has(subject.file.path)).map(({ shown }) => shown);
  if (open.length > 0 && found.length <= most) {
    const what = `the coverage report names no function for the language of ${listed(open)}`;
    return [unknown(what, "Have the coverage tool report functions too.")];
  }
  const says = `functions, new or changed, that no test enters: ${found.length}, and at most ${most} may be there`;
  if (found.length <= most) return [{ says, state: "yes", fix: null, reasons: [] }];
  const reasons = few(found.map((shown): Reason => ({ says: shown, state: "no", fix: null, reasons: [] })));
  return [{ says, state: "no", fix: `Have a test enter ${listed(found, 3)}.`, reasons }];
}

function untestedIn(files: Scope["files"], measured: Scope["change"]["subject"]["coverage"]["files"]): string[] {
  const byPath = new Map(measured.map((entry) => [entry.path, entry.functions]));
  return files.flatMap(({ subject, shown }) =>
    (byPath.get(subject.file.path) ?? []).filter(isUntested).map(({ name, line }) => {
      return `${inertText(name, { maxGraphemes: 80 })} at ${shown}:${line}`;
    }),
  );
}

function isUntested({ state }: FunctionChange): boolean {
  return state === "new-uncalled" || state === "changed-uncalled";
}

function unknown(says: string, fix: string): Reason {
  return { says, state: "unknown", fix, reasons: [] };
}

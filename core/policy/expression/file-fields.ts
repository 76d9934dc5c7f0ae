import { acceptances, type Acceptance } from "../../change/authorship.ts";
import { kindsOf } from "../file-kinds.ts";
import type { JudgedChange, JudgedFile } from "../judged.ts";
import { fileCoverage } from "./coverage-fields.ts";
import { agentsOf, commitsTouching, modelsOf } from "./named.ts";
import { namesOr, strongestFirst } from "./provenance-fields.ts";
import { Fields, Unknown } from "./values.ts";

/** The same file as an item of `change.files` and as `file`. */
export function fileFields(file: JudgedFile, change: JudgedChange): Fields {
  const known = files.get(file);
  if (known !== undefined) return known;
  const fresh = makeFile(file, change);
  files.set(file, fresh);
  return fresh;
}

const files = new WeakMap<JudgedFile, Fields>();

function makeFile(judged: JudgedFile, change: JudgedChange): Fields {
  const { subject } = judged;
  const untouched = () => new Unknown(`no commit is known to have touched ${judged.shown}`);
  const unlessUntouched = () => (subject.verdicts.length === 0 ? untouched() : null);
  return new Fields({
    path: () => subject.file.path,
    previous_path: () => subject.file.previousPath ?? new Unknown(`${judged.shown} was not renamed`),
    status: () => subject.file.status,
    type: () => subject.file.kind,
    kinds: () => kindsOf(subject),
    areas: () => judged.areas,
    sensitive: () => judged.sensitive,
    ai: () => (judged.ai.state === "unknown" ? new Unknown(judged.ai.says) : judged.ai.state === "yes"),
    verdict: () => strongestFirst(subject.verdicts)[0] ?? untouched(),
    verdicts: () => unlessUntouched() ?? strongestFirst(subject.verdicts),
    acceptance: () => fileAcceptance(judged, change) ?? new Unknown(`no commit of ${judged.shown} counts as AI`),
    tools: () => namesOr(agentsOf(judged, change), "tool", unlessUntouched()),
    models: () => namesOr(modelsOf(judged, change), "model", unlessUntouched()),
    added_lines: () => subject.file.addedLines,
    deleted_lines: () => subject.file.deletedLines,
    coverage: () => fileCoverage(judged, change),
  });
}

/** The strictest acceptance among the file's commits that count as AI, one that says nothing weighed as taken as it came. */
export function fileAcceptance(file: JudgedFile, change: JudgedChange): Acceptance | null {
  const stated = commitsTouching(file, change).filter(({ verdict }) => file.countsAsAi(verdict));
  if (stated.length === 0) return null;
  if (stated.every(({ acceptance }) => acceptance === "unstated")) return "unstated";
  const weighed = stated.map(({ acceptance }): Acceptance => (acceptance === "unstated" ? "as-is" : acceptance));
  return acceptances.find((acceptance) => weighed.includes(acceptance)) ?? null;
}

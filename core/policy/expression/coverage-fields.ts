import type { Counts } from "../../coverage/coverage-review.ts";
import type { Ratio } from "../../coverage/report.ts";
import type { JudgedChange, JudgedFile } from "../judged.ts";
import type { Subject } from "../subject.ts";
import { Fields, fromEvidence, Unknown, type Value } from "./values.ts";

/** `coverage`: what the tests ran of the change and of the project. */
export function coverageFields({ coverage }: Subject): Fields {
  const { silentOn, patch } = coverage;
  const silent = { branches: silentOn.branches.length > 0, functions: silentOn.functions.length > 0 };
  const group = (name: keyof typeof coverage.byGroup) => () =>
    fromEvidence(patch, () => countFields(coverage.byGroup[name], silent));
  return new Fields({
    patch: () => fromEvidence(patch, (counts) => countFields(counts, silent)),
    ai: group("ai"),
    human: group("human"),
    undeclared: group("undeclared"),
    project: () =>
      new Fields({
        before: () => fromEvidence(coverage.project.before, projectFields),
        after: () => fromEvidence(coverage.project.after, projectFields),
        delta: () =>
          fromEvidence(
            coverage.project.delta,
            ({ lines, branches }) =>
              new Fields({
                lines: () => lines ?? new Unknown("one side has no lines that can run"),
                branches: () => branches ?? new Unknown("one side has no branches"),
              }),
          ),
      }),
    unmeasured: () => fromEvidence(patch, () => coverage.unmeasured.length),
  });
}

/** Of what a report is silent: it names none, which does not say that there is none. */
interface Silence {
  branches: boolean;
  functions: boolean;
}

function projectFields(counts: Counts): Fields {
  return countFields(counts, { branches: counts.branches.total === 0, functions: counts.functions.total === 0 });
}

function countFields({ lines, branches, functions }: Counts, silent: Silence): Fields {
  const measured = (isSilent: boolean, share: Ratio, what: string) =>
    isSilent ? new Unknown(`the coverage report names no ${what}`) : shareFields(share, what);
  return new Fields({
    lines: () => shareFields(lines, "lines that can run"),
    branches: () => measured(silent.branches, branches, "branches"),
    functions: () => measured(silent.functions, functions, "functions"),
  });
}

function shareFields({ covered, total }: Ratio, what: string): Fields {
  return new Fields({
    covered: () => covered,
    total: () => total,
    ratio: () => (total === 0 ? new Unknown(`there are no ${what}`) : covered / total),
  });
}

/** `coverage` of a file: what the tests ran of what was added to it. */
export function fileCoverage({ subject, shown }: JudgedFile, change: JudgedChange): Value {
  const { coverage } = change.subject;
  const { path } = subject.file;
  const covered = coverageIndex(coverage.files).get(path);
  if (covered === undefined) return new Unknown(`no report measures ${shown}`);
  const isSilent = (paths: readonly string[]) => silentIndex(paths).has(path);
  const { branches, functions } = coverage.silentOn;
  return countFields(covered.patch, { branches: isSilent(branches), functions: isSilent(functions) });
}

const silentIndex = indexedBy((path: string) => path);
const coverageIndex = indexedBy((file: Subject["coverage"]["files"][number]) => file.path);

/** Finds the items of a list by a key; each list is gone through once. */
function indexedBy<Item>(key: (item: Item) => string): (items: readonly Item[]) => ReadonlyMap<string, Item> {
  const indexes = new WeakMap<readonly Item[], ReadonlyMap<string, Item>>();
  return (items) => {
    const known = indexes.get(items);
    if (known !== undefined) return known;
    const fresh = new Map(items.map((item) => [key(item), item]));
    indexes.set(items, fresh);
    return fresh;
  };
}

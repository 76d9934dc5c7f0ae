import type { AiJudgement } from "../change/ai-judgement.ts";
import { writerOf, type Authorship, type Writer } from "../change/authorship.ts";
import type { Change } from "../change/change.ts";
import type { LineMap } from "../change/line-map.ts";
import { absent, mapEvidence, present, type Evidence } from "../evidence.ts";
import { showPath } from "../untrusted/index.ts";
import { judgeBaseline } from "./baseline.ts";
import { countsByGroup, countsByVerdict, sumOf, type WriterCounts } from "./counts.ts";
import type { CoverageReview } from "./coverage-review.ts";
import { noPathMatches } from "../change/missing-coverage.ts";
import { projectChange } from "./project-change.ts";
import { reviewFiles } from "./review-files.ts";
import type { CoverageReport, FileCoverage } from "./report.ts";
import { silentOn } from "./silent-on.ts";
import { findLineMap, moveFile, treeMap } from "./tree-map.ts";
import { unmeasuredFiles } from "./unmeasured-files.ts";

export interface CoverageReviewInput {
  change: Change;
  /** Of the tested tree, and of the baseline. */
  coverage: { head: Evidence<CoverageReport>; base: Evidence<CoverageReport> };
  /** From `tested` and from `baseline` to `head`, where those trees are not head and merge base. */
  lineMaps: readonly LineMap[];
  authorship: Authorship;
  /** What counts as AI under the policy. */
  ai: AiJudgement;
  /** What the caller knows of the baseline beyond its commit. Otherwise only the merge base is exact. */
  baseline?: CoverageReview["baseline"];
}

/** The review, and what its groups are summed from: another policy may count other lines as AI. */
export interface ReviewedCoverage {
  review: CoverageReview;
  byWriter: WriterCounts[];
}

/**
 * What the tests reached of the change, and what changed about the rest. Lines are those of the head: the head report is
 * moved there from the tested tree, the baseline through the diff. Where evidence is missing the value is absent with its
 * reason; nothing to measure is 0 of 0 and never a ratio.
 */
export function reviewCoverage(input: CoverageReviewInput): ReviewedCoverage {
  const { change, coverage, lineMaps } = input;
  const head = filesAtHead(change, coverage.head, lineMaps);
  const baseline = judgeBaseline(change, coverage, lineMaps, input.baseline);
  const files = reviewFiles({ change, head, base: coverage.base, baseline, writerAt: writersOf(input.authorship) });
  const reviewed = files.map(({ review }) => review);
  const byWriter = files.flatMap(({ review: { path }, byWriter: writers }) =>
    [...writers].map(([writer, counts]) => ({ path, writer, counts })),
  );
  const byVerdict = countsByVerdict(byWriter);
  const review = {
    patch: mapEvidence(head, () => sumOf(Object.values(byVerdict))),
    byVerdict,
    byGroup: countsByGroup(byWriter, input.ai),
    files: reviewed,
    project: projectChange({ change, coverage, lineMaps, head, baseline }),
    baseline: baseline.quality,
    unmeasured: coverage.head.state === "present" ? unmeasuredFiles(change.files, coverage.head.value) : [],
    silentOn: coverage.head.state === "present" ? silentOn(coverage.head.value, reviewed) : nothingSilent,
    unmatched: unmatchedPaths(coverage),
  };
  return { review, byWriter };
}

const nothingSilent = { branches: [], functions: [] };

/** The head report by path, in the lines of the head. */
function filesAtHead(
  change: Change,
  report: Evidence<CoverageReport>,
  lineMaps: readonly LineMap[],
): Evidence<ReadonlyMap<string, FileCoverage>> {
  if (report.state === "absent") return report;
  const { files, tree, unmatched } = report.value;
  if (files.length === 0 && unmatched.length > 0) {
    return absent(noPathMatches(showPath(unmatched[0] ?? "")));
  }
  if (tree === change.head.sha) return present(new Map(files.map((file) => [file.path, file])));
  const lineMap = findLineMap(lineMaps, "tested", tree, change.head.sha);
  if (lineMap === undefined) {
    return absent(`the tests ran at ${tree.slice(0, 10)}, and no line map joins that commit to the head`);
  }
  const toHead = treeMap(lineMap.files);
  const moved = files.flatMap((file) => {
    const place = toHead(file.path);
    return place === null ? [] : [[place.path, moveFile(file, place.path, place.line)] as const];
  });
  return present(new Map(moved));
}

function writersOf(authorship: Authorship): (path: string, line: number) => Writer {
  return (path, line) => writerOf(authorship, path, line) ?? nobody;
}

/** Of a line that provenance does not know. */
const nobody: Writer = {
  verdict: "undeclared",
  acceptance: "unstated",
  agent: null,
  model: null,
  commit: null,
  evidence: "none",
  session: null,
};

function unmatchedPaths({ head, base }: CoverageReviewInput["coverage"]): string[] {
  const reports = [head, base].flatMap((report) => (report.state === "present" ? [report.value] : []));
  return [...new Set(reports.flatMap(({ unmatched }) => unmatched))].sort();
}

import type * as Sarif from "sarif";
import type { Finding, LintRule, Place } from "../findings/finding.ts";
import { jsonText } from "../json-text.ts";
import { inertJson } from "../untrusted/index.ts";
import { atHead, headPlaces, isInFile, noPlaces, type HeadPlaces } from "./head-places.ts";
import type { LintReport } from "./lint-report.ts";
import { mostSevereFirst } from "./order.ts";
import type { Review } from "./review.ts";
import { describeRules, sarifLevels } from "./sarif/rules.ts";
import { cleanMessage, fileUri, isFilePath, repositoryUri } from "./sarif/text.ts";
import { plain } from "./text.ts";
import { placeWords, writerWords } from "./words.ts";

/** GitHub's limits for one run ("SARIF support for code scanning"): it refuses a file that goes beyond them. */
export const sarifLimits = { results: 25_000, rules: 25_000, notifications: 1_000 } as const;

/**
 * The findings as SARIF 2.1.0 for code scanning: one run, most severe first, every result in a file at head.
 * GitHub refuses a whole file for one result without a location, so a finding about a commit or about the change is a
 * notification of the run instead. `lintRules` is the catalogue; a rule that it lacks is described by what it found.
 */
export function renderSarif(review: Review, lintRules: readonly LintRule[]): string {
  const { change, decision, findings } = review;
  return sarifText(
    {
      ...{ engine: review.engine, findings, notAnalysed: review.notAnalysed, places: headPlaces(review) },
      ...{ incomplete: change.incomplete, repository: change.repository, revision: change.head.sha },
      category: "countersign/",
      properties: {
        decision: decision.state,
        changeId: plain(change.id),
        evaluationId: plain(decision.evaluationId, 64),
        findings: findings.length,
      },
    },
    lintRules,
  );
}

/** The findings of `countersign lint` in the same way; their category is another, so that neither closes the other's alerts. */
export function renderLintSarif(report: LintReport, lintRules: readonly LintRule[]): string {
  const { change, findings } = report;
  return sarifText(
    {
      ...{ engine: report.engine, findings, notAnalysed: report.notAnalysed, incomplete: change?.incomplete ?? [] },
      places: change?.places ?? noPlaces,
      ...{ repository: change?.repository ?? null, revision: change?.head ?? "" },
      category: "countersign-lint/",
      properties: { findings: findings.length },
    },
    lintRules,
  );
}

/** What a run of SARIF is made from. */
interface SarifSource {
  engine: Review["engine"];
  findings: readonly Finding[];
  notAnalysed: Review["notAnalysed"];
  places: HeadPlaces;
  incomplete: readonly string[];
  repository: Review["change"]["repository"];
  revision: string;
  /** One for every change, so that an alert closes when a later run no longer reports it. */
  category: string;
  properties: Sarif.PropertyBag;
}

function sarifText(source: SarifSource, lintRules: readonly LintRule[]): string {
  const log: Sarif.Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run(source, lintRules)],
  };
  return inertJson(jsonText(log, 12));
}

function run(source: SarifSource, lintRules: readonly LintRule[]): Sarif.Run {
  const rules = describeRules(source.findings, lintRules).slice(0, sarifLimits.rules);
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const placed = mostSevereFirst(source.findings)
    .map((finding) => ({ finding, place: atHead(source.places, finding.place) }))
    .filter(({ place }) => hasFile(place))
    .slice(0, sarifLimits.results);
  return {
    tool: { driver: { name: "Countersign", semanticVersion: plain(source.engine.version, 60), rules } },
    automationDetails: { id: source.category },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
    ...repository(source),
    columnKind: "utf16CodeUnits",
    invocations: [
      { executionSuccessful: source.incomplete.length === 0, toolExecutionNotifications: notifications(source) },
    ],
    results: placed.map(({ finding, place }) => result(finding, place, indexes)),
    properties: source.properties,
  };
}

function result(finding: Finding, place: Place, indexes: ReadonlyMap<string, number>): Sarif.Result {
  const { writer, confidence, severityReason, alsoReportedBy } = finding;
  const rule = plain(finding.rule, 100);
  const provenance =
    writer === null
      ? null
      : {
          verdict: writer.verdict,
          agent: named(writer.agent),
          model: named(writer.model),
          acceptance: writer.acceptance,
        };
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule) ?? -1,
    level: sarifLevels[finding.severity],
    message: { text: messageText(finding) },
    locations: locations(place),
    ...suppressed(finding),
    partialFingerprints: { "countersignFinding/v1": plain(finding.fingerprint, 64) },
    properties: {
      ...{ provenance, confidence, severityReason: plain(severityReason) },
      ...(alsoReportedBy === undefined ? {} : { alsoReportedBy: alsoReportedBy.map((other) => plain(other, 100)) }),
    },
  };
}

/** A waiver lives outside the code, in the policy. Source: SARIF 2.1.0, 3.35. */
function suppressed({ waivedBy }: Finding): Pick<Sarif.Result, "suppressions"> {
  if (waivedBy === null) return {};
  return { suppressions: [{ kind: "external", justification: `waiver ${plain(waivedBy, 100)}` }] };
}

function messageText({ message, writer }: Finding): string {
  const by = writer === null ? "" : ` Written by: ${writerWords(writer)}.`;
  return cleanMessage(`${message}${by}`);
}

function named(name: string | null): string | null {
  return name === null ? null : plain(name, 100);
}

/** A path that leaves the repository is none that a scanning service could show. */
function hasFile(place: Place): boolean {
  return isInFile(place) && isFilePath(place.path);
}

function locations(place: Place): Sarif.Location[] {
  if (!isInFile(place)) return [];
  const region = place.kind === "lines" ? { startLine: place.start, endLine: place.end } : { startLine: 1 };
  const artifactLocation = { uri: fileUri(place.path), uriBaseId: "%SRCROOT%" };
  return [{ physicalLocation: { artifactLocation, region } }];
}

/** What concerns no line of a file: findings about commits and the change, files not analysed, an incomplete reading. */
function notifications(source: SarifSource): Sarif.Notification[] {
  const { places } = source;
  const findings = mostSevereFirst(source.findings)
    .filter((finding) => !hasFile(atHead(places, finding.place)))
    .slice(0, sarifLimits.notifications)
    .map((finding) => ({
      level: sarifLevels[finding.severity],
      text: `${finding.rule}, ${placeWords(finding.place)}: ${finding.message}`,
    }));
  const skipped = source.notAnalysed.map(({ path, reason }) => ({
    level: "warning" as const,
    text: `Not analysed: ${placeWords({ kind: "file", path })}, ${reason}`,
  }));
  const incomplete = source.incomplete.map((text) => ({ level: "error" as const, text: `Incomplete: ${text}` }));
  return [...incomplete, ...findings, ...skipped]
    .slice(0, sarifLimits.notifications)
    .map(({ level, text }) => ({ level, message: { text: cleanMessage(text) } }));
}

function repository(source: SarifSource): Pick<Sarif.Run, "versionControlProvenance"> {
  const uri = repositoryUri(source.repository);
  if (uri === null) return {};
  return { versionControlProvenance: [{ repositoryUri: uri, revisionId: plain(source.revision, 64) }] };
}

import { ourRulesFor, type RawFinding } from "../findings/index.ts";
import type { SourceFile } from "../syntax/index.ts";
import { readCoverage, type Stretch } from "./covered-lines.ts";
import { mostEslintCharacters, type Engines, type EslintAnswer } from "./eslint-engine.ts";
import type { TextFile } from "./pattern.ts";
import { newSuppression } from "./rules/new-suppression.ts";
import { suppressionWithoutReason } from "./rules/suppression-without-reason.ts";
import { suppressingAnnotations, suppressingLines } from "./suppression-annotations.ts";
import { aboutOtherThings, toolsOfKind } from "./suppression-scopes.ts";
import { suppressionIdentity, suppressionsIn, type Suppression } from "./suppressions.ts";

/**
 * The findings of a file at head, with what each new directive hides told in its message: our own findings on the lines
 * that it covers, and what ESLint says there. Only messages change: what a finding is must not depend on what it hides.
 */
export function tellHidden(
  findings: readonly RawFinding[],
  read: () => { file: TextFile; source: SourceFile | null },
  engines: Engines,
): { findings: RawFinding[]; notes: string[] } {
  const told = findings.filter(({ rule, atBase }) => rule === newSuppression.rule.id && atBase === undefined);
  if (told.length === 0) return { findings: [...findings], notes: [] };
  const { file, source } = read();
  const orders = readOrders(file, source);
  const orderOf = ({ place, identity }: RawFinding) =>
    place.kind === "lines" ? orders.get(`${place.start} ${identity}`) : undefined;
  const byFinding = new Map(told.map((finding) => [finding, orderOf(finding)]));
  const ordered = [...byFinding.values()].filter((order) => order !== undefined);
  const eslint = askEslint(ordered, file, engines);
  const seen = findings.filter(({ rule }) => !ownRules.has(rule)).flatMap(seenAt);
  seen.sort((a, b) => a.line - b.line);
  const tell = (finding: RawFinding): RawFinding => {
    const order = byFinding.get(finding);
    return order === undefined ? finding : { ...finding, message: finding.message + sentences(order, seen, eslint) };
  };
  return { findings: findings.map(tell), notes: eslint !== null && "failed" in eslint ? [eslint.failed] : [] };
}

const ownRules = new Set([newSuppression.rule.id, suppressionWithoutReason.rule.id]);

/** A directive and its lines. */
interface Order {
  suppression: Suppression;
  lines: Stretch;
}

/** By line and identity, as findings have them. */
function readOrders(file: TextFile, source: SourceFile | null): Map<string, Order> {
  const coverageOf = readCoverage(file, source);
  const annotations = source === null ? [] : suppressingAnnotations(source);
  const orders = new Map<string, Order>();
  for (const suppression of [...annotations, ...suppressionsIn(file), ...suppressingLines(file)]) {
    const { line, lines } = coverageOf(suppression);
    orders.set(`${line} ${suppressionIdentity(suppression)}`, { suppression, lines });
  }
  return orders;
}

interface Seen {
  rule: string;
  line: number;
}

function seenAt({ rule, place }: RawFinding): Seen[] {
  return place.kind === "lines" ? [{ rule, line: place.start }] : [];
}

const eslintKinds = new Set(["eslint-disable", "eslint rule: off"]);

/** Asks once a file, for what its new directives name. */
function askEslint(orders: readonly Order[], { path, text }: TextFile, { eslint }: Engines): EslintAnswer | null {
  const asking = orders.map(({ suppression }) => suppression).filter(({ kind }) => eslintKinds.has(kind));
  if (eslint === undefined || asking.length === 0 || text.length > mostEslintCharacters) return null;
  const rules = [...new Set(asking.flatMap((suppression) => suppression.rules))].sort().slice(0, mostRules);
  return eslint({ path, text, rules, withRecommended: asking.some(({ isBlanket }) => isBlanket) });
}

/** A file that switches off more is no file that somebody wrote. */
const mostRules = 100;

function sentences(order: Order, seen: readonly Seen[], eslint: EslintAnswer | null): string {
  const { suppression, lines } = order;
  const ours = within(seen, lines);
  const isEslint = eslintKinds.has(suppression.kind);
  const answer = isEslint && eslint !== null && !("failed" in eslint) ? eslint : null;
  const isNamed = namesRules(suppression);
  const theirs = (answer?.problems ?? []).filter(
    ({ rule, line }) => isWithin(line, lines) && (!isNamed || suppression.rules.includes(rule)),
  );
  const { hidden, beside } = divided(suppression, ours, theirs);
  const notRun = answer === null || !isNamed ? [] : suppression.rules.filter((rule) => answer.notRun.includes(rule));
  const ran = answer !== null && (!isNamed || notRun.length < suppression.rules.length);
  const isNarrow = lines.end - lines.start < mostNarrow;
  const parts = [
    hidden.length > 0 ? `It hides ${listed(hidden)}.` : "",
    hidden.length === 0 && ran ? "It hides nothing that could be found." : "",
    beside.length > 0 && isNarrow ? `Its lines also hold ${listed(beside)}.` : "",
    notRun.length > 0 ? `${shortList(notRun.map((rule) => `\`${rule}\``))} could not be run.` : "",
  ];
  return parts.map((part) => (part === "" ? "" : ` ${part}`)).join("");
}

/** `all` is no name. */
function namesRules({ rules, isBlanket }: Suppression): boolean {
  return rules.length > 0 && !isBlanket;
}

/** What only stands on the lines of a directive is told where those are few: on those of a file it would be any finding. */
const mostNarrow = 50;

/** What a directive hides, and what only stands on its lines: it names other rules, or its tool looks for other things. */
function divided(
  suppression: Suppression,
  ours: readonly Seen[],
  theirs: readonly Seen[],
): { hidden: Seen[]; beside: Seen[] } {
  const { kind, rules } = suppression;
  if (aboutOtherThings.has(kind)) return { hidden: [], beside: [...ours] };
  if (!namesRules(suppression)) {
    const known = new Set(ours.map(keyOf));
    const isOurs = ({ rule, line }: Seen) =>
      ourRulesFor(`eslint/${rule}`).some((own) => known.has(keyOf({ rule: own, line })));
    return { hidden: inOrder([...ours, ...theirs.filter((problem) => !isOurs(problem))]), beside: [] };
  }
  const named = new Set(rules.flatMap((rule) => sameAs(kind, rule)));
  const told = new Set(theirs.flatMap(({ rule, line }) => sameAs(kind, rule).map((own) => keyOf({ rule: own, line }))));
  return {
    hidden: inOrder([...theirs, ...ours.filter((own) => named.has(own.rule) && !told.has(keyOf(own)))]),
    beside: ours.filter(({ rule }) => !named.has(rule)),
  };
}

/** The rules of ours that speak of the same as a rule that a directive names. */
function sameAs(kind: string, rule: string): readonly string[] {
  const name = kind === "@SuppressWarnings" ? rule.replace(/^PMD\./, "") : rule;
  return (toolsOfKind[kind] ?? []).flatMap((tool) => ourRulesFor(`${tool}/${name}`));
}

function keyOf({ rule, line }: Seen): string {
  return `${rule}:${line}`;
}

function inOrder(all: readonly Seen[]): Seen[] {
  return all.toSorted((a, b) => a.line - b.line);
}

/** `seen` ascends, so that a file of many directives and many findings takes no product of both. */
function within(seen: readonly Seen[], { start, end }: Stretch): Seen[] {
  let low = 0;
  let high = seen.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seen[middle]!.line < start) low = middle + 1;
    else high = middle;
  }
  const found: Seen[] = [];
  for (let at = low; at < seen.length && seen[at]!.line <= end && found.length < mostSeen; at += 1)
    found.push(seen[at]!);
  return found;
}

/** Of one directive no more are looked at. */
const mostSeen = 200;

function isWithin(line: number, { start, end }: Stretch): boolean {
  return start <= line && line <= end;
}

function listed(all: readonly Seen[]): string {
  return shortList([...new Set(all.map(({ rule, line }) => `${rule} on line ${line}`))]);
}

/** At most three by name. */
function shortList(all: readonly string[]): string {
  const shown = all.slice(0, 3);
  if (all.length > 3) return `${shown.join(", ")} and ${all.length - 3} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)!}` : shown.join("");
}

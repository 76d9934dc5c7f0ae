import { areasInTheWay, rulesInTheWay } from "./held-up.ts";
import { compare } from "./order.ts";
import type { Review } from "./review.ts";

/** Somebody whose review a change needs. The name comes from CODEOWNERS, the policy or the platform. */
export interface ReviewRequest {
  kind: "user" | "team";
  /** A login, or `org/team`. */
  name: string;
  /** What they would approve, sorted. */
  areas: string[];
  /** The files of it, sorted: what they are asked about again only once it is another. */
  files: string[];
}

/**
 * Whom to ask: the fewest people who settle all that is open, and the teams of areas whose people are not known. Nobody for
 * what a rule only observes.
 */
export function reviewRequests(review: Review): ReviewRequest[] {
  const open = openAreas(review);
  const people = review.decision.reviewers.flatMap(({ user, areas }) => requestOf("user", user, areas, open));
  const covered = new Set(people.flatMap(({ areas }) => areas));
  const byTeam = new Map<string, string[]>();
  for (const [area, { teams }] of open) {
    if (covered.has(area)) continue;
    for (const team of teams) byTeam.set(team, [...(byTeam.get(team) ?? []), area]);
  }
  const teams = [...byTeam].sort((a, b) => compare(a[0], b[0]));
  return [...people, ...teams.flatMap(([team, areas]) => requestOf("team", team, areas, open))];
}

interface OpenArea {
  teams: Set<string>;
  files: Set<string>;
}

/** Of rules that hold something up: an area with everybody and everything that is asked of it. */
function openAreas(review: Review): Map<string, OpenArea> {
  const open = new Map<string, OpenArea>();
  for (const rule of rulesInTheWay(review)) {
    for (const { approval } of areasInTheWay(review, [rule]).filter((row) => canBeAsked(row.approval.state))) {
      const known = open.get(approval.area) ?? { teams: new Set(), files: new Set() };
      for (const team of approval.candidates.teams) known.teams.add(team);
      for (const file of rule.files) known.files.add(file);
      open.set(approval.area, known);
    }
  }
  return open;
}

/** Who asked for changes knows; where nobody is eligible there is nobody to ask. */
function canBeAsked(state: string): boolean {
  return state === "waiting" || state === "stale";
}

function requestOf(
  kind: ReviewRequest["kind"],
  name: string,
  areas: readonly string[],
  open: ReadonlyMap<string, OpenArea>,
): ReviewRequest[] {
  const asked = areas.filter((area) => open.has(area)).sort(compare);
  const files = new Set(asked.flatMap((area) => [...open.get(area)!.files]));
  return asked.length === 0 ? [] : [{ kind, name, areas: asked, files: [...files].sort(compare) }];
}

import type { TreeFile } from "../change/tree-file.ts";
import { tooFewCouldApprove, type TooFew } from "../ownership/index.ts";
import { belongsToArea } from "./area-files.ts";
import type { Area, Policy, PolicyRule } from "./policy.ts";
import { shown, type FoundWarning, type RepositoryView } from "./repository-view.ts";

/**
 * Areas whose approval could never be given for some change: nobody owns them, or too few besides the author. Judged as
 * the approval of a change is, with fallbacks, broader patterns and default owners; only areas whose owners some rule
 * asks. Teams whose members were not read are enough people, for all that is known.
 */
export function fewOwners(policy: Policy, files: readonly TreeFile[], view: RepositoryView): FoundWarning[] {
  return policy.areas.flatMap((area): FoundWarning[] => {
    const counts = policy.rules.map((rule) => askedOf(rule, area)).filter((count) => count > 0);
    if (counts.length === 0) return [];
    const count = Math.max(...counts);
    const { owners, fallback } = area;
    const request = { belongs: belongsToArea(area), owners, fallback, defaultOwners: policy.defaultOwners, count };
    const [worst] = tooFewCouldApprove(request, files, view).toSorted((a, b) => a.users.length - b.users.length);
    return worst === undefined ? [] : [warning(area, worst, count)];
  });
}

/** How many approvals a rule may ask of an area's owners; 0 when it asks none. */
function askedOf({ when, require }: PolicyRule, { name }: Area): number {
  const asked = require.owner_approval;
  if (asked === null) return 0;
  const names = asked.areas ?? when?.area ?? null;
  return names === null || names.includes(name) ? asked.count : 0;
}

function warning(area: Area, { file, users, broken }: TooFew, count: number): FoundWarning {
  const named = `the area \`${area.name}\``;
  const of = area.owners === "codeowners" ? `${shown(file.path)} in ${named}` : named;
  const path = ["areas", area.name];
  if (broken !== null) {
    const fix = "Correct it where it is named: in CODEOWNERS, or in this policy.";
    return { code: "CS203", path, what: `${of} cannot be approved: ${broken}`, fix };
  }
  const fix = `Name at least ${Math.max(2, count + 1)} people or a team, as owners, as \`fallback\` or as \`default_owners\`.`;
  return { code: "CS203", path, what: whyTooFew(users, of, count), fix: fix.replace("at least 2 ", "at least two ") };
}

function whyTooFew(users: readonly string[], of: string, count: number): string {
  if (users.length === 0) return `nobody owns ${of}`;
  const only = `only ${users.map(shown).join(" and ")} ${users.length === 1 ? "owns" : "own"} ${of}`;
  if (count === 1) return `${only}, who approves no change of their own`;
  return `${only}, and ${count} people besides the author must approve it`;
}

import type { Change } from "../core/change/change.ts";
import type { Facts } from "../core/facts.ts";
import { teamsOwning, usersOwning } from "../core/ownership/index.ts";
import { asksAnyone, usePolicy, type Policy } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import { allLintRules, allToolNames } from "../core/rules.ts";

/** What the policy could ask of the platform beside reviews: each thing costs requests. */
export interface Wanted {
  /** Teams as `org/team`, each once. */
  teams: string[];
  /** Logins of people who are named as owners, lower case, each once: of all who review, these are asked about first. */
  users: string[];
  checks: boolean;
  /** Whether who is asked for reviews already matters: only a policy of one's own suggests reviewers. */
  load: boolean;
  /** Whether a rule may need to know of everybody who can push. */
  everyWriter: boolean;
}

/**
 * Which teams, and whether checks, must be read to judge this change: teams that own a touched file by CODEOWNERS, and those
 * that the policy names. A policy that cannot be loaded names none: the decision says what is wrong with it.
 */
export function wantedOf(
  change: Pick<Change, "files" | "repository">,
  { policy, codeowners, floors, gateWorkflows }: Pick<Facts, "policy" | "codeowners" | "floors" | "gateWorkflows">,
): Wanted {
  const used = policyOf(change, { policy, floors });
  const teams = [...teamsOwning(change.files, codeowners), ...teamsIn(used, change.repository?.owner ?? null)];
  const users = [...usersOwning(change.files, codeowners), ...usersIn(used)];
  return {
    users: [...new Set(users.map((user) => user.toLowerCase()))].sort(),
    teams: [...new Set(teams.map((team) => team.toLowerCase()))].sort(),
    checks: used !== null && [used, ...used.floors.map((floor) => floor.policy)].some(asksForChecks),
    load: used !== null && policy.state === "present",
    everyWriter: used !== null && asksAnyone(used, change.files, { gateWorkflows, policyPath: pathOf(policy) }),
  };
}

function pathOf(policy: Facts["policy"]): string | null {
  return policy.state === "present" ? policy.value.path : null;
}

/** The policy that judges; null for one that cannot be loaded. */
export function policyOf(change: Pick<Change, "repository">, rules: Pick<Facts, "policy" | "floors">): Policy | null {
  try {
    return usePolicy({ ...rules, change }, allLintRules, allToolNames).policy;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Every list under a key `teams`, wherever owners are named. A bare name is a team of the repository's own organisation. */
function teamsIn(value: unknown, org: string | null): string[] {
  return entries(value).flatMap(([key, part]) => {
    if (key !== "teams" || !Array.isArray(part)) return teamsIn(part, org);
    return part.flatMap((team: unknown) => {
      if (typeof team !== "string") return [];
      if (team.includes("/")) return [team];
      return org === null ? [] : [`${org}/${team}`];
    });
  });
}

/** Every list under a key `users`, wherever owners are named. */
function usersIn(value: unknown): string[] {
  return entries(value).flatMap(([key, part]) => {
    if (key !== "users" || !Array.isArray(part)) return usersIn(part);
    return part.filter((user) => typeof user === "string");
  });
}

function asksForChecks(policy: Policy): boolean {
  return asksAbout(policy, "checks");
}

/** Whether a rule of the policy speaks of a kind of evidence, as a key or in an expression. */
export function asksAbout({ rules }: Policy, word: "checks" | "coverage"): boolean {
  return rules.some((rule) => mentions(rule, word));
}

/** As a key that was written, or in the text of an expression. */
function mentions(value: unknown, word: string): boolean {
  if (typeof value === "string") return value.includes(word);
  return entries(value).some(([key, part]) => (key === word && part !== null) || mentions(part, word));
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

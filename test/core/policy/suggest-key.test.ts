import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { otherWordsFor } from "../../../core/policy/other-words.ts";
import { sampleLintRules } from "../../subjects.ts";

const asks = "require: { secrets: none }";
const ruleOf = (rest: string) => `version: 1\nrules: [{ id: r, ${rest} }]`;
const waiver = 'id: w, finding: swallowed-error, paths: [a], reason: b, owner: c, expires: "2027-01-01"';

/** A policy with one more key in each place. */
const places = {
  top: (key: string) => `version: 1\n${key}: 1`,
  area: (key: string) => `version: 1\nareas: { a: { paths: [a], ${key}: 1 } }`,
  owners: (key: string) => `version: 1\nareas: { a: { paths: [a], owners: { users: [x], ${key}: 1 } } }`,
  rule: (key: string) => ruleOf(`${asks}, ${key}: 1`),
  when: (key: string) => ruleOf(`when: { ai: true, ${key}: 1 }, ${asks}`),
  "when.size": (key: string) => ruleOf(`when: { size: { commits_over: 1, ${key}: 1 } }, ${asks}`),
  require: (key: string) => ruleOf(`require: { secrets: none, ${key}: 1 }`),
  "require.size": (key: string) => ruleOf(`require: { size: { max_commits: 1, ${key}: 1 } }`),
  coverage: (key: string) => ruleOf(`require: { coverage: { patch_lines: 1, ${key}: 1 } }`),
  findings: (key: string) => ruleOf(`require: { findings: { max_errors: 1, ${key}: 1 } }`),
  owner_approval: (key: string) => ruleOf(`require: { owner_approval: { count: 1, ${key}: 1 } }`),
  second_human: (key: string) => ruleOf(`require: { second_human: { count: 1, ${key}: 1 } }`),
  provenance: (key: string) => `version: 1\nprovenance: { ${key}: 1 }`,
  forbid: (key: string) => `version: 1\nforbid: { kinds: [iac], ${key}: 1 }`,
  break_glass: (key: string) => `version: 1\nbreak_glass: { who: { users: [x] }, ${key}: 1 }`,
  waiver: (key: string) => `version: 1\nwaivers: [{ ${waiver}, ${key}: 1 }]`,
};

function fixOf(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok ? [] : loaded.problems.filter(({ code }) => code === "CS010").map(({ fix }) => fix);
}

/** What is proposed, key by key; `-` where only the known keys are listed. */
function proposed(place: keyof typeof places, keys: readonly string[]): string[] {
  return keys.map((key) => {
    const [fix = "nothing is told", ...more] = fixOf(places[place](key));
    return `${key}: ${more.length > 0 ? "twice" : fix.startsWith("Known keys: ") ? "-" : fix.replaceAll(/Did you mean |[`?]/g, "")}`;
  });
}

describe("a key is answered by the one that was meant, or by none", () => {
  test.each<{ place: keyof typeof places; are: string[] }>([
    {
      place: "top",
      are: [
        ...["rule: rules", "policies: rules", "area: areas", "waiver: waivers", "exceptions: waivers", "modes: mode"],
        ...["default_mode: mode", "default_owner: default_owners", "extend: extends", "include: extends"],
        ...["presets: extends", "break-glass: break_glass", "breakGlass: break_glass", "forbidden: forbid"],
        ...["deny: forbid", "accepts: accept", "label: labels", "comments: comment", "policyOwners: policy_owners"],
        ...["policy: -", "default: -", "name: -", "description: -", "metadata: -", "enforce: mode"],
        ...["owners: It belongs elsewhere: areas.<name>.owners.", "title: It belongs elsewhere: rules[].title."],
        ...["teams: It belongs elsewhere: areas.<name>.owners.teams.", "when: It belongs elsewhere: rules[].when."],
      ],
    },
    {
      place: "area",
      are: [
        ...["path: paths", "glob: paths", "globs: paths", "files: paths", "patterns: paths", "include: paths"],
        ...["owner: owners", "team: owners", "owned_by: owners", "reviewers: owners", "codeowners: owners"],
        ...["risk: tier", "risk_tier: tier", "level: tier", "priority: tier", "fallback_owners: fallback"],
        ...["teams: It belongs elsewhere: areas.<name>.owners.teams, areas.<name>.fallback.teams."],
        ...["name: -", "description: -", "approvals: -"],
        'exclude: To leave paths out, write them with a ! first: paths: ["src/**", "!src/gen/**"].',
      ],
    },
    {
      place: "owners",
      are: [
        ...["user: users", "team: teams", "people: users", "members: users", "group: teams", "groups: teams"],
        "github_teams: teams",
      ],
    },
    {
      place: "rule",
      are: [
        ...["name: id or title", "rule_id: id", "description: title", "desc: title", "severity: mode", "level: mode"],
        ...["enforce: mode", "enforcement: mode", "enforced_after: enforce_after", "enforce_from: enforce_after"],
        ...["after: enforce_after", "requires: require", "requirements: require", "then: require", "must: require"],
        ...["condition: when", "conditions: when", "match: when", "modes: mode", "forbids: forbid", "deny: forbid"],
        ...["enabled: -", "message: -", "unless: -", "area: It belongs elsewhere: rules[].when.area."],
        "areas: It belongs elsewhere: rules[].when.area.",
        "if: It belongs elsewhere: rules[].when.if.",
      ],
    },
    {
      place: "when",
      are: [
        ...["ai_assisted: ai", "is_ai: ai", "ai_generated: ai", "areas: area", "in_area: area", "path: paths"],
        ...["changed_files: paths", "files_changed: paths", "glob: paths", "file_paths: paths", "path_glob: paths"],
        ...["target_branch: base", "base_branch: base", "head: branch", "source_branch: branch", "branches: branch"],
        ...["branch_name: branch", "authors: author", "user: author", "actor: author", "authored_by: author"],
        ...["author_type: author", "author_association: association", "has_label: labels", "pr_labels: labels"],
        ...["is_draft: draft", "is_fork: fork", "agent: tools", "agents: tools", "tool: tools", "model: models"],
        ...["min_tier: tier", "risk: tier", "file_kind: kind", "kinds: kind", "provenance: ai or verdict"],
        ...["lines_over: size", "lines: size", "loc: size", "additions: size", "expr: if", "cel: if", "condition: if"],
        ...["accepted: acceptance", "events: event", "commits: size"],
        ...["not: -", "any: -", "not_draft: -", "without_labels: -", "language: -", "team: -"],
        'exclude: To leave paths out, write them with a ! first: paths: ["src/**", "!src/gen/**"].',
        'paths-ignore: To leave paths out, write them with a ! first: paths: ["src/**", "!src/gen/**"].',
        "added_lines_over: It belongs elsewhere: rules[].when.size.added_lines_over.",
        "coverage: It belongs elsewhere: rules[].require.coverage.",
      ],
    },
    {
      place: "when.size",
      are: [
        ...["lines_over: added_lines_over", "line_over: added_lines_over", "lines: added_lines_over"],
        ...["added_lines: added_lines_over", "max_lines: added_lines_over", "loc: added_lines_over"],
        ...["additions: added_lines_over", "changed_lines: added_lines_over", "files: files_over"],
        ...["file_over: files_over", "changed_files: files_over", "commits: commits_over"],
        ...["deleted_lines_over: -", "deletions: -", "over: -"],
        "max_files: It belongs elsewhere: rules[].require.size.max_files.",
      ],
    },
    {
      place: "require",
      are: [
        ...["owner: owner_approval", "approval: owner_approval", "owner_approvals: owner_approval"],
        ...["owners_approval: owner_approval", "code_owner_approval: owner_approval"],
        ...["codeowner_approval: owner_approval", "codeowners: owner_approval"],
        ...["reviewers: owner_approval or second_human", "approvals: owner_approval or second_human"],
        ...["human_review: second_human", "second_reviewer: second_human", "second_human_approval: second_human"],
        ...["signed_commits: signatures", "signature: signatures", "attestations: attestation", "trailer: trailers"],
        ...["assisted_by: trailers", "check: checks", "status_checks: checks", "ci: checks", "test: coverage"],
        ...["patch_coverage: coverage", "min_coverage: coverage", "lint: findings", "finding: findings"],
        ...["no_secrets: secrets", "secret: secrets", "disclosures: disclosure", "disclose: disclosure"],
        ...["provenance: trailers or disclosure", "deny: forbid", "max_size: size", "agent: tools"],
        "max_files: It belongs elsewhere: rules[].require.size.max_files.",
      ],
    },
    {
      place: "require.size",
      are: [
        ...["max_lines: max_added_lines", "max_line: max_added_lines", "lines: max_added_lines"],
        ...["max_loc: max_added_lines", "max_additions: max_added_lines", "max_changed_lines: max_added_lines"],
        ...["files: max_files", "max_changed_files: max_files", "max_commit: max_commits", "commits: max_commits"],
        "files_over: It belongs elsewhere: rules[].when.size.files_over.",
      ],
    },
    {
      place: "coverage",
      are: [
        ...["patch: patch_lines", "lines: patch_lines", "new_lines: patch_lines", "min: patch_lines"],
        ...["line_coverage: patch_lines", "branches: patch_branches", "branch_coverage: patch_branches"],
        ...["patch_branch: patch_branches", "ai: ai_lines", "ai_coverage: ai_lines", "delta: project_delta"],
        ...["project: project_delta", "max_drop: project_delta", "functions: untested_functions"],
        ...["untested: untested_functions", "missing: no_report", "if_missing: no_report", "no_reports: no_report"],
        ...["ai_branches: -", "total: -"],
      ],
    },
    {
      place: "findings",
      are: [
        ...["errors: max_errors", "error: max_errors", "warnings: max_warnings", "notices: max_notices"],
        ...["rule: rules", "lint_rules: rules", "escalation: escalate"],
        ...["max_findings: -", "max_critical: -", "exclude: -", "severity: It belongs elsewhere: lint.severity."],
      ],
    },
    {
      place: "owner_approval",
      are: [
        ...["areas: area", "per_area: per", "each_area: per", "min: count", "approvals: count", "counts: count"],
        ...["exclude_author: exclude", "stale: stale_when", "stale_on: stale_when", "dismiss_stale: stale_when"],
        "teams: It belongs elsewhere: areas.<name>.owners.teams.",
      ],
    },
    { place: "second_human", are: ["min: count", "approvals: count", "min_count: count", "exclude: -"] },
    {
      place: "provenance",
      are: [
        ...["count_as_ai: counts_as_ai", "verdicts: counts_as_ai", "excludes: exclude", "exclude_paths: exclude"],
        ...["ignore: exclude", "undeclared: sensitive_undeclared", "sensitive_undeclare: sensitive_undeclared"],
        ...["detected: detected_without_trailer", "counts_as_human: -"],
        "tests: It belongs elsewhere: provenance.counts_as_code.tests.",
      ],
    },
    {
      place: "forbid",
      are: ["tools: agents", "agent: agents", "branch: branches", "path: paths", "files: paths", "areas: paths"],
    },
    {
      place: "break_glass",
      are: [
        ...["by: who", "allowed: who", "age: max_age", "max_duration: max_age", "ttl: max_age", "expires: max_age"],
        "users: It belongs elsewhere: break_glass.who.users.",
      ],
    },
    {
      place: "waiver",
      are: [
        ...["expiry: expires", "expires_at: expires", "expiration: expires", "until: expires", "end_date: expires"],
        ...["justification: reason", "why: reason", "description: reason", "rule_id: rule", "rules: rule"],
        ...["findings: finding", "lint_rule: finding", "files: paths", "area: paths", "owned_by: owner"],
        ...["approved_by: owner", "team: owner", "owners: owner", "name: id", "ticket: -", "created: -"],
      ],
    },
  ])("in $place", ({ place, are }) => {
    const keys = are.map((row) => row.slice(0, row.indexOf(":")));
    expect(proposed(place, keys)).toEqual(are);
  });

  test("and a key that is not told as missing beside", () =>
    expect(fixAll("version: 1\nareas: { a: { glob: [a] } }")).toEqual(["CS010 Did you mean `paths`?"]));
});

function fixAll(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok ? [] : loaded.problems.map(({ code, fix }) => `${code} ${fix}`);
}

test("a word that people call no key by stands for none", () => {
  expect(["zzz", "toString", ""].map(otherWordsFor)).toEqual([[], [], []]);
  expect(otherWordsFor("review")).toEqual(["owner_approval", "second_human"]);
});

/**
 * What people call a key out of habit: from other tools' policies, or from what it is about. Each key with the words for
 * it, in lower case with underscores; of a word that stands for several, those that may stand at its place are meant.
 */
const habits: Readonly<Record<string, string>> = {
  accept: "accepts",
  acceptance: "accepted ai_accepted",
  added_lines_over: "lines added_lines max_lines loc additions changed_lines lines_changed lines_added total_lines",
  agents: "tool tools",
  ai: "ai_generated provenance",
  ai_lines: "ai_coverage",
  area: "areas",
  association: "author_association",
  author: "user login authored_by",
  base: "target target_branch base_branch into",
  branch: "head head_branch source_branch",
  checks: "ci pipeline",
  count: "min minimum number approvals approvers min_approvals min_count required",
  counts_as_ai: "verdicts ai_verdicts",
  coverage: "test patch_coverage",
  detected_without_trailer: "missing_trailers",
  digest: "sha256 hash checksum integrity",
  disclosure: "provenance",
  enforce_after: "enforce_from enforce_on starts",
  expires: "expiration until end_date valid_until",
  exclude: "ignore",
  extends: "include presets",
  fallback: "fallback_owners",
  files_over: "changed_files files_changed",
  finding: "lint lint_rule check",
  findings: "lint lint_rules",
  forbid: "deny block",
  id: "name",
  if: "condition expression expr cel",
  max_added_lines: "max_loc max_additions max_changed_lines lines loc additions changed_lines",
  max_age: "duration max_duration ttl max_hours expires",
  mode: "enforce enforcement severity level action effect",
  no_report: "missing on_missing if_missing missing_report",
  owner: "owned_by approver approved_by team assignee",
  owner_approval:
    "codeowner_approval codeowners code_owners codeowner code_owner approvals reviewers reviews review approvers approved_by",
  owners: "owned_by owner_team team reviewers codeowners",
  patch_branches: "branch_coverage",
  patch_lines: "patch lines min minimum threshold diff line_coverage patch_coverage new_lines",
  paths: "file files glob globs pattern patterns include files_changed changed_files areas area",
  per: "by each_area per_area scope",
  project_delta: "project_drop max_drop drop",
  reason: "description justification why because comment",
  ref: "sha commit revision tag branch version",
  repo: "repository url uses",
  require: "requirements then must",
  rule: "rule_id",
  rules: "policies lint_rules",
  second_human:
    "human_review human_approval second_reviewer second_approval two_humans reviewers reviews review approvals approvers approved_by",
  signatures: "signed signed_commits gpg",
  size: "lines lines_over loc additions deletions changed_lines lines_changed lines_added total_lines max_lines commits",
  stale_when: "stale_on stale_if dismiss_stale",
  teams: "group groups",
  tier: "risk level priority sensitive",
  title: "name description desc",
  tools: "agent agents",
  trailers: "assisted_by provenance",
  untested_functions: "new_functions functions",
  users: "people members usernames logins",
  verdict: "provenance",
  waivers: "exceptions exemptions",
  when: "condition conditions match where",
  who: "by owners allowed",
};

/** The keys that people call by this word. */
export function otherWordsFor(word: string): readonly string[] {
  return meant.get(word) ?? [];
}

const meant: ReadonlyMap<string, readonly string[]> = wordsToKeys();

function wordsToKeys(): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const [key, words] of Object.entries(habits)) {
    for (const word of words.split(" ")) keys.set(word, [...(keys.get(word) ?? []), key]);
  }
  return keys;
}

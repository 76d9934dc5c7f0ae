/** What the starter cases can be about: rules that the policy has. */
export interface StarterRules {
  disclosure: boolean;
  ownerApproval: boolean;
  /** Whether the policy enforces; a rule that is not met only warns in other modes. */
  enforced: boolean;
}

/** Cases to start a `*.test.yml` with. They hold for every preset, whatever areas it was narrowed to: each has the pipeline. */
export function starterCases(rules: StarterRules): string {
  return [
    "# What this policy should decide: `countersign policy test` runs it. docs/policy-tests.md of Countersign has every key.",
    "policy: countersign.yml",
    "cases:",
    ...documents,
    ...(rules.disclosure ? disclosure(rules.enforced) : []),
    ...(rules.ownerApproval ? ownerApproval : []),
    "",
  ].join("\n");
}

const documents = [
  "  - name: a change to a document brings no credential",
  "    change:",
  "      author: dev1",
  "      files: [{ path: docs/guide.md, additions: 4 }]",
  "    expect: { rules: { nobody-commits-a-secret: { state: satisfied } } }",
];

function disclosure(enforced: boolean): string[] {
  return [
    "",
    "  - name: a change to the pipeline says that no agent helped",
    "    change:",
    "      author: dev1",
    "      files: [{ path: .github/labeler.yml, additions: 3 }]",
    '      commits: [{ trailers: { AI-Assisted: "no" } }]',
    "    expect: { rules: { sensitive-changes-say-who-wrote-them: { state: satisfied } } }",
    "",
    "  - name: silence about it is not enough there",
    "    change:",
    "      author: dev1",
    "      files: [{ path: .github/labeler.yml, additions: 3 }]",
    `    expect: { rules: { sensitive-changes-say-who-wrote-them: { state: ${enforced ? "unsatisfied" : "warned"} } } }`,
  ];
}

const ownerApproval = [
  "",
  "  - name: an agent's change to the pipeline waits for an owner",
  "    change:",
  "      author: dev1",
  "      files: [{ path: .github/labeler.yml, additions: 3 }]",
  '      commits: [{ trailers: { Assisted-by: "claude-code:claude-opus-4-5", AI-Accepted: edited } }]',
  '    codeowners: "* @ann @bob"',
  "    expect: { rules: { sensitive-ai-needs-owner: { state: waiting } } }",
  "",
  "  - name: an owner approves it",
  "    like: an agent's change to the pipeline waits for an owner",
  "    reviews: [{ user: ann, state: approved }]",
  "    expect: { rules: { sensitive-ai-needs-owner: { state: satisfied } } }",
  "",
  "  - name: a later push to the file makes the approval stale",
  "    like: an owner approves it",
  "    push: { files: [{ path: .github/labeler.yml }] }",
  "    expect: { rules: { sensitive-ai-needs-owner: { state: stale, stale: [ann] } } }",
];

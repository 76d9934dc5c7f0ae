import { createRepository, type TestRepository } from "../../git-repository.ts";

/** A repository with a policy, owners, a waiver that ends, and a branch whose change waits for an owner. */

export const policyText = `version: 1
areas:
  auth: { paths: ["src/auth/**"], owners: { users: [ann, bob] } }
  billing: { paths: ["src/billing/**"], owners: { users: [ann] } }
  crypto: { paths: ["src/crypto/**"], owners: { users: [ann, bob] } }
rules:
  - id: sensitive-needs-owner
    title: A change to a sensitive path needs its owner
    when: { area: [auth, billing, crypto] }
    require: { owner_approval: { per: area } }
  - id: large-changes-are-disclosed
    when: { if: 'change.size.files > 1 && change.size.added_lines > 1' }
    require: { disclosure: required }
    mode: warn
    enforce_after: "2027-01-15"
waivers:
  - { id: W-1, rule: sensitive-needs-owner, paths: ["src/auth/legacy.ts"], reason: "moves away soon", owner: ann, expires: "2026-11-30" }
  - { id: W-2, rule: large-changes-are-disclosed, reason: "old", owner: bob, expires: "2026-11-01" }
`;

export interface PolicyRepository {
  repository: TestRepository;
  path: string;
  /** The head of the branch `feature`. */
  head: string;
}

export function policyRepository(policy = policyText): PolicyRepository {
  const repository = createRepository();
  repository.commit({
    files: {
      ".github/countersign.yml": policy,
      ".github/CODEOWNERS": "* @ann\n[bad] @bob\n",
      "src/auth/session.ts": "export const session = 1;\n",
      "src/auth/legacy.ts": "export const legacy = 1;\n",
      "src/billing/pay.ts": "export const pay = 1;\n",
      "README.md": "# Shop\n",
    },
    message: "Start\n",
  });
  repository.switchTo("feature");
  const head = repository.commit({
    files: { "src/auth/session.ts": "export const session = 2;\n", "src/auth/legacy.ts": "export const legacy = 2;\n" },
    message: "Renew sessions\n",
    author: "Dev One <dev1@example.com>",
  });
  repository.switchTo("main");
  repository.checkOut("main");
  return { repository, path: repository.path, head };
}

import type { GitHub } from "../github/github.ts";
import type { PullHandle } from "../github/pull.ts";
import type { RepositoryHandle } from "../github/repository.ts";

/** A repository with an owned area, and a pull request that an agent helped with, which touches it. */
export interface Scene {
  repository: RepositoryHandle;
  pull: PullHandle;
}

export interface SceneRequest {
  policy?: string;
  codeowners?: string;
  /** What the pull request changes. */
  files?: Readonly<Record<string, string>>;
  author?: string;
  message?: string;
  draft?: boolean;
  isPrivate?: boolean;
}

/** The rule that journeys are about: an agent's work on a sensitive path needs the path's owner. */
export const policyText = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"] }
  billing: { paths: ["src/billing/**"] }
policy_owners: { users: [petra] }
break_glass: { who: { users: [bea] }, max_age: 4h }
rules:
  - id: owner
    when: { ai: true, area: [auth, billing] }
    require: { owner_approval: { per: area } }
`;

/** Who owns what in a scene. Ann has auth, the team of payments has billing. */
export const codeownersText = "/src/auth/ @ann\n/src/billing/ @octo/payments\n";

/** What a commit says that an agent helped with. */
export const helped = "Refunds\n\nAssisted-by: claude-code:claude-opus-4-5\n";

/** Who can push in a scene. Rita can only read. */
const writers = ["mona", "ann", "bob", "cleo", "petra", "bea"];

let serial = 0;

/** Sets a scene up under a name of its own. Nobody has heard of it yet. */
export function setScene(github: GitHub, request: SceneRequest = {}): Scene {
  const { policy = policyText, codeowners = codeownersText, author = "mona", message = helped } = request;
  const files = {
    ...{ ".github/countersign.yml": policy, CODEOWNERS: codeowners },
    ...{ "src/auth/login.ts": "1\n", "src/billing/pay.ts": "1\n", "src/other.ts": "1\n" },
  };
  serial += 1;
  const { isPrivate = true } = request;
  const repository = github.repository(`octo/orders-${serial}`, { isPrivate, writers, files });
  repository.collaborator("rita", "read");
  github.team("octo/payments", { members: ["cleo"], may: { [repository.fullName]: "write" } });
  const changed = request.files ?? { "src/auth/login.ts": "2\n" };
  repository.push("refunds", { files: changed, message }, author);
  const pull = repository.pullRequest({ head: "refunds", author, draft: request.draft ?? false, title: "Refunds" });
  return { repository, pull };
}

import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Reason } from "../decision.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { listed, shortSha } from "../recipes.ts";
import type { Outcome, Requirement } from "../requirement.ts";
import { worded } from "../wording.ts";

const schema = worded(z.literal("verified"), {
  says: "`verified`: the platform has verified the signature of every commit that touches the rule's files.",
  expects: "`verified`",
  example: "verified",
});

/** Asks for commits whose signature the platform has verified. */
export const signatures: Requirement<"verified", "verified"> = {
  schema,
  facts: ["change", "signatures", "files.commits"],
  resolve: (written) => written,
  compare: () => [],
  check: (_verified, scope) => {
    const read = scope.change.subject.signatures;
    if (read.state === "absent") return unknown(`signatures are not known: ${inertText(read.reason)}`);
    const byCommit = Map.groupBy(read.value, ({ commit }) => commit);
    const signed = scope.commits.map(({ commit }) => ({ sha: commit.sha, found: byCommit.get(commit.sha) ?? [] }));
    const unsigned = signed.filter(({ found }) => found.some(({ verified }) => !verified));
    const unread = signed.filter(({ found }) => found.length === 0);
    if (unsigned.length > 0) {
      const reasons = unsigned.map(({ sha, found }): Reason => {
        const why = found
          .filter(({ verified }) => !verified)
          .map(({ reason }) => inertText(reason, { maxGraphemes: 60 }));
        return { says: `commit ${shortSha(sha)}: ${listed(why)}`, state: "no", fix: null, reasons: [] };
      });
      const fix =
        "Sign these commits (`git rebase --exec 'git commit --amend --no-edit -S'`) with a key that the platform knows.";
      return missed(`commits without a verified signature: ${unsigned.length}`, fix, few(reasons));
    }
    if (unread.length > 0)
      return unknown(`signatures are not known of ${listed(unread.map(({ sha }) => `commit ${shortSha(sha)}`))}`);
    return satisfied(`every commit has a verified signature: ${signed.length}`);
  },
};

function unknown(says: string): Outcome {
  const fix = "Run it for a pull request, with `pull-requests: read`: only the platform knows whose key it is.";
  return { state: "undecided", reason: { says, state: "unknown", fix, reasons: [] } };
}

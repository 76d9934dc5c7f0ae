import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdicts, type Verdict } from "../../../core/change/authorship.ts";
import { absent, present } from "../../../core/evidence.ts";
import type { Attribution } from "../../../core/provenance/attribution/attribution.ts";
import { changeProvenance, type ProvenanceInput } from "../../../core/provenance/change-provenance.ts";
import { commitProvenance } from "../../../core/provenance/commit-provenance.ts";
import type { EarlierVerdict, Ruling } from "../../../core/provenance/provenance.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const unread = absent("not read");

/** Marks of every class, each of which counts alone. */
const marks = [
  "Co-authored-by: Claude Opus 4.5 <noreply@anthropic.com>",
  "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>",
  "Co-developed-by: Cursor Agent <cursoragent@cursor.com>",
  "Assisted-by: Crush:glm-5.2",
  "Assisted-by: Claude Sonnet 4.6 via GitHub Copilot",
  "Generated-by: codex:gpt-5.3-codex",
  "Claude-Session: https://claude.ai/code/session_0123456789abcdef01234567",
  "Amp-Thread-ID: https://ampcode.com/threads/T-0b9f6f0e",
  "AI-Session: 01JD8Z6Q5R",
  "AI-Model: claude-opus-4-5",
  "AI-Assisted: yes",
  "Entire-Checkpoint: a1b2c3d4e5f6",
  "Signed-off-by: Claude <noreply@anthropic.com>",
  "Made-with: Cursor",
  "Replit-Commit-Author: Agent",
];

/** What people and tools do to messages, none of which may hide a mark. */
const changes: Record<string, (lines: readonly string[]) => string> = {
  "as it is": (lines) => message("Fix", lines),
  "in capitals": (lines) => message("Fix", lines.map(recased((text) => text.toUpperCase()))),
  "in small letters": (lines) => message("Fix", lines.map(recased((text) => text.toLowerCase()))),
  "the other way round": (lines) => message("Fix", lines.toReversed()),
  "indented by a squash": (lines) =>
    message(
      "Squash",
      lines.map((line) => `    ${line}`),
    ),
  "before a later paragraph": (lines) => message("Fix", [...lines, "", "And more."]),
  "below a divider": (lines) => message("Fix", ["", "---", "", ...lines, "", "1 file changed"]),
  "above GitHub's co-authors": (lines) =>
    message("Fix (#1)", ["* a", "", ...lines, "", "---------", "", "Co-authored-by: Bob <bob@example.com>"]),
  "below the scissors": (lines) => message("Fix", ["# ------------------------ >8 ------------------------", ...lines]),
  "in comments": (lines) =>
    message(
      "Fix",
      lines.map((line) => `# ${line}`),
    ),
  "in a list": (lines) =>
    message(
      "Fix",
      lines.map((line) => `- ${line}`),
    ),
  "indented far": (lines) =>
    message(
      "Fix",
      lines.map((line) => `${" ".repeat(40)}${line}`),
    ),
  "indented by blanks that are none": (lines) =>
    message(
      "Fix",
      lines.map((line) => `\u00a0${line}`),
    ),
  "in a numbered list": (lines) =>
    message(
      "Fix",
      lines.map((line) => `1. ${line}`),
    ),
  "behind bullets": (lines) =>
    message(
      "Fix",
      lines.map((line) => `• ${line}`),
    ),
  "as comments of code": (lines) =>
    message(
      "Fix",
      lines.map((line) => `// ${line}`),
    ),
  "as comments of HTML": (lines) =>
    message(
      "Fix",
      lines.map((line) => `<!-- ${line} -->`),
    ),
  "in brackets": (lines) =>
    message(
      "Fix",
      lines.map((line) => `(${line})`),
    ),
  "in quotation marks": (lines) =>
    message(
      "Fix",
      lines.map((line) => `"${line}"`),
    ),
  emphasised: (lines) =>
    message(
      "Fix",
      lines.map((line) => `**${line.replace(":", "**:")}`),
    ),
  "with full-width colons": (lines) =>
    message(
      "Fix",
      lines.map((line) => line.replace(":", "：")),
    ),
  quoted: (lines) =>
    message(
      "Fix",
      lines.map((line) => `> ${line}`),
    ),
  "with Windows line ends": (lines) => message("Fix", lines).replaceAll("\n", "\r\n"),
  "with Cyrillic letters": (lines) =>
    message(
      "Fix",
      lines.map((line) => line.replaceAll("e", "е").replaceAll("a", "а")),
    ),
  "with full-width keys": (lines) =>
    message(
      "Fix",
      lines.map((line) => String.fromCharCode(line.charCodeAt(0) + 0xfee0) + line.slice(1)),
    ),
  "with invisible letters": (lines) =>
    message(
      "Fix",
      lines.map((line) => `${line[0]}\u200b${line.slice(1)}`),
    ),
  "with underscores": (lines) => message("Fix", lines.map(recased((text) => text.replaceAll("-", "_")))),
  "beside a stray line": (lines) => message("Fix", ["Fixes #12", ...lines]),
  "beside a denial": (lines) => message("Fix", [...lines, "AI-Assisted: no"]),
};

function message(subject: string, lines: readonly string[]): string {
  return `${subject}\n\n${lines.join("\n")}\n`;
}

function recased(change: (text: string) => string): (line: string) => string {
  return (line) => {
    const colon = line.indexOf(":");
    return change(line.slice(0, colon)) + line.slice(colon);
  };
}

function verdictOf(text: string): Verdict {
  return commitProvenance({ sha: sampleSha("c"), author: ann, committer: ann, message: text }, []).verdict;
}

function strength(verdict: Verdict): number {
  return -verdicts.indexOf(verdict);
}

describe("faults row 42: what is done to a message hides no mark", () => {
  test.each(Object.keys(changes))("%s", (name) => {
    for (const mark of marks) {
      const before = verdictOf(message("Fix", [mark]));
      expect(before, mark).not.toBe("undeclared");
      expect(strength(verdictOf(changes[name]?.([mark]) ?? "")), mark).toBeGreaterThanOrEqual(strength(before));
    }
  });

  test("nor to several, one after the other", () => {
    const some = fc.uniqueArray(fc.constantFrom(...marks), { minLength: 1, maxLength: 4 });
    const change = fc.constantFrom(...Object.values(changes));
    fc.assert(
      fc.property(some, change, (lines, apply) => {
        expect(strength(verdictOf(apply(lines)))).toBeGreaterThanOrEqual(strength(verdictOf(message("Fix", lines))));
      }),
    );
  });
});

const shas = ["a", "b", "c"].map(sampleSha);
const sha = fc.constantFrom(...shas, sampleSha("gone"));
const verdict = fc.constantFrom(...verdicts);
const bodies = [...marks, "AI-Assisted: no", "Reviewed-by: Bob <bob@example.com>", `AI-Declares: ${sampleSha("a")}`];
const history = fc.array(fc.subarray(bodies, { maxLength: 3 }), { minLength: 3, maxLength: 3 }).map((all) =>
  all.map((lines, index) => {
    return { sha: shas[index] ?? "", author: ann, committer: ann, message: message("Fix", lines) };
  }),
);
const branch = fc.constantFrom("main", "codex/x").map(present);
const earlier: fc.Arbitrary<EarlierVerdict[]> = fc.array(
  fc.record({ commit: sha, verdict, agent: fc.constantFrom("codex", null), model: fc.constant(null) }),
  { maxLength: 3 },
);
const attributions: fc.Arbitrary<Attribution[]> = fc.array(
  fc.record({
    commit: sha,
    source: fc.constantFrom("git-ai" as const, "whogitit" as const),
    place: fc.constant("refs/notes/ai"),
    strength: fc.constantFrom("claim" as const, "attested" as const),
    files: fc.constant([]),
    totals: fc.record({
      aiLines: fc.constantFrom(0, 3),
      humanLines: fc.constantFrom(0, 3),
      agent: fc.constantFrom("cursor", null),
      model: fc.constant(null),
      session: fc.constant(null),
    }),
    unread: fc.constant([]),
  }),
  { maxLength: 3 },
);

function verdictsOf(input: Omit<ProvenanceInput, "pullRequest">): Verdict[] {
  const addedLinesByCommit = new Map(shas.map((commit) => [commit, 3]));
  const provenance = changeProvenance({ ...input, pullRequest: unread, addedLinesByCommit });
  return provenance.commits.map((commit) => commit.verdict);
}

function raises(before: Verdict[], after: Verdict[]): boolean {
  return after.every((found, index) => strength(found) >= strength(before[index] ?? "undeclared"));
}

describe("what stands beside a change only raises it", () => {
  test("earlier verdicts, and records", () => {
    fc.assert(
      fc.property(history, branch, earlier, attributions, (commits, from, showed, recorded) => {
        const plain = verdictsOf({ commits, branch: from });
        const remembered = verdictsOf({ commits, branch: from, earlier: present(showed) });
        const noted = verdictsOf({ commits, branch: from, attributions: present(recorded) });
        const both = verdictsOf({ commits, branch: from, earlier: present(showed), attributions: present(recorded) });
        expect([raises(plain, remembered), raises(plain, noted)]).toEqual([true, true]);
        expect(raises(noted, both)).toBe(true);
        // A record may show which commit has what a gone one showed; then the change is not raised for it.
        const allHere = showed.every(({ commit }) => shas.includes(commit));
        if (allHere) expect(raises(remembered, both)).toBe(true);
      }),
    );
  });

  test("a later commit, whatever it declares", () => {
    fc.assert(
      fc.property(history, fc.subarray(bodies), (commits, lines) => {
        const later = { sha: sampleSha("later"), author: ann, committer: ann, message: message("More", lines) };
        const after = verdictsOf({ commits: [...commits, later], branch: unread });
        expect(raises(verdictsOf({ commits, branch: unread }), after.slice(0, -1))).toBe(true);
      }),
    );
  });

  const dates = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z"];
  const ofTools: readonly Verdict[] = ["agent-authored", "agent-assisted", "suggestion"];
  test.each([
    { says: "dates known", datesOf: (at: number) => ({ authoredAt: dates[at] ?? "" }) },
    { says: "dates unknown", datesOf: () => ({}) },
  ])("however its history is rewritten, as many commits show a tool's part as once did: $says", ({ datesOf }) => {
    fc.assert(
      fc.property(history, history, branch, (before, rewritten, from) => {
        const read = changeProvenance({ commits: before, branch: from, pullRequest: unread });
        const showed = read.commits.map(({ sha: commit, verdict: found, agent, model }, at) => {
          return { commit, verdict: found, agent, model, ...datesOf(at) };
        });
        const others = rewritten.map((commit, at) => ({ ...commit, sha: sampleSha(`${commit.sha}'`), ...datesOf(at) }));
        const after = verdictsOf({ commits: others, branch: unread, earlier: present(showed) });
        for (const tool of ofTools) {
          const atLeast = (found: Verdict) => strength(found) >= strength(tool);
          const once = showed.filter((each) => atLeast(each.verdict)).length;
          expect(after.filter(atLeast).length).toBeGreaterThanOrEqual(once);
        }
      }),
    );
  });

  test("a commit that is rewritten keeps its verdict, or the whole change has it", () => {
    fc.assert(
      fc.property(history, history, (before, rewritten) => {
        const read = changeProvenance({ commits: before, branch: unread, pullRequest: unread });
        const dated = (at: number) => ({ authoredAt: `2026-01-0${at + 1}T00:00:00Z` });
        const showed = read.commits.map(({ sha: commit, verdict: found, agent, model }, at) => {
          return { commit, verdict: found, agent, model, ...dated(at) };
        });
        const others = rewritten.map((commit, at) => ({ ...commit, sha: sampleSha(`${commit.sha}'`), ...dated(at) }));
        const after = verdictsOf({ commits: others, branch: unread, earlier: present(showed) });
        const tools = showed.map((each) => (ofTools.includes(each.verdict) ? each.verdict : "undeclared"));
        expect(raises(tools, after)).toBe(true);
      }),
    );
  });
});

describe("only a person's ruling lowers", () => {
  const ruled = (commit: string, found: Verdict): Ruling => {
    return { commit, verdict: found, by: "ann", reason: "seen", at: "2026-01-01T00:00:00Z" };
  };

  test("the commit it is bound to, and no other", () => {
    fc.assert(
      fc.property(
        history,
        branch,
        earlier,
        attributions,
        sha,
        verdict,
        (commits, from, showed, recorded, bound, to) => {
          const input = { commits, branch: from, earlier: present(showed), attributions: present(recorded) };
          const plain = verdictsOf(input);
          const after = verdictsOf({ ...input, rulings: present([ruled(bound, to)]) });
          expect(after).toEqual(plain.map((found, index) => (shas[index] === bound ? to : found)));
        },
      ),
    );
  });
});

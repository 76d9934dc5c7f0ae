import { expect, test } from "vitest";
import { answerFacts } from "../../../core/policy/answer-events.ts";
import type { ChangeEvent } from "../../../core/policy/change-events.ts";
import type { Subject } from "../../../core/policy/index.ts";
import { subjectOf } from "../../../core/review-change.ts";
import { askFor, liesIn, users } from "../../ownership-facts.ts";
import { factsOf } from "../trial/try-cases.ts";

/** The table of facts, held to what happens to a subject when something happens to a played pull request. */

const opened = [
  "change: { author: dev, branch: topic, labels: [old], files: [{ path: src/auth/a.ts }, { path: b.ts }] }",
  "teams: { core: [ann] }",
  "reviews: [{ user: ann, state: approved }]",
].join("\n");

test.each<{ played: string; as: readonly ChangeEvent[]; changes: readonly string[] }>([
  {
    played: "push: { files: [{ path: src/auth/a.ts }, { path: c.ts }], commits: [{ verdict: agent-assisted }] }",
    as: ["synchronize"],
    changes: ["change", "change.head", "provenance", "authorship", "approvals", "files", "files.file"],
  },
  // Onto a base that has moved.
  { played: "rebase: true", as: ["synchronize", "base_push"], changes: ["change", "change.head", "provenance"] },
  { played: "label: ai-assisted", as: ["labeled"], changes: ["labels", "pullRequest", "provenance"] },
  { played: "unlabel: old", as: ["unlabeled"], changes: ["labels", "pullRequest"] },
  { played: "draft: true", as: ["converted_to_draft"], changes: ["pullRequest.draft"] },
  { played: "retarget: release", as: ["edited"], changes: ["change.base", "approvals"] },
  { played: "dismiss: ann", as: ["review"], changes: ["approvals"] },
  { played: "review: { user: ann, state: changes_requested }", as: ["review"], changes: ["approvals"] },
  { played: "leave: { team: core, user: ann }", as: ["membership"], changes: ["approvals"] },
  { played: "override: { by: ann, reason: x }", as: ["override"], changes: ["overrides"] },
])("$as, by $played", ({ played, as, changes }) => {
  // Every step takes a minute, and that is another fact.
  const before = valuesOf(subjectOf(factsOf(opened)).subject);
  const after = valuesOf(subjectOf(factsOf(`${opened}\nevents: [{ ${played} }]`)).subject);
  const others = [...after].filter(([name, value]) => before.get(name) !== value).map(([name]) => name);
  const declared = Object.entries(answerFacts).flatMap(([name, { events }]) =>
    events.some((event) => as.includes(event)) ? [name] : [],
  );
  expect(others.filter((name) => name !== "asOf" && !declared.includes(name))).toEqual([]);
  expect(others).toEqual(expect.arrayContaining([...changes]));
});

/** Each fact of the table as a text, a whole with all its fields. */
function valuesOf(subject: Subject): Map<string, string> {
  const { approvals } = subject;
  const asked = [users("ann"), { users: [], teams: ["core"] }].map((owners) =>
    approvals.of(askFor({ owners, belongs: liesIn("src/auth/") })),
  );
  const plain = { ...subject, approvals: asked, authorship: [...subject.authorship.files] };
  return new Map(Object.keys(answerFacts).map((name) => [name, JSON.stringify(valueAt(plain, name))]));
}

function valueAt(plain: object, name: string): unknown {
  const [key = "", field] = name.split(".");
  const whole: unknown = Object.entries(plain).find(([other]) => other === key)?.[1];
  const at = (value: unknown): unknown =>
    typeof value === "object" && value !== null ? Object.entries(value).find(([other]) => other === field)?.[1] : null;
  if (field === undefined) return whole;
  if (key === "pullRequest") return at(Object.entries(whole ?? {}).find(([other]) => other === "value")?.[1]);
  return Array.isArray(whole) ? whole.map(at) : at(whole);
}

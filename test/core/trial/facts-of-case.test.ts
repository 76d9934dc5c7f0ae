import { describe, expect, test } from "vitest";
import { parseFacts, writeFacts } from "../../../core/facts-file.ts";
import { reviewChange } from "../../../core/review-change.ts";
import { factsOf, resultsOf, tryCases } from "./try-cases.ts";

test("facts of a case are facts: the reader of facts files takes them", () => {
  const facts = factsOf(
    "change: { files: [{ path: a.ts, additions: 7, deletions: 3 }, { path: b.ts, status: added }] }",
  );
  expect(parseFacts(writeFacts(facts), "facts.json")).toEqual(facts);
});

test("the same case gives the same facts", () => {
  const yaml = "change: { author: dev1 }\nreviews: [{ user: ann, state: approved }]\npush: { files: [{ path: x.ts }] }";
  expect(writeFacts(factsOf(yaml))).toBe(writeFacts(factsOf(yaml)));
});

describe("a commit is taken for what its case says", () => {
  test.each(["agent-authored", "agent-assisted", "suggestion", "automation", "human", "undeclared"])(
    "%s",
    (verdict) => {
      const review = reviewChange(
        factsOf(`change: { files: [{ path: a.ts, additions: 4 }], commits: [{ verdict: ${verdict} }] }`),
      );
      expect(review.provenance.commits.map((commit) => commit.verdict)).toEqual([verdict]);
      expect(review.change.files[0]?.linesByVerdict).toMatchObject({ [verdict]: 4 });
    },
  );
});

describe("lines go to the commits that brought them", () => {
  test.each([
    {
      says: "commits without files of their own share them",
      change: "{ files: [{ path: a.ts, additions: 5 }], commits: [{ verdict: agent-assisted }, { verdict: human }] }",
      lines: { "a.ts": { "agent-assisted": 3, human: 2 } },
    },
    {
      says: "a commit brings only its files",
      change:
        "{ files: [{ path: a.ts, additions: 5 }, { path: b.ts, additions: 2, deletions: 9 }], commits: [{ verdict: agent-assisted, files: [b.ts] }, { verdict: human, files: [a.ts] }] }",
      lines: { "a.ts": { "agent-assisted": 0, human: 5 }, "b.ts": { "agent-assisted": 2, human: 0 } },
    },
    {
      says: "a file may name its commit",
      change:
        "{ files: [{ path: a.ts, additions: 5, commit: 2 }], commits: [{ verdict: agent-assisted }, { verdict: human }] }",
      lines: { "a.ts": { "agent-assisted": 0, human: 5 } },
    },
  ])("$says", ({ change, lines }) => {
    const { files } = reviewChange(factsOf(`change: ${change}`)).change;
    const found = Object.fromEntries(files.map(({ path, linesByVerdict }) => [path, linesByVerdict]));
    expect(found).toMatchObject(lines);
  });
});

describe("files are what git would show", () => {
  test.each([
    { file: "{ path: a.ts }", is: { status: "modified", addedLines: 1, deletedLines: 0 } },
    { file: "{ path: a.ts, status: added, additions: 3 }", is: { status: "added", oldBlob: null, oldMode: null } },
    {
      file: "{ path: a.ts, status: deleted }",
      is: { status: "deleted", newBlob: null, addedLines: 0, deletedLines: 1 },
    },
    { file: "{ path: a.ts, previous_path: b.ts }", is: { status: "renamed", previousPath: "b.ts" } },
    {
      file: "{ path: a, kind: symlink, target: ../b }",
      is: { newMode: "120000", symlinkTarget: "../b", addedLines: 0 },
    },
    { file: "{ path: a, kind: submodule }", is: { newMode: "160000" } },
    { file: '{ path: a.sh, old_mode: "100644", mode: "100755" }', is: { oldMode: "100644", newMode: "100755" } },
  ])("$file", ({ file, is }) => {
    expect(factsOf(`change: { files: [${file}] }`).change.files).toMatchObject([is]);
  });
});

describe("a push", () => {
  const blobs = (yaml: string) => {
    const facts = factsOf(`reviews: [{ user: ann, state: approved, commit: opened }]\n${yaml}`);
    const seen = facts.reviewedTrees[0]?.files ?? [];
    return { facts, before: seen.map(({ newBlob }) => newBlob), now: facts.change.files.map(({ newBlob }) => newBlob) };
  };

  test("to a file gives it another content and more lines", () => {
    const { facts, before, now } = blobs(
      "change: { files: [{ path: a.ts, additions: 2 }] }\npush: { files: [{ path: a.ts, additions: 3 }] }",
    );
    expect(now).not.toEqual(before);
    expect(facts.change.files).toMatchObject([{ addedLines: 5, hunks: [{ oldLines: 0, newStart: 1, newLines: 5 }] }]);
    expect(facts.change.commits).toHaveLength(2);
    expect(facts.change.head.sha).toBe(facts.change.commits[1]?.sha);
  });

  test("elsewhere leaves the file what it was", () => {
    const { before, now } = blobs("change: { files: [{ path: a.ts }] }\npush: { files: [{ path: b.ts }] }");
    expect(now).toHaveLength(2);
    expect(now[0]).toBe(before[0]);
  });

  test("of the same content is the same blob", () => {
    const { before, now } = blobs(
      "change: { files: [{ path: a.ts, content: as it was }] }\nevents: [{ push: { files: [{ path: a.ts }] } }, { push: { files: [{ path: a.ts, content: as it was }] } }]",
    );
    expect(now).toEqual(before);
  });

  test("may take a file away that the change brought", () => {
    const { facts } = blobs(
      "change: { files: [{ path: a.ts }, { path: b.ts, status: added }] }\npush: { files: [{ path: b.ts, status: deleted }] }",
    );
    expect(facts.change.files.map(({ path }) => path)).toEqual(["a.ts"]);
  });

  test("may rename a file of the change", () => {
    const { facts } = blobs(
      "change: { files: [{ path: a.ts }] }\npush: { files: [{ path: b.ts, previous_path: a.ts }] }",
    );
    expect(facts.change.files).toMatchObject([{ path: "b.ts", previousPath: "a.ts", status: "renamed" }]);
  });
});

test("a rebase makes every commit anew and leaves every file", () => {
  const yaml = "change: { files: [{ path: a.ts }], commits: [{}, {}] }\nreviews: [{ user: ann, state: approved }]";
  const before = factsOf(yaml);
  const after = factsOf(`${yaml}\nevents: [{ rebase: true }]`);
  const shas = ({ change }: typeof before) => [change.mergeBase, ...change.commits.map(({ sha }) => sha)];
  expect(shas(after).some((sha) => shas(before).includes(sha))).toBe(false);
  expect(after.change.files).toEqual(before.change.files);
  expect(after.reviewedTrees).toEqual(before.reviewedTrees);
});

describe("what was looked at", () => {
  test.each([
    { commit: "opened", at: 0 },
    { commit: "1st push", at: 1 },
    { commit: "2nd push", at: 2 },
    { commit: "head", at: 2 },
  ])("$commit", ({ commit, at }) => {
    const facts = factsOf(
      `events: [{ push: {} }, { push: {} }, { review: { user: ann, state: approved, commit: ${commit} } }]`,
    );
    expect(facts.reviews).toMatchObject({ value: [{ commit: facts.change.commits[at]?.sha }] });
  });

  test("a commit that is gone has no tree", () => {
    const facts = factsOf("reviews: [{ user: ann, state: approved, commit: gone }]");
    expect(facts.reviews).toMatchObject({ value: [{ commit: null }] });
    expect(facts.reviewedTrees).toEqual([]);
  });
});

describe("coverage comes out as it is written", () => {
  const change =
    "change: { files: [{ path: a.ts, status: added, additions: 40 }], commits: [{ verdict: agent-assisted }] }";

  test("per file", () => {
    const { coverage } = reviewChange(
      factsOf(`${change}\ncoverage: { files: { a.ts: { lines: 30/40, branches: 3/5 } } }`),
    );
    expect(coverage.patch).toMatchObject({
      value: { lines: { covered: 30, total: 40 }, branches: { covered: 3, total: 5 } },
    });
    expect(coverage.byVerdict["agent-assisted"].lines).toEqual({ covered: 30, total: 40 });
    expect(coverage.project.delta.state).toBe("absent");
  });

  test.each([-25, -0.5, -0.12, 0, 0.3, 12])("a project delta of %d", (delta) => {
    const { coverage } = reviewChange(
      factsOf(`${change}\ncoverage: { files: { a.ts: { lines: 11/40 } }, project_delta: ${delta} }`),
    );
    const found = coverage.project.delta.state === "present" ? coverage.project.delta.value.lines : null;
    expect((found ?? NaN) * 100).toBeCloseTo(delta, 9);
  });

  test("none is absent", () => {
    expect(reviewChange(factsOf(`${change}\ncoverage: none`)).coverage.patch.state).toBe("absent");
  });
});

test("what was not read is absent, with the case as its reason", () => {
  const facts = factsOf("unread: [reviews, people, checks, signatures, statements, overrides]");
  for (const key of ["reviews", "people", "checks", "signatures", "statements", "overrides"] as const)
    expect(facts[key]).toMatchObject({ state: "absent", reason: expect.stringContaining("the case says") as string });
});

test("everybody that the case names may push, unless it says who may", () => {
  const yaml =
    "change: { author: dev1 }\ncodeowners: '* @zoe @acme/x'\nteams: { x: [ann] }\nreviews: [{ user: bo, state: approved }]";
  const writers = (text: string) => {
    const { people } = factsOf(text);
    return people.state === "present"
      ? people.value.writers.filter(({ canPush }) => canPush).map(({ login }) => login)
      : [];
  };
  expect(writers(yaml)).toEqual(["ann", "bo", "dev1", "zoe"]);
  expect(writers(`${yaml}\nwriters: [ANN]`)).toEqual(["ANN"]);
});

test.each([
  { says: "a case that names who can push says that nobody else can", text: "writers: [ann]", is: true },
  { says: "a case that does not, says nothing of others", text: "", is: undefined },
])("$says", ({ text, is }) => {
  const { people } = factsOf(text);
  expect(people.state === "present" && people.value.everyWriter).toBe(is);
});

test("time passes a minute a step, and up to a date", () => {
  expect(factsOf("as_of: '2026-03-01'").asOf).toBe("2026-03-01T00:00:00Z");
  expect(factsOf("as_of: '2026-03-01'\nevents: [{ push: {} }, { label: x }]").asOf).toBe("2026-03-01T00:02:00Z");
  expect(factsOf("as_of: '2026-03-01'\nevents: [{ push: {} }, { date: '2026-04-01' }]").asOf).toBe(
    "2026-04-01T00:00:00Z",
  );
});

describe("what cannot have happened is a mistake with its place", () => {
  test.each([
    {
      says: "a push that never was",
      yaml: "reviews: [{ user: ann, state: approved, commit: 1st push }]",
      problem: "gate.test.yml:4:53 CT004 cases[0].reviews[0].commit: there is no 1st push by then: 0 in all.",
    },
    {
      says: "a dismissal of nobody's review",
      yaml: "events: [{ dismiss: ann }]",
      problem: 'gate.test.yml:4:25 CT004 cases[0].events[0].dismiss: "ann" has not reviewed by then.',
    },
    {
      says: "a commit that there is not",
      yaml: "change: { files: [{ path: a.ts, commit: 2 }] }",
      problem: "gate.test.yml:4:45 CT004 cases[0].change.files[0].commit: there is no commit 2: 1 in all.",
    },
    {
      says: "a file that no commit touches",
      yaml: "change: { files: [{ path: a.ts }, { path: b.ts }], commits: [{ files: [b.ts] }] }",
      problem: 'gate.test.yml:4:23 CT004 cases[0].change.files[0]: no commit touches "a.ts": each names other files.',
    },
    {
      says: "a commit of files that are not changed",
      yaml: "change: { files: [{ path: b.ts }], commits: [{}, { files: [c.ts] }] }",
      problem:
        'gate.test.yml:4:64 CT004 cases[0].change.commits[1].files[0]: "c.ts" is not among the files beside these commits.',
    },
    {
      says: "more lines that can run than there are",
      yaml: "change: { files: [{ path: a.ts, additions: 3 }] }\n    coverage: { files: { a.ts: { lines: 4/4 } } }",
      problem:
        "gate.test.yml:5:41 CT005 cases[0].coverage.files.a.ts.lines: 4 lines can run, and the change adds only 3.",
    },
    {
      says: "coverage of a file that is not changed",
      yaml: "coverage: { files: { z.ts: { lines: 4/4 } } }",
      problem: 'gate.test.yml:4:26 CT004 cases[0].coverage.files.z.ts: "z.ts" is not a file of the change.',
    },
    {
      says: "a finding of no lint rule",
      yaml: "findings: [{ rule: secret-litteral }]",
      problem:
        'gate.test.yml:4:24 CT006 cases[0].findings[0].rule: there is no lint rule "secret-litteral". Did you mean `secret-literal`?',
    },
    {
      says: "a label taken away that is not there",
      yaml: "change: { labels: [hold] }\n    events: [{ unlabel: x }]",
      problem:
        'gate.test.yml:5:25 CT004 cases[0].events[0].unlabel: the pull request has no label "x" by then: it has "hold".',
    },
    {
      says: "somebody leaves a team that they are not in",
      yaml: "teams: { x: [ann] }\n    events: [{ leave: { team: x, user: bob } }]",
      problem: 'gate.test.yml:5:40 CT004 cases[0].events[0].leave.user: "bob" is not in the team "x" by then.',
    },
    {
      says: "an unknown team",
      yaml: "events: [{ join: { team: x, user: ann } }]",
      problem: 'gate.test.yml:4:30 CT004 cases[0].events[0].join.team: the case lists no members of a team "x".',
    },
    {
      says: "time that runs back",
      yaml: "events: [{ date: '2025-01-01' }]",
      problem: "gate.test.yml:4:22 CT005 cases[0].events[0].date: 2025-01-01 is before 2026-01-15T12:00:00Z",
    },
    {
      says: "an expectation of a rule that the policy has not",
      yaml: "policy-below",
      problem:
        'gate.test.yml:3:24 CT006 cases[0].expect.rules.nobody-commits-secrets: the policy has no rule "nobody-commits-secrets". Did you mean `nobody-commits-a-secret`?',
    },
  ])("$says", ({ yaml, problem }) => {
    const policy = "version: 1\nrules: [{ id: nobody-commits-a-secret, require: { secrets: none } }]\n";
    const rest =
      yaml === "policy-below"
        ? "    expect: { rules: { nobody-commits-secrets: { state: satisfied } } }"
        : `    expect: { decision: pass }\n    ${yaml}`;
    expect(tryCases(`cases:\n  - name: a\n${rest}\n`, policy)).toEqual([expect.stringContaining(problem)]);
  });
});

test("mistakes of the script do not hide those of expectations", () => {
  const cases =
    "cases:\n  - { name: a, events: [{ dismiss: x }], expect: { decision: pass } }\n  - { name: b, expect: { rules: { gone: { state: satisfied } } } }\n";
  const told = tryCases(cases, "version: 1\nrules: [{ id: nobody-commits-a-secret, require: { secrets: none } }]\n");
  expect(told).toEqual([expect.stringContaining(":2:36 CT004"), expect.stringContaining(":3:35 CT006")]);
});

describe("names compare without case", () => {
  test.each([
    { events: "[{ label: HOLD }]", labels: ["Hold"] },
    { events: "[{ unlabel: hold }]", labels: [] },
    { events: "[{ unlabel: HOLD }, { label: hold }]", labels: ["hold"] },
  ])("labels: $events", ({ events, labels }) => {
    const { pullRequest } = factsOf(`change: { labels: [Hold] }\nevents: ${events}`);
    expect(pullRequest).toMatchObject({ value: { labels } });
  });

  test("who is dismissed", () => {
    const { reviews } = factsOf("reviews: [{ user: Ann, state: approved }]\nevents: [{ dismiss: ann }]");
    expect(reviews).toMatchObject({ value: [{ state: "dismissed" }] });
  });

  test.each([
    { event: "join: { team: identity, user: bob }", members: ["Ann", "bob"] },
    { event: "join: { team: identity, user: ann }", members: ["Ann"] },
    { event: "leave: { team: IDENTITY, user: ann }", members: [] },
  ])("teams: $event", ({ event, members }) => {
    const { people } = factsOf(`teams: { Identity: [Ann] }\nevents: [{ ${event} }]`);
    expect(people).toMatchObject({ value: { teams: [{ members: { value: members } }] } });
  });
});

describe("a merge group has the pull request of its case as its only one", () => {
  const policy =
    "version: 1\nareas: { auth: { paths: [auth/**], owners: { users: [ann] } } }\nrules: [{ id: owned, when: { area: auth }, require: { owner_approval: {} } }]\n";
  test.each([
    { says: "not approved", rest: "", state: "waiting" },
    { says: "approved", rest: "reviews: [{ user: ann, state: approved }], ", state: "satisfied" },
    { says: "not read", rest: "reviews: [{ user: ann, state: approved }], unread: [reviews], ", state: "error" },
  ])("$says: $state", ({ rest, state }) => {
    const cases = `cases: [{ name: a, change: { event: merge_group, files: [{ path: auth/a.ts }] }, ${rest}expect: { decision: pass } }]\n`;
    const [result] = resultsOf(cases, policy);
    expect(result?.decision.rules.find(({ id }) => id === "owned")?.approvals[0]?.state).toBe(state);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import {
  factsAt,
  recordEvent,
  snapshotOf,
  type EventLog,
  type Happened,
  type PlatformEvent,
  type Snapshot,
} from "../../../core/ownership/events.ts";
import { sampleSha } from "../../builders.ts";
import { askFor, buildOwnershipFacts, buildReviews, teams, treeFile } from "../../ownership-facts.ts";

const start: Snapshot = {
  ...{ head: sampleSha("head0"), base: "main", retargetedAt: null, draft: false, overrides: [] },
  reviews: [],
  writers: ["ann", "bob", "dev"].map((login) => ({ login, canPush: true })),
  teams: [{ name: "acme/identity", members: ["ann"] }],
  trees: [{ commit: sampleSha("head0"), files: [treeFile("src/auth/login.ts")] }],
};
const paths = ["src/auth/login.ts", "src/auth/other.ts", "docs/a.md"];
const facts = buildOwnershipFacts({ files: paths, teams: { "acme/identity": ["ann"] } });
const request = askFor({ owners: teams("acme/identity") });

function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 21, 1, minute)).toISOString();
}

function happened(minute: number, what: Happened, id = `e${minute}`): PlatformEvent {
  return { id, at: at(minute), what };
}

function logOf(events: readonly PlatformEvent[]): EventLog {
  return events.reduce(recordEvent, []);
}

function stateAfter(events: readonly PlatformEvent[]): string {
  const snapshot = snapshotOf(logOf(events));
  return snapshot === null ? "unknown" : judgedAt(snapshot).state;
}

/** With the commits read at the head of the snapshot, as after a push. */
function judgedAt(snapshot: Snapshot) {
  const change = { ...facts.change, head: { ...facts.change.head, sha: snapshot.head } };
  return approvalsOf(factsAt({ ...facts, change }, snapshot)).of(request);
}

const review = (user: string, state: "approved" | "changes_requested" | "dismissed", id: string, commit = "head0") =>
  ({ kind: "review", review: buildReviews([{ user, state, id, commit, at: Number(id) }])[0]! }) as const;
const push = (name: string, ...files: string[]) =>
  ({ kind: "push", tree: { commit: sampleSha(name), files: files.map((path) => treeFile(path)) } }) as const;
const resync = happened(0, { kind: "resync", snapshot: start });

describe("what happens, one after the other", () => {
  test.each([
    { says: "nothing yet", events: [], is: "unknown" },
    {
      says: "an approval before anything was read",
      events: [happened(1, review("ann", "approved", "1"))],
      is: "unknown",
    },
    { says: "it was read", events: [resync], is: "waiting" },
    { says: "an approval", events: [resync, happened(1, review("ann", "approved", "1"))], is: "satisfied" },
    {
      says: "an approval, dismissed; delivered the other way round",
      events: [happened(2, review("ann", "dismissed", "1")), happened(1, review("ann", "approved", "1")), resync],
      is: "waiting",
    },
    {
      says: "a push into the area after the approval",
      events: [resync, happened(1, review("ann", "approved", "1")), happened(2, push("head1", "src/auth/other.ts"))],
      is: "stale",
    },
    {
      says: "a push elsewhere after the approval",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, push("head1", "src/auth/login.ts", "docs/a.md")),
      ],
      is: "satisfied",
    },
    {
      says: "the approver leaves the team",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, { kind: "membership", team: "acme/identity", login: "bob", member: true }),
        happened(3, { kind: "membership", team: "ACME/identity", login: "Ann", member: false }),
      ],
      is: "waiting",
    },
    {
      says: "a newcomer to the team approves",
      events: [
        ...[resync, happened(1, { kind: "membership", team: "acme/identity", login: "bob", member: true })],
        happened(2, review("bob", "approved", "1")),
      ],
      is: "satisfied",
    },
    {
      says: "the approver may no longer push",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, { kind: "membership", team: "acme/identity", login: "bob", member: true }),
        happened(3, { kind: "push-right", login: "ANN", canPush: false }),
      ],
      is: "waiting",
    },
    {
      says: "a push whose files were not read",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, { kind: "resync", snapshot: { ...start, head: sampleSha("unread") } }),
      ],
      is: "error",
    },
    {
      says: "a change of the base, whose files nobody has read yet",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, { kind: "retarget", base: "release" }),
      ],
      is: "error",
    },
    {
      says: "a change of the base after the approval, and a reading",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(3, {
          kind: "resync",
          snapshot: {
            ...start,
            base: "release",
            retargetedAt: at(2),
            reviews: [review("ann", "approved", "1").review],
          },
        }),
      ],
      is: "stale",
    },
    {
      says: "an event from before the last reading",
      events: [happened(9, { kind: "resync", snapshot: start }), happened(1, review("ann", "approved", "1"))],
      is: "waiting",
    },
  ])("$says: $is", ({ events, is }) => {
    expect(stateAfter(events)).toBe(is);
  });

  test.each([
    {
      says: "an approval in the second in which a reading began counts",
      events: [resync, { ...happened(0, review("ann", "approved", "1")), id: "0" }],
      is: "satisfied",
    },
    {
      says: "an approval that was dismissed in the same second does not come back by a late delivery",
      events: [
        happened(0, { kind: "resync", snapshot: { ...start, reviews: [review("ann", "dismissed", "1").review] } }),
        { ...happened(0, review("ann", "approved", "1")), id: "z" },
      ],
      is: "waiting",
    },
    {
      says: "an edited review is what it is now, at the instant of its submission",
      events: [
        ...[resync, happened(1, review("ann", "approved", "1"))],
        happened(2, review("ann", "changes_requested", "1")),
      ],
      is: "blocked",
    },
  ])("$says", ({ events, is }) => {
    expect(stateAfter(events)).toBe(is);
    expect(stateAfter(events.toReversed())).toBe(is);
  });

  test("after a push whose commits were not read, nobody is known not to have written it", () => {
    const events = [
      resync,
      happened(1, push("head1", "src/auth/login.ts")),
      happened(2, review("ann", "approved", "1", "head1")),
    ];
    const snapshot = snapshotOf(logOf(events))!;
    expect(judgedAt(snapshot).state).toBe("satisfied");
    expect(approvalsOf(factsAt(facts, snapshot)).of(request)).toMatchObject({
      state: "waiting",
      considered: [{ reason: "committers-not-read" }],
    });
  });

  test("a retarget, a draft and a use of break-glass stand in the snapshot", () => {
    const override = { id: "o", by: "ann", reason: "x", at: at(3), commit: sampleSha("head0") };
    const log = logOf([
      ...[resync, happened(1, { kind: "retarget", base: "release" }), happened(2, { kind: "draft", draft: true })],
      happened(3, { kind: "override", override }),
    ]);
    const after = { base: "release", retargetedAt: at(1), trees: [], draft: true, overrides: [override] };
    expect(snapshotOf(log)).toEqual({ ...start, ...after });
  });

  test("a snapshot is in order, whatever order it was read in, and an event puts its entry in its place", () => {
    const override = (id: string, by: string) => ({ id, by, reason: "x", at: at(1), commit: sampleSha("head0") });
    const tree = (commit: string, ...files: string[]) => ({ commit, files: files.map((path) => treeFile(path)) });
    const right = (login: string, canPush = true) => ({ login, canPush });
    const told = (id: string, state: "approved" | "changes_requested") => review("ann", state, id).review;
    const read: Snapshot = {
      ...start,
      reviews: [told("3", "approved"), told("1", "approved"), told("2", "approved")],
      writers: [right("Cat"), right("ann"), right("bob")],
      teams: [
        { name: "acme/Z", members: ["cat", "ann"] },
        { name: "acme/a", members: ["bob"] },
      ],
      overrides: [override("b", "ann"), override("a", "ann")],
      trees: [tree("c", "x"), tree("a", "x"), tree("b", "x")],
    };
    const inOrder: Snapshot = {
      ...start,
      reviews: [told("1", "approved"), told("2", "approved"), told("3", "approved")],
      writers: [right("ann"), right("bob"), right("Cat")],
      teams: [
        { name: "acme/a", members: ["bob"] },
        { name: "acme/Z", members: ["ann", "cat"] },
      ],
      overrides: [override("a", "ann"), override("b", "ann")],
      trees: [tree("a", "x"), tree("b", "x"), tree("c", "x")],
    };
    const reading = happened(0, { kind: "resync", snapshot: read });
    const after = (...what: Happened[]) =>
      snapshotOf(logOf([reading, ...what.map((one, index) => happened(index + 1, one))]));
    expect(after()).toEqual(inOrder);
    expect(after({ kind: "review", review: told("2", "changes_requested") })?.reviews).toEqual([
      ...[told("1", "approved"), told("2", "changes_requested"), told("3", "approved")],
    ]);
    expect(after({ kind: "push-right", login: "BOB", canPush: false })?.writers).toEqual([
      ...[right("ann"), right("BOB", false), right("Cat")],
    ]);
    expect(after({ kind: "override", override: override("a", "bob") })?.overrides).toEqual([
      ...[override("a", "bob"), override("b", "ann")],
    ]);
    expect(after({ kind: "push", tree: tree("b", "y") })).toEqual({
      ...{ ...inOrder, head: "b" },
      trees: [tree("a", "x"), tree("b", "y"), tree("c", "x")],
    });
    const joins = { kind: "membership", team: "acme/z", login: "bob" } as const;
    expect(after({ ...joins, member: true })?.teams[1]?.members).toEqual(["ann", "bob", "cat"]);
    expect(after({ ...joins, login: "CAT", member: true })?.teams[1]?.members).toEqual(["CAT", "ann"]);
    expect(after({ ...joins, login: "Cat", member: false })?.teams[1]?.members).toEqual(["ann"]);
  });

  test("a dismissed review stays so, and no other with it", () => {
    const events = [
      ...[resync, happened(1, review("ann", "dismissed", "1")), happened(2, review("ann", "approved", "1"))],
      happened(3, review("bob", "approved", "2")),
      happened(4, review("bob", "changes_requested", "2")),
    ];
    expect(snapshotOf(logOf(events))?.reviews).toEqual([
      ...[review("ann", "dismissed", "1").review, review("bob", "changes_requested", "2").review],
    ]);
  });

  test("a team that was never read is not made up", () => {
    const joins = happened(1, { kind: "membership", team: "acme/other", login: "bob", member: true });
    expect(snapshotOf(logOf([resync, joins]))).toEqual(start);
  });

  test("the log holds an event once", () => {
    const approval = happened(1, review("ann", "approved", "1"));
    expect(logOf([resync, approval, resync, approval])).toEqual([resync, approval]);
  });

  test("the log forgets what the last reading holds", () => {
    const events = [
      resync,
      happened(1, review("ann", "approved", "1")),
      happened(2, { kind: "resync", snapshot: start }),
    ];
    expect(logOf(events)).toHaveLength(1);
  });
});

describe("the facts with what the events say", () => {
  const snapshot: Snapshot = {
    ...start,
    draft: true,
    retargetedAt: at(1),
    reviews: [review("ann", "approved", "1").review],
  };

  test("are those of the last reading, with what people did since", () => {
    const known = facts.people.state === "present" ? facts.people.value : null;
    expect(factsAt(facts, snapshot)).toEqual({
      ...facts,
      change: { ...facts.change, head: { name: "topic", sha: start.head }, files: start.trees[0]?.files },
      pullRequest: present({ author: "dev", authorType: "User", agentRequesters: [], draft: true }),
      commitsOfFile: new Map(),
      ...{ retargetedAt: at(1), reviewedTrees: start.trees, reviews: present(snapshot.reviews) },
      people: present({
        ...known,
        writers: start.writers,
        teams: [{ name: "acme/identity", canPush: true, members: present(["ann"]), missing: false }],
      }),
    });
  });

  test("keep the commits of a file where they were read at this head", () => {
    const change = { ...facts.change, head: { ...facts.change.head, sha: start.head } };
    expect(factsAt({ ...facts, change }, snapshot).commitsOfFile).toEqual(facts.commitsOfFile);
  });

  test("say that a change is not whole, as the last reading did", () => {
    const change = { ...facts.change, incomplete: ["250 of 312 commits were read"] };
    expect(factsAt({ ...facts, change }, snapshot).change.incomplete).toEqual(change.incomplete);
  });

  test("say of a head whose files were not read that the change is not whole", () => {
    const { change } = factsAt(facts, { ...snapshot, head: "other" });
    expect([change.files, change.incomplete]).toEqual([[], ["the files at other were not read"]]);
  });

  test("keep a team that no event and no reading tells of", () => {
    const known = buildOwnershipFacts({ teams: { "acme/other": ["bob"], "ACME/identity": "unread" } });
    const { people } = factsAt(known, snapshot);
    expect(people.state === "present" ? people.value.teams.map(({ name, members }) => [name, members]) : null).toEqual([
      ["acme/other", present(["bob"])],
      ["ACME/identity", present(["ann"])],
    ]);
  });

  test("say nothing of people, or of the pull request, where they were not read", () => {
    const unread = buildOwnershipFacts({ writers: null, author: null });
    expect(factsAt(unread, snapshot)).toMatchObject({ people: unread.people, pullRequest: unread.pullRequest });
  });
});

const names = ["ann", "bob", "dev"];
const people = fc.constantFrom(...names);
const anything: fc.Arbitrary<Happened> = fc.oneof(
  fc
    .tuple(
      people,
      fc.constantFrom("approved" as const, "changes_requested" as const, "dismissed" as const),
      fc.integer({ min: 1, max: 4 }),
    )
    .chain(([user, state, id]) =>
      fc.constantFrom("head0", "head1").map((commit) => review(user, state, `${id}${names.indexOf(user)}`, commit)),
    ),
  fc.constantFrom(push("head1", "src/auth/other.ts"), push("head2", "src/auth/login.ts", "docs/a.md")),
  fc.record({
    kind: fc.constant("membership" as const),
    team: fc.constant("acme/identity"),
    login: people,
    member: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("push-right" as const), login: people, canPush: fc.boolean() }),
  fc.record({ kind: fc.constant("draft" as const), draft: fc.boolean() }),
  fc.record({ kind: fc.constant("retarget" as const), base: fc.constantFrom("main", "release") }),
  fc.tuple(people, fc.constantFrom("o1", "o2")).map(([by, id]) => ({
    kind: "override" as const,
    override: { id, by, reason: "x", at: at(1), commit: start.head },
  })),
);

/** A history: things happened, some in one minute; and the same events again, in any order, some more than once. */
const histories = fc
  .array(fc.tuple(anything, fc.boolean()), { minLength: 1, maxLength: 12 })
  .map((list) => {
    const minuteOf = (index: number) => list.slice(0, index + 1).filter(([, isLater]) => isLater).length;
    return [resync, ...list.map(([what], index) => happened(minuteOf(index), what, `e${index + 1}`))];
  })
  .chain((events) =>
    fc.record({
      events: fc.constant(events),
      shuffled: fc
        .tuple(fc.shuffledSubarray(events, { minLength: events.length }), fc.array(fc.constantFrom(...events)))
        .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
      delivered: fc.subarray(events),
    }),
  );

const seen = (log: EventLog) => {
  const snapshot = snapshotOf(log);
  return { snapshot, approval: snapshot === null ? null : judgedAt(snapshot) };
};

test("any order, and any number of deliveries, ends in the same state and the same approvals", () => {
  fc.assert(
    fc.property(histories, ({ events, shuffled }) => {
      expect(seen(logOf(shuffled))).toEqual(seen(logOf(events)));
    }),
  );
});

test("whatever was lost, a reading of everything makes good", () => {
  fc.assert(
    fc.property(histories, fc.boolean(), ({ events, delivered }, first) => {
      const whole = snapshotOf(logOf(events))!;
      const reading = happened(20, { kind: "resync", snapshot: whole }, "again");
      const log = logOf(first ? [reading, ...delivered] : [...delivered, reading]);
      expect(seen(log)).toEqual(seen(logOf(events)));
    }),
  );
});

test("what happens after the reading still counts", () => {
  fc.assert(
    fc.property(histories, fc.nat({ max: 12 }), ({ events }, cut) => {
      const before = events.slice(0, Math.min(cut, events.length - 1) + 1);
      const snapshot = snapshotOf(logOf(before))!;
      // What happened in the minute of the reading is in it, and is told after it again.
      const reading: PlatformEvent = { id: "z-reading", at: before.at(-1)!.at, what: { kind: "resync", snapshot } };
      const log = logOf([...events.slice(before.length), reading]);
      expect(seen(log)).toEqual(seen(logOf(events)));
    }),
  );
});

import { describe, expect, test } from "vitest";
import { type AuditEntry, type Store, StoreFault } from "../../../adapters/store/store.ts";
import { useEngines } from "./engines.ts";
import { at, delivery, effects, entry, mark, memo, verdict } from "./sample.ts";

const { all, databases } = useEngines();

/** One step after the other on an empty store, and what the last one answers. */
const rows: { says: string; run: (store: Store) => Promise<unknown>; answers: unknown }[] = [
  {
    says: "a delivery is stored once, and known when the same bytes come again",
    run: async ({ deliveries }) => [await deliveries.append(delivery("a")), await deliveries.append(delivery("a"))],
    answers: ["stored", "known"],
  },
  {
    says: "other bytes under a known id are not stored, and the audit table says so",
    run: async ({ deliveries, audit }) => {
      await deliveries.append(delivery("a"));
      const answer = await deliveries.append(delivery("a", { bodyHash: "other", body: "{}" }));
      const [claimed] = await deliveries.claim("me", 5, at(0), at(9));
      return [answer, claimed?.body, (await audit.read(0, 5)).map(({ kind, keepUntil }) => [kind, keepUntil])];
    },
    answers: ["other-body", '{"of":"a"}', [["delivery-other-body", "2027-02-09T00:00:00.000Z"]]],
  },
  {
    says: "of many that come at once each gets its own answer",
    run: async ({ deliveries }) => {
      const many = [delivery("c"), delivery("b"), delivery("b"), delivery("b", { bodyHash: "other" })];
      many.push(delivery("a", { body: "half \uD83D\0 a pair" }));
      const answers = await Promise.all(many.map((each) => deliveries.append(each)));
      const claimed = await deliveries.claim("me", 9, at(0), at(9));
      return [answers, claimed.map(({ id, body }) => [id, body.slice(7)])];
    },
    answers: [
      ["stored", "stored", "known", "other-body", "stored"],
      [
        ["a", " a pair"],
        ["b", 'b"}'],
        ["c", 'c"}'],
      ],
    ],
  },
  {
    says: "the oldest deliveries are claimed first, no more than asked for, each by one",
    run: async ({ deliveries }) => {
      for (const [id, second] of Object.entries({ c: 1, a: 3, b: 2, d: 3 })) {
        await deliveries.append(delivery(id, { receivedAt: at(second) }));
      }
      const [first, second] = [
        await deliveries.claim("one", 2, at(5), at(9)),
        await deliveries.claim("two", 5, at(5), at(9)),
      ];
      return [first.map(({ id }) => id), second.map(({ id }) => id), await deliveries.claim("one", 5, at(5), at(9))];
    },
    answers: [["c", "b"], ["a", "d"], []],
  },
  {
    says: "a claim that ran out is another's to take, and then the first can finish nothing",
    run: async ({ deliveries, subjects }) => {
      await deliveries.append(delivery("a"));
      await deliveries.claim("one", 1, at(0), at(5));
      const early = await deliveries.claim("two", 1, at(4), at(9));
      const late = await deliveries.claim("two", 1, at(5), at(9));
      await deliveries.finish("a", "one", "handled", effects({ subjects: [mark("k")] }));
      return [early.length, late.length, await deliveries.waiting(), await subjects.waiting()];
    },
    answers: [0, 1, { count: 1, oldest: at(0) }, { count: 0, oldest: null }],
  },
  {
    says: "what came of a delivery is stored with its end",
    run: async ({ deliveries, subjects, memory, audit }) => {
      await deliveries.append(delivery("a"));
      await deliveries.claim("me", 1, at(0), at(5));
      const left = effects({ subjects: [mark("k")], memories: [memo("k", "m")], audit: [entry("{}")] });
      await deliveries.finish("a", "me", "handled", left);
      await deliveries.finish("a", "me", "handled", left);
      return [
        await deliveries.waiting(),
        (await subjects.claim("me", at(0), at(5)))?.generation,
        (await memory.of("k")).length,
        (await audit.read(0, 5)).length,
        await deliveries.append(delivery("a")),
      ];
    },
    answers: [{ count: 0, oldest: null }, 1, 1, 1, "known"],
  },
  {
    says: "a postponed delivery comes again when it is due, with the number of its attempts",
    run: async ({ deliveries }) => {
      await deliveries.append(delivery("a"));
      await deliveries.claim("me", 1, at(0), at(5));
      await deliveries.postpone("a", "another", at(0), "not ours");
      await deliveries.postpone("a", "me", at(7), "a fault");
      const early = await deliveries.claim("me", 1, at(6), at(9));
      const [late] = await deliveries.claim("me", 1, at(7), at(9));
      return [early.length, late?.attempts];
    },
    answers: [0, 1],
  },
  {
    says: "bodies of what was worked through are forgotten, and their ids known for good",
    run: async ({ deliveries }) => {
      for (const id of ["a", "b", "c"]) await deliveries.append(delivery(id));
      await deliveries.claim("me", 1, at(0), at(5));
      await deliveries.finish("a", "me", "ignored", effects());
      await deliveries.claim("me", 1, at(10), at(15));
      await deliveries.finish("b", "me", "refused", effects());
      const forgotten = [await deliveries.prune(at(10)), await deliveries.prune(at(10))];
      return [forgotten, await deliveries.append(delivery("a")), (await deliveries.waiting()).count];
    },
    answers: [[1, 0], "known", 1],
  },
  {
    says: "text that a database cannot keep is kept without what it cannot",
    run: async ({ deliveries, subjects }) => {
      await deliveries.append(delivery("a", { body: "é \u{1F600} \\u0000" }));
      await subjects.mark([mark("k")]);
      await subjects.claim("me", at(0), at(5));
      await subjects.postpone("k", "me", at(9), "half \uD83D\0 a pair, and all of 𝄞");
      const [claimed] = await deliveries.claim("me", 1, at(0), at(5));
      return [claimed?.body, (await subjects.stuck(at(9)))[0]?.fault?.slice(8)];
    },
    answers: ["é \u{1F600} \\u0000", "a pair, and all of 𝄞"],
  },
  {
    says: "marks of one subject are one row, of the last mark's content and the first one's due instant",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k", { dueAt: at(1), about: "1" }), mark("k", { dueAt: at(2), about: "2" })]);
      await subjects.mark([mark("k", { dueAt: at(3), about: "3", repository: 11, installation: 2 })]);
      return [await subjects.claim("me", at(0), at(9)), await subjects.claim("me", at(1), at(9))];
    },
    answers: [
      null,
      { ...mark("k", { dueAt: at(1), about: "3", repository: 11, installation: 2 }), generation: 3, attempts: 0 },
    ],
  },
  {
    says: "a judged subject is due again only when it is marked again, and by that mark",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k")]);
      await subjects.claim("me", at(0), at(9));
      await subjects.finish("k", "me", 1);
      const before = await subjects.claim("me", at(99), at(100));
      await subjects.mark([mark("k", { dueAt: at(50) })]);
      return [
        before,
        await subjects.claim("me", at(49), at(99)),
        (await subjects.claim("me", at(50), at(99)))?.generation,
      ];
    },
    answers: [null, null, 2],
  },
  {
    says: "what is marked while it is judged is judged again, when the new mark is due",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k")]);
      await subjects.claim("me", at(0), at(60));
      await subjects.mark([mark("k", { dueAt: at(11) })]);
      const meanwhile = await subjects.claim("other", at(12), at(60));
      await subjects.finish("k", "me", 1);
      const stuck = await subjects.stuck(at(99));
      const early = await subjects.claim("me", at(10), at(60));
      const due = await subjects.claim("me", at(11), at(60));
      return [meanwhile, stuck.map(({ markedAt }) => markedAt), early, due?.generation];
    },
    answers: [null, [at(11)], null, 2],
  },
  {
    says: "the subject that is due for longest is claimed first",
    run: async ({ subjects }) => {
      await subjects.mark([mark("a", { dueAt: at(3) }), mark("b", { dueAt: at(1) }), mark("c", { dueAt: at(1) })]);
      const keys = [];
      while (keys.length < 4) keys.push((await subjects.claim("me", at(5), at(9)))?.key);
      return keys;
    },
    answers: ["b", "c", "a", undefined],
  },
  {
    says: "a lease is renewed by its owner alone, until another has it",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k")]);
      await subjects.claim("one", at(0), at(5));
      const renewed = [await subjects.renew("k", "one", at(8)), await subjects.renew("k", "two", at(99))];
      const taken = [await subjects.claim("two", at(7), at(20)), await subjects.claim("two", at(8), at(20))];
      return [renewed, taken.map((claimed) => claimed?.key), await subjects.renew("k", "one", at(30))];
    },
    answers: [[true, false], [undefined, "k"], false],
  },
  {
    says: "a worker that lost its lease finishes, postpones and forgets nothing",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k")]);
      await subjects.claim("one", at(0), at(5));
      await subjects.claim("two", at(5), at(20));
      await subjects.finish("k", "one", 1);
      await subjects.postpone("k", "one", at(0), "late");
      await subjects.over("k", "one", 1);
      return [await subjects.waiting(), await subjects.renew("k", "two", at(30))];
    },
    answers: [{ count: 1, oldest: at(0) }, true],
  },
  {
    says: "a postponed subject tells its fault and attempts until it was judged",
    run: async ({ subjects }) => {
      await subjects.mark([mark("k")]);
      await subjects.claim("me", at(0), at(5));
      await subjects.postpone("k", "me", at(7), "GitHub is away");
      const stuck = await subjects.stuck(at(1));
      const early = await subjects.claim("me", at(6), at(9));
      const claimed = await subjects.claim("me", at(7), at(9));
      await subjects.finish("k", "me", 1);
      await subjects.mark([mark("k", { dueAt: at(8) })]);
      return [
        stuck,
        early,
        claimed?.attempts,
        (await subjects.stuck(at(9))).map(({ fault, attempts }) => [fault, attempts]),
      ];
    },
    answers: [
      [{ ...mark("k", { dueAt: at(7) }), generation: 1, attempts: 1, fault: "GitHub is away", markedAt: at(0) }],
      null,
      1,
      [[null, 0]],
    ],
  },
  {
    says: "what is over is forgotten, unless it was marked meanwhile",
    run: async ({ subjects }) => {
      await subjects.mark([mark("closed"), mark("reopened")]);
      await subjects.claim("me", at(0), at(9));
      await subjects.claim("me", at(0), at(9));
      await subjects.mark([mark("reopened", { dueAt: at(3) })]);
      await subjects.over("closed", "me", 1);
      await subjects.over("reopened", "me", 1);
      return [(await subjects.of({ installation: 1 })).map(({ key }) => key), await subjects.waiting()];
    },
    answers: [["reopened"], { count: 1, oldest: at(3) }],
  },
  {
    says: "subjects are found by installation and by repository, in the order of their bytes, and forgotten",
    run: async ({ subjects }) => {
      await subjects.mark([
        mark("é"),
        mark("z"),
        mark("Z"),
        mark("a", { repository: 11 }),
        mark("b", { installation: 2 }),
      ]);
      const found = [await subjects.of({ installation: 1 }), await subjects.of({ installation: 1, repository: 11 })];
      await subjects.forget(["z", "Z", "never there"]);
      const left = await subjects.of({ installation: 1 });
      return [...found, left].map((marks) => marks.map(({ key }) => key));
    },
    answers: [["Z", "a", "z", "é"], ["a"], ["a", "é"]],
  },
  {
    says: "a head holds what was published last",
    run: async ({ heads }) => {
      const head = {
        repository: 9_007_199_254_740_991,
        sha: "a",
        externalId: "e",
        checkRun: 4_294_967_296,
        conclusion: "success",
        at: at(0),
      };
      await heads.write(head);
      await heads.write({ ...head, externalId: "f", at: at(1) });
      const read = [await heads.read(head.repository, "a"), await heads.read(1, "a")];
      return [read, await heads.prune(at(1)), await heads.prune(at(2)), await heads.read(head.repository, "a")];
    },
    answers: [
      [
        {
          repository: 9_007_199_254_740_991,
          sha: "a",
          externalId: "f",
          checkRun: 4_294_967_296,
          conclusion: "success",
          at: at(1),
        },
        null,
      ],
      0,
      1,
      null,
    ],
  },
  {
    says: "of a run of one evaluation the first verdict is kept, and the same comes again after another",
    run: async ({ verdicts }) => {
      for (const [index, evaluation] of ["x", "x", "y", "x"].entries()) {
        await verdicts.append(verdict("k", evaluation, { at: at(index), number: null }));
      }
      return [
        (await verdicts.history("k", 2)).map(({ at }) => at),
        (await verdicts.history("k", 9)).length,
        await verdicts.latest("k"),
        await verdicts.latest("none"),
      ];
    },
    answers: [[at(3), at(2)], 3, verdict("k", "x", { at: at(3), number: null }), null],
  },
  {
    says: "the history tells no reviews",
    run: async ({ verdicts }) => {
      await verdicts.append(verdict("k", "x"));
      return Object.keys((await verdicts.history("k", 1))[0] ?? {}).includes("review");
    },
    answers: false,
  },
  {
    says: "on a head stand the subjects whose latest verdict is about it",
    run: async ({ verdicts }) => {
      const head = "b".repeat(40);
      await verdicts.append(verdict("moved on", "1", { head }));
      await verdicts.append(verdict("moved on", "2"));
      await verdicts.append(verdict("z", "3", { head }));
      await verdicts.append(verdict("a", "4", { head }));
      await verdicts.append(verdict("elsewhere", "5", { head, repository: 11 }));
      return (await verdicts.onHead(10, head)).map(({ subject }) => subject);
    },
    answers: ["a", "z"],
  },
  {
    says: "old verdicts go, but for the latest of each subject",
    run: async ({ verdicts }) => {
      for (const [subject, second] of [
        ["a", 0],
        ["a", 1],
        ["a", 5],
        ["b", 0],
      ] as const) {
        await verdicts.append(verdict(subject, `${subject}${second}`, { at: at(second) }));
      }
      return [await verdicts.prune(at(5)), (await verdicts.history("a", 9)).length, (await verdicts.latest("b"))?.at];
    },
    answers: [2, 1, at(0)],
  },
  {
    says: "a memory is replaced by the same kind and id, told in order, and forgotten singly",
    run: async ({ memory }) => {
      await memory.remember([memo("k", "b"), memo("k", "a"), memo("k", "b", { kind: "asked" }), memo("other", "a")]);
      await memory.remember([memo("k", "a", { value: "2", at: at(1) })]);
      await memory.forget("k", "ruling", "b");
      return (await memory.of("k")).map(({ kind, id, value, at }) => [kind, id, value, at]);
    },
    answers: [
      ["asked", "b", '"b"', at(0)],
      ["ruling", "a", "2", at(1)],
    ],
  },
  {
    says: "what is of use for a while is forgotten by its age, once its subject is not to be judged any more",
    run: async ({ memory, subjects }) => {
      const kinds = ["asked", "label", "published", "queued", "seen"] as const;
      const kept = ["command", "declaration", "earlier", "override", "ruling", "settled"] as const;
      const all = [...kinds, ...kept].map((kind) => memo("k", "a", { kind }));
      await memory.remember([...all, memo("k", "b", { kind: "seen", at: at(5) })]);
      await memory.remember([memo("k", "record", { kind: "published" }), memo("open", "a", { kind: "seen" })]);
      await subjects.mark([mark("open")]);
      const pruned = [await memory.prune(at(5)), await memory.prune(at(5))];
      return [
        ...pruned,
        (await memory.of("k")).map(({ kind, id }) => `${kind} ${id}`),
        (await memory.of("open")).length,
      ];
    },
    answers: [
      5,
      0,
      ["command a", "declaration a", "earlier a", "override a", "published record", "ruling a", "seen b", "settled a"],
      1,
    ],
  },
  {
    says: "a lease is one owner's until it is released or runs out",
    run: async ({ leases }) => {
      const taken = [
        await leases.take("n", "one", at(0), at(5)),
        await leases.take("n", "two", at(4), at(9)),
        await leases.take("n", "one", at(4), at(6)),
        await leases.take("n", "two", at(6), at(9)),
      ];
      await leases.release("n", "one");
      taken.push(await leases.take("n", "one", at(7), at(9)));
      await leases.release("n", "two");
      return [...taken, await leases.take("n", "one", at(7), at(9))];
    },
    answers: [true, false, true, true, false, true],
  },
  {
    says: "installations are written, replaced and removed",
    run: async ({ installations }) => {
      const of = (id: number) => ({ id, account: "acme", suspendedAt: null, sweptAt: null });
      for (const id of [20, 3, 100]) await installations.write(of(id));
      await installations.write({ ...of(20), account: "other", suspendedAt: at(1), sweptAt: at(2) });
      await installations.remove(100);
      return installations.all();
    },
    answers: [
      { id: 3, account: "acme", suspendedAt: null, sweptAt: null },
      { id: 20, account: "other", suspendedAt: at(1), sweptAt: at(2) },
    ],
  },
  {
    says: "audit lines are read on from the last serial, which no pruning gives out again",
    run: async ({ audit }) => {
      await audit.append([entry("1"), entry("2", { change: "c" }), entry("3")]);
      const first = await audit.read(0, 2);
      const rest = await audit.read(2, 9);
      const gone = await audit.prune("2026-02-02T00:00:00.000Z");
      await audit.append([]);
      await audit.append([entry("4")]);
      return [...first, ...rest, gone, ...(await audit.read(0, 9))].map((row) =>
        typeof row === "number" ? row : [row.serial, row.detail, row.change],
      );
    },
    answers: [[1, "1", null], [2, "2", "c"], [3, "3", null], 3, [4, "4", null]],
  },
  {
    says: "an audit line is still there on its last day",
    run: async ({ audit }) => {
      await audit.append([entry("a day"), entry("an instant", { keepUntil: "2026-02-01T00:00:00.000Z" })]);
      return [await audit.prune("2026-02-01T23:59:59.999Z"), await audit.prune("2026-02-02T00:00:00.000Z")];
    },
    answers: [0, 2],
  },
  {
    says: "more than a thousand rows are pruned",
    run: async ({ audit }) => {
      await audit.append(Array.from({ length: 1001 }, () => entry("")));
      return [await audit.prune("2027-01-01"), (await audit.read(0, 1)).length];
    },
    answers: [1001, 0],
  },
];

describe.each(all)("$name", ({ newPlace, open }) => {
  test.each(rows)("$says", async ({ run, answers }) => {
    const store = await open(await newPlace());
    try {
      expect(await run(store)).toEqual(answers);
      await store.ping();
    } finally {
      await store.close();
    }
  });
});

describe.each(databases)("$name, as two instances share it", ({ newPlace, open, database }) => {
  test("what one has written the other reads, also after a restart", async () => {
    const place = await newPlace();
    const [one, two] = await Promise.all([open(place), open(place)]);
    await one.deliveries.append(delivery("a"));
    expect(await two.deliveries.append(delivery("a"))).toBe("known");
    await Promise.all([one.close(), two.close()]);
    const again = await open(place);
    expect((await again.deliveries.waiting()).count).toBe(1);
    await again.close();
  });

  test("no row is claimed twice", async () => {
    const place = await newPlace();
    const stores = await Promise.all([open(place), open(place)]);
    const ids = Array.from({ length: 120 }, (_, index) => `id ${index}`);
    await Promise.all(ids.map((id) => stores[0].deliveries.append(delivery(id))));
    await stores[0].subjects.mark(ids.map((id) => mark(id)));
    const claims = await Promise.all(stores.map((store, index) => claimAll(store, `owner ${index}`)));
    expect(claims.flatMap(({ deliveries }) => deliveries).sort()).toEqual(ids.toSorted());
    expect(claims.flatMap(({ subjects }) => subjects).sort()).toEqual(ids.toSorted());
    await Promise.all(stores.map((store) => store.close()));
  });

  test("of the same delivery at both, one is stored", async () => {
    const place = await newPlace();
    const stores = await Promise.all([open(place), open(place)]);
    const answers = await Promise.all([...stores, ...stores].map((store) => store.deliveries.append(delivery("a"))));
    expect(answers.sort()).toEqual(["known", "known", "known", "stored"]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("serial numbers have no gap, and none appears behind one that was read", async () => {
    const place = await newPlace();
    const stores = await Promise.all([open(place), open(place)]);
    const writing = Promise.all(
      Array.from({ length: 60 }, (_, index) => stores[index % 2]!.audit.append([entry("1"), entry("2")])),
    );
    const read: number[] = [];
    while (read.length < 120) {
      const more = await stores[0].audit.read(read.at(-1) ?? 0, 50);
      read.push(...more.map(({ serial }) => serial));
    }
    await writing;
    expect(read).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    await Promise.all(stores.map((store) => store.close()));
  });

  test("no statement of whoever holds the database changes an audit line", async () => {
    const place = await newPlace();
    const store = await open(place);
    await store.audit.append([entry("as it was")]);
    const raw = database(place);
    await expect(raw.write((query) => query("update audit set detail = 'other'"))).rejects.toThrow("append-only");
    await raw.close();
    expect((await store.audit.read(0, 1))[0]?.detail).toBe("as it was");
    await store.close();
  });

  test("a write that fails leaves nothing, and the writes beside it stand", async () => {
    const place = await newPlace();
    const store = await open(place);
    const refused: unknown = { ...entry("2"), kind: null };
    const results = await Promise.allSettled([
      store.audit.append([entry("1")]),
      store.audit.append([entry("half"), refused as AuditEntry]),
      store.audit.append([entry("3")]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: expect.any(StoreFault) });
    const details = (await store.audit.read(0, 9)).map(({ detail }) => detail);
    expect(details.sort()).toEqual(["1", "3"]);
    await store.close();
  });

  test("after it was closed it says so", async () => {
    const store = await open(await newPlace());
    await store.close();
    await expect(store.ping()).rejects.toThrow(StoreFault);
  });
});

async function claimAll(store: Store, owner: string): Promise<{ deliveries: string[]; subjects: string[] }> {
  const [deliveries, subjects]: [string[], string[]] = [[], []];
  for (;;) {
    const some = await store.deliveries.claim(owner, 3, at(1), at(99));
    const subject = await store.subjects.claim(owner, at(1), at(99));
    deliveries.push(...some.map(({ id }) => id));
    if (subject !== null) subjects.push(subject.key);
    if (some.length === 0 && subject === null) return { deliveries, subjects };
  }
}

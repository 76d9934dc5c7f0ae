import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Effects, MemoKind, Store } from "../../../adapters/store/store.ts";
import { useEngines } from "./engines.ts";
import { modelStore } from "./model-store.ts";
import { at, delivery, effects, entry, mark, memo, verdict } from "./sample.ts";

const { databases } = useEngines();

describe.each(databases)("$name", ({ newPlace, open }) => {
  test("whatever several owners do, it answers as the model does", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const [store, model] = [await open(await newPlace()), modelStore()];
        try {
          for (const { says, run } of [...steps, ...lastLook]) {
            expect({ says, answer: await run(store) }).toEqual({ says, answer: await run(model) });
          }
        } finally {
          await store.close();
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});

interface Step {
  says: string;
  run: (store: Store) => Promise<unknown>;
}

const owner = fc.constantFrom("one", "two", "three");
const instant = fc.integer({ min: 0, max: 20 }).map(at);
const deliveryId = fc.constantFrom("a", "b", "B", "ä", "c");
const key = fc.constantFrom("k/1", "k/10", "k/2", "ä/1", "Z/1");
const small = fc.integer({ min: 1, max: 3 });

const aDelivery = fc
  .tuple(deliveryId, instant, fc.constantFrom("x", "x", "y"))
  .map(([id, receivedAt, bodyHash]) => delivery(id, { receivedAt, bodyHash }));
const aMark = fc
  .tuple(key, instant, fc.constantFrom(1, 2), fc.constantFrom(10, 11), fc.string())
  .map(([of, dueAt, installation, repository, about]) => mark(of, { dueAt, installation, repository, about }));
const aKind = fc.constantFrom<MemoKind>("earlier", "ruling", "override", "published", "command");
const aMemo = fc
  .tuple(key, deliveryId, aKind, fc.string())
  .map(([of, id, kind, value]) => memo(of, id, { kind, value: value.replaceAll("\0", "") }));
const anEntry = fc
  .tuple(fc.constantFrom(null, "change"), fc.constantFrom("2026-01-04", "2026-01-05", "2026-01-05T00:00:07.000Z"))
  .map(([change, keepUntil]) => entry("{}", { change, keepUntil }));
const aVerdict = fc
  .tuple(key, fc.constantFrom("x", "y"), fc.constantFrom("a", "b"), instant)
  .map(([of, evaluation, head, when]) => verdict(of, evaluation, { head, at: when }));
const someEffects: fc.Arbitrary<Effects> = fc
  .tuple(fc.array(aMark, { maxLength: 3 }), fc.array(aMemo, { maxLength: 3 }), fc.array(anEntry, { maxLength: 3 }))
  .map(([subjects, memories, audit]) => effects({ subjects, memories, audit }));

/** A step of these parts: what a failing run prints, and what is done. */
function doing<Parts extends unknown[]>(
  name: string,
  parts: { [Index in keyof Parts]: fc.Arbitrary<Parts[Index]> },
  run: (store: Store, ...parts: Parts) => Promise<unknown>,
): fc.Arbitrary<Step> {
  return fc.tuple<Parts>(...parts).map((given) => ({
    says: `${name} ${JSON.stringify(given)}`,
    run: (store) => run(store, ...given),
    toString: () => `${name} ${JSON.stringify(given)}`,
  }));
}

const step: fc.Arbitrary<Step> = fc.oneof(
  doing("append", [aDelivery], ({ deliveries }, given) => deliveries.append(given)),
  doing("claim deliveries", [owner, small, instant, instant], ({ deliveries }, ...given) => deliveries.claim(...given)),
  doing("finish delivery", [deliveryId, owner, someEffects], ({ deliveries }, id, by, left) =>
    deliveries.finish(id, by, "handled", left),
  ),
  doing("postpone delivery", [deliveryId, owner, instant], ({ deliveries }, id, by, when) =>
    deliveries.postpone(id, by, when, "fault"),
  ),
  doing("waiting deliveries", [], ({ deliveries }) => deliveries.waiting()),
  doing("prune deliveries", [instant], ({ deliveries }, before) => deliveries.prune(before)),
  doing("mark", [fc.array(aMark, { maxLength: 4 })], ({ subjects }, marks) => subjects.mark(marks)),
  doing("claim subject", [owner, instant, instant], ({ subjects }, ...given) => subjects.claim(...given)),
  doing("renew", [key, owner, instant], ({ subjects }, ...given) => subjects.renew(...given)),
  doing("finish subject", [key, owner, small], ({ subjects }, ...given) => subjects.finish(...given)),
  doing("over", [key, owner, small], ({ subjects }, ...given) => subjects.over(...given)),
  doing("postpone subject", [key, owner, instant], ({ subjects }, of, by, when) =>
    subjects.postpone(of, by, when, "fault"),
  ),
  doing("stuck", [instant], ({ subjects }, before) => subjects.stuck(before)),
  doing("waiting subjects", [], ({ subjects }) => subjects.waiting()),
  doing("forget", [fc.array(key, { maxLength: 2 })], ({ subjects }, keys) => subjects.forget(keys)),
  doing("verdict", [aVerdict], ({ verdicts }, given) => verdicts.append(given)),
  doing("on head", [fc.constantFrom("a", "b")], ({ verdicts }, head) => verdicts.onHead(10, head)),
  doing("history", [key, small], ({ verdicts }, of, most) => verdicts.history(of, most)),
  doing("prune verdicts", [instant], ({ verdicts }, before) => verdicts.prune(before)),
  doing("remember", [fc.array(aMemo, { maxLength: 3 })], ({ memory }, memos) => memory.remember(memos)),
  doing("prune memos", [instant], ({ memory }, before) => memory.prune(before)),
  doing("forget memo", [key, aKind, deliveryId], ({ memory }, ...given) => memory.forget(...given)),
  doing("take lease", [key, owner, instant, instant], ({ leases }, ...given) => leases.take(...given)),
  doing("release lease", [key, owner], ({ leases }, ...given) => leases.release(...given)),
  doing("audit", [fc.array(anEntry, { maxLength: 3 })], ({ audit }, entries) => audit.append(entries)),
  doing("prune audit", [fc.constantFrom(at(3), "2026-01-06")], ({ audit }, now) => audit.prune(now)),
);

/** What is compared of every run at its end. */
const lastLook: Step[] = [
  { says: "audit", run: ({ audit }) => audit.read(0, 1000) },
  { says: "subjects", run: ({ subjects }) => subjects.of({ installation: 1 }) },
  { says: "those of a repository", run: ({ subjects }) => subjects.of({ installation: 2, repository: 11 }) },
  { says: "stuck", run: ({ subjects }) => subjects.stuck(at(99)) },
  { says: "memories", run: ({ memory }) => memory.of("k/10") },
  { says: "latest", run: ({ verdicts }) => verdicts.latest("k/1") },
  { says: "claims", run: ({ deliveries }) => deliveries.claim("last", 9, at(99), at(100)) },
];

import { expect, test } from "vitest";
import { newBodyPlaces, type BodyPlace } from "../../../app/ingress/body-places.ts";
import { fakeClock } from "../fake-clock.ts";

/** Four places, and bodies of which is said how much has come. */
function room() {
  const clock = fakeClock();
  const places = newBodyPlaces(4, 2 ** 20, clock);
  const evicted: string[] = [];
  const enter = (name: string, peer: string, bytes = 0) => {
    const place = places.enter(peer);
    const body = { name, bytes };
    const own = place;
    place?.begin({
      bytes: () => body.bytes,
      evict: () => {
        evicted.push(name);
        own?.leave();
      },
    });
    return { place, body };
  };
  return { clock, places, evicted, enter };
}

interface Row {
  says: string;
  bodies: { peer: string; bytes: number; isWhole?: true }[];
  evicted: string[];
  taken: boolean;
}

const rows: Row[] = [
  { says: "a free place is taken from nobody", bodies: one("a", 0, 3), evicted: [], taken: true },
  {
    says: "of one peer the slowest gives way",
    bodies: [...one("proxy", 900, 2), { peer: "proxy", bytes: 10 }, { peer: "proxy", bytes: 900 }],
    evicted: ["body 2"],
    taken: true,
  },
  {
    says: "a peer with more than a quarter gives way before a slower one",
    bodies: [...one("greedy", 900, 2), { peer: "github", bytes: 10 }, { peer: "other", bytes: 20 }],
    evicted: ["body 0"],
    taken: true,
  },
  {
    says: "of many peers with one each the slowest gives way",
    bodies: ["a", "b", "c", "d"].map((peer, index) => ({ peer, bytes: 100 - index })),
    evicted: ["body 3"],
    taken: true,
  },
  {
    says: "what is whole does not count for its peer",
    bodies: [
      ...["github", "github", "github"].map((peer) => ({ peer, bytes: 10, isWhole: true as const })),
      { peer: "other", bytes: 900 },
    ],
    evicted: ["body 3"],
    taken: true,
  },
  {
    says: "nothing that is whole gives way",
    bodies: one("a", 10, 4).map((body) => ({ ...body, isWhole: true as const })),
    evicted: [],
    taken: false,
  },
];

test.each(rows)("$says", async ({ bodies, evicted: gone, taken }) => {
  const { clock, places, evicted, enter } = room();
  const held: (BodyPlace | null)[] = [];
  for (const [index, { peer, bytes, isWhole }] of bodies.entries()) {
    const { place } = enter(`body ${index}`, peer, bytes);
    if (isWhole) place?.end();
    held.push(place);
  }
  await clock.advance(100);
  const { place } = enter("newcomer", "newcomer");
  expect({ evicted, taken: place !== null }).toEqual({ evicted: gone, taken });
  for (const each of [...held, place]) each?.leave();
  expect(places.taken()).toBe(0);
});

test("who has come for longer is slower, and who has just begun is not", async () => {
  const { clock, evicted, enter } = room();
  enter("old", "a", 1_000);
  await clock.advance(200);
  for (const name of ["b", "c", "d"]) enter(name, name, 0);
  enter("newcomer", "e");
  expect(evicted).toEqual(["old"]);
});

test.each([2 * 3_600_000, -3_600_000])("a clock that jumps by %i ms makes nobody slow", async (ms) => {
  const { clock, evicted, enter } = room();
  enter("one", "a", 100);
  await clock.advance(300);
  clock.jump(ms);
  await clock.advance(1_000);
  expect(evicted).toEqual([]);
  await clock.advance(2_000);
  expect(evicted).toEqual(["one"]);
});

test("what sends nothing is not waited for, unless it waits for us", async () => {
  const { clock, evicted, enter } = room();
  const large = ["one", "two", "three"].map((name) => enter(name, name, 130_000));
  const grown = large.map(({ place }) => place?.grow() ?? Promise.reject(new Error("There was no place.")));
  enter("silent", "d");
  large.slice(0, 2).forEach(({ body }) => (body.bytes += 100_000));
  await Promise.all(grown.slice(0, 2));
  await clock.advance(200);
  expect(evicted).toEqual([]);
  // Two have a large piece and make no use of it while the third waits.
  await clock.advance(1_300);
  expect(evicted.toSorted()).toEqual(["one", "two"]);
  await clock.advance(4_000);
  expect(evicted.toSorted()).toEqual(["one", "silent", "two"]);
  expect(await grown[2]).toHaveLength(2 ** 20);
});

function one(peer: string, bytes: number, count: number): Row["bodies"] {
  return Array.from({ length: count }, () => ({ peer, bytes }));
}

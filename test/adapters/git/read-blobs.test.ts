import { afterAll, describe, expect, test } from "vitest";
import { blobLimitBytes, readObjects } from "../../../adapters/git/read-blobs.ts";
import { openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
const open = () => openRepository(repository.path);

async function readAll(opened: GitRepository, ids: readonly string[]): Promise<(string | null)[]> {
  const read: (string | null)[] = [];
  await readObjects(opened, ids, (_id, bytes) => read.push(bytes === null ? null : bytes.toString("latin1")));
  return read;
}

describe("objects by id", () => {
  const contents = [
    "",
    "\n",
    "one",
    "two\n",
    "\0\xff\n\0",
    "x".repeat(200_000),
    `${"1".repeat(40)} missing\n`,
    "blob 5\n",
  ];
  const ids = contents.map((content) => repository.blob(Buffer.from(content, "latin1")));
  const missing = "9".repeat(40);

  test("each comes whole and in the order asked, whatever it holds", async () => {
    expect(await readAll(await open(), ids)).toEqual(contents);
    expect(await readAll(await open(), [...ids].reverse())).toEqual([...contents].reverse());
  });

  test("a missing one is told, and the others are read", async () => {
    expect(await readAll(await open(), [missing, ids[2]!, missing, ids[3]!])).toEqual([null, "one", null, "two\n"]);
  });

  test("none", async () => expect(await readAll(await open(), [])).toEqual([]));

  test("one that is too large is passed over without being held", async () => {
    const large = repository.blob(Buffer.alloc(blobLimitBytes + 1));
    const limit = repository.blob(Buffer.alloc(blobLimitBytes));
    const sizes: (number | undefined)[] = [];
    await readObjects(await open(), [ids[2]!, large, limit, ids[3]!], (_id, bytes) => sizes.push(bytes?.length));
    expect(sizes).toEqual([3, undefined, blobLimitBytes, 4]);
  });

  test("a limit of one's own, and what git says of each before its bytes", async () => {
    const told: unknown[] = [];
    const asked = [ids[2]!, ids[3]!, missing, ids[0]!];
    await readObjects(await open(), asked, (_id, bytes, header) => told.push([bytes?.toString(), header]), 3);
    expect(told).toEqual([
      ["one", { type: "blob", size: 3 }],
      [undefined, { type: "blob", size: 4 }],
      [undefined, null],
      ["", { type: "blob", size: 0 }],
    ]);
  });

  test("an error in the one who takes them comes through", async () => {
    const error = new Error("stop");
    const take = () => {
      throw error;
    };
    expect(await rejection(readObjects(await open(), ids, take))).toBe(error);
  });
});

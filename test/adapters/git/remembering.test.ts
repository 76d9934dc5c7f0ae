import { expect, test } from "vitest";
import { remembering } from "../../../adapters/git/remembering.ts";
import type { GitRepository } from "../../../adapters/git/run-git.ts";

const open = (): GitRepository => ({
  gitDir: "/orders.git",
  workTree: null,
  objects: { path: "/orders.git/objects", format: "sha1" },
  environment: {},
});

test("each question is asked once for each repository that is open", async () => {
  const asked: string[] = [];
  const ask = remembering(2, (_repository, one: string, other: string) => {
    asked.push(`${one}..${other}`);
    return Promise.resolve(asked.length);
  });
  const first = open();
  expect(await Promise.all([ask(first, "a", "b"), ask(first, "a", "b"), ask(first, "b", "a")])).toEqual([1, 1, 2]);
  expect(await ask(open(), "a", "b")).toBe(3);
  expect(asked).toEqual(["a..b", "b..a", "a..b"]);
});

test("the latest answers are kept", async () => {
  const asked: string[] = [];
  const ask = remembering(2, (_repository, id: string) => {
    asked.push(id);
    return Promise.resolve(id);
  });
  const repository = open();
  for (const id of ["a", "b", "a", "c", "a", "b"]) expect(await ask(repository, id)).toBe(id);
  expect(asked).toEqual(["a", "b", "c", "b"]);
});

test("a failure is not kept: what was missing may be there now", async () => {
  let isThere = false;
  const ask = remembering(2, (_repository, id: string) => {
    return isThere ? Promise.resolve(id) : Promise.reject(new Error("missing"));
  });
  const repository = open();
  await expect(ask(repository, "a")).rejects.toThrow("missing");
  isThere = true;
  expect(await ask(repository, "a")).toBe("a");
});

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { othersMay } from "../../../adapters/attestation/key-access.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";

afterAll(removeRepositories);
const file = join(newFolder(), "key.pem");
writeFileSync(file, "key");

test.each([
  { kind: "private", mode: "600", may: null },
  { kind: "private", mode: "400", may: null },
  { kind: "private", mode: "640", may: "read" },
  { kind: "private", mode: "604", may: "read" },
  { kind: "private", mode: "620", may: "change" },
  { kind: "private", mode: "666", may: "change" },
  { kind: "public", mode: "644", may: null },
  { kind: "public", mode: "664", may: null },
  { kind: "public", mode: "646", may: "change" },
] as const)("a $kind key of mode $mode: others may $may", async ({ kind, mode, may }) => {
  chmodSync(file, Number.parseInt(mode, 8));
  expect(await othersMay(file, kind, "linux")).toBe(may);
});

test.each([
  { says: "modes of Windows say nothing", path: file, platform: "win32" as const },
  { says: "no such file", path: join(file, "nowhere"), platform: "linux" as const },
])("nothing is known: $says", async ({ path, platform }) => {
  chmodSync(file, 0o666);
  expect(await othersMay(path, "private", platform)).toBeNull();
});

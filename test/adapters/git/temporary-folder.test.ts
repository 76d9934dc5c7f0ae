import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { expect, test } from "vitest";

test.each([
  { says: "at the end", last: "" },
  { says: "after an error", last: "throw new Error('x')" },
  { says: "after process.exit", last: "process.exit(0)" },
])("what git was given for its own use is gone $says of the process", ({ last }) => {
  const file = resolve(import.meta.dirname, "../../../adapters/git/temporary-folder.ts");
  const script = `
    import { temporaryFolder } from ${JSON.stringify(file)};
    import { writeFileSync } from "node:fs";
    for (const name of ["a", "b"]) {
      const folder = await temporaryFolder(name);
      writeFileSync(folder + "/object", "x");
      console.log(folder);
    }
    ${last}`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  const folders = stdout.trim().split("\n");
  expect(folders.map((folder) => basename(folder).slice(0, 14))).toEqual(["countersign-a-", "countersign-b-"]);
  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});

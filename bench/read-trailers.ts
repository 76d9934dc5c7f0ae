import { execFileSync } from "node:child_process";
import { readObjects } from "../adapters/git/read-blobs.ts";
import { git, openRepository } from "../adapters/git/run-git.ts";
import { parseCommit } from "../core/change/parse-commit.ts";
import { readTrailers } from "../core/provenance/index.ts";

/** Reads the trailers of a history as `check` does; with `--compare`, counts the commits where git finds others. */
const [path = ".", range = "HEAD"] = process.argv.slice(2);
const repository = await openRepository(path);
const shas = (await git(repository, ["rev-list", range])).toString("utf8").trim().split("\n");
const found: string[] = [];
await readObjects(repository, shas, (_sha, bytes) => {
  const trailers = bytes === null ? [] : readTrailers(parseCommit(bytes).message).trailers;
  found.push(trailers.map(({ key, value }) => `${key}: ${value}`.trimEnd()).join("\n"));
});
if (process.argv.includes("--compare")) {
  const format = "--format=%(trailers:only,unfold)%x00";
  const output = execFileSync("git", ["-C", path, "log", "--no-walk=unsorted", "--stdin", format], {
    input: shas.join("\n"),
    maxBuffer: 1 << 30,
  });
  const expected = output
    .toString("utf8")
    .split("\0")
    .slice(0, -1)
    .map((text) =>
      text
        .split("\n")
        .map((line) => line.trimEnd())
        .filter(Boolean)
        .join("\n"),
    );
  const different = found.filter((text, index) => text !== expected[index]).length;
  console.log(
    `${shas.length} commits, ${found.filter(Boolean).length} with trailers, ${different} read differently from git`,
  );
}

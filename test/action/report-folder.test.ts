import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareReportFolder } from "../../action/report-folder.ts";

let place = "";
let tree = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "countersign-folder-"));
  tree = join(place, "tree");
  mkdirSync(join(tree, "src"), { recursive: true });
  mkdirSync(join(place, "outside"));
  writeFileSync(join(place, "outside/report.json"), "precious");
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

test.each(["countersign-report", "src/reports", "."])(
  "%s in the tree is good, there already or not",
  async (folder) => {
    expect(await prepareReportFolder(tree, folder, ["report.json"])).toBe(join(tree, folder));
  },
);

test("a folder outside the tree is the workflow's own choice", async () => {
  expect(await prepareReportFolder(tree, join(place, "elsewhere"), [])).toBe(join(place, "elsewhere"));
});

test.each(["countersign-report", "link/deeper", "..x", "..x/deeper"])(
  "row 35: a symbolic link of the change is not followed (%s)",
  async (folder) => {
    symlinkSync(join(place, "outside"), join(tree, folder.split("/")[0] ?? ""), "junction");
    await expect(prepareReportFolder(tree, folder, ["report.json"])).rejects.toThrow("symbolic link");
    expect(readFileSync(join(place, "outside/report.json"), "utf8")).toBe("precious");
  },
);

test("row 35: a linked report is replaced, and what it points at stays", async () => {
  symlinkSync(join(place, "outside/report.json"), join(tree, "src/report.json"));
  await prepareReportFolder(tree, "src", ["report.json"]);
  expect(existsSync(join(tree, "src/report.json"))).toBe(false);
  expect(readFileSync(join(place, "outside/report.json"), "utf8")).toBe("precious");
});

test("a file of the folder's name is said to be one", async () => {
  writeFileSync(join(tree, "countersign-report"), "");
  await expect(prepareReportFolder(tree, "countersign-report", [])).rejects.toThrow(
    "has a file or a symbolic link there",
  );
});

test.each(["../elsewhere", "../outside/link"])(
  "a way out that the workflow wrote is its own choice (%s)",
  async (folder) => {
    symlinkSync(join(place, "outside"), join(place, "outside/link"), "junction");
    expect(await prepareReportFolder(tree, folder, [])).toBe(join(tree, folder));
  },
);

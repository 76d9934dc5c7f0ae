import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder, makeExample, reports } from "./make-example.ts";
import { runGit } from "./run-git.ts";

/**
 * Makes the example again and says where the shipped one differs, one line for each file; none when it is what the
 * script makes. Reports are compared byte for byte; the bundle by the commits in it, because two versions of git
 * pack the same commits differently.
 */
export function differences(shipped: string): string[] {
  return inTemporaryFolder((made) => {
    makeExample(made);
    const files = ["expected.json", ...reports].map((path) => {
      return firstDifference(path, readText(join(shipped, path)), readText(join(made, path)));
    });
    return [...files, firstDifference("orders.bundle", refsOf(shipped), refsOf(made))].filter((line) => line !== "");
  });
}

/** Where `is` leaves `shouldBe`, as one line for people; empty when they are the same. */
export function firstDifference(path: string, is: string | undefined, shouldBe: string | undefined): string {
  if (is === shouldBe) return "";
  if (is === undefined) return `${path} is missing`;
  const lines = is.split("\n");
  const expected = shouldBe?.split("\n") ?? [];
  const index =
    Array.from({ length: lines.length + 1 }, (_, line) => line).find((line) => lines[line] !== expected[line]) ?? 0;
  return `${path}:${index + 1}: is ${inShort(lines[index])}, the script makes ${inShort(expected[index])}`;
}

function inShort(text: string | undefined): string {
  if (text === undefined) return "no such line";
  return text.length > 80 ? `"${text.slice(0, 80)}…"` : `"${text}"`;
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function refsOf(directory: string): string | undefined {
  if (!existsSync(join(directory, "orders.bundle"))) return undefined;
  return runGit({ directory, args: ["bundle", "list-heads", "orders.bundle"] });
}

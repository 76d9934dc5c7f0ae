import { resolve } from "node:path";
import { othersMay } from "../adapters/attestation/key-access.ts";
import { showPath } from "../core/untrusted/index.ts";
import type { Io } from "./io.ts";

/** Says on standard error when others than its owner may read or change the file of a key: it is used all the same. */
export async function noteAccess(name: string, kind: "private" | "public", io: Io): Promise<void> {
  const may = await othersMay(resolve(io.cwd, name), kind);
  if (may === null) return;
  const effect =
    may === "read" ? "sign in its name" : kind === "private" ? "decide who signs" : "decide whose signature counts";
  const fix = kind === "private" ? "chmod 600" : "chmod go-w";
  io.stderr(
    `note: Others than its owner may ${may} ${showPath(name)}, and so ${effect}. Take that away: \`${fix}\`.\n`,
  );
}

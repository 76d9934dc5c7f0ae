import { readObjects } from "../adapters/git/read-blobs.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import { createHash } from "node:crypto";
import type { Facts } from "../core/facts.ts";
import type { ProvenanceRecord } from "../core/provenance/index.ts";
import { ciRun, provenanceRecord } from "../core/report/index.ts";
import type { GateResult } from "./run-gate.ts";

/** The record of a run: what was found, when it was read, and the workflow run that it happened in, if any. */
export function recordOf(
  { facts, review }: GateResult,
  environment: Readonly<Record<string, string | undefined>>,
): ProvenanceRecord {
  return provenanceRecord(review, { createdAt: facts.asOf, ci: ciRun(environment) });
}

/** sha256 of each changed file's contents at head, by path; what is missing or too large to be read is left out. */
export async function digestsOfFiles(repository: GitRepository, { change }: Facts): Promise<Map<string, string>> {
  const files = change.files.filter(({ kind, newBlob }) => kind !== "submodule" && newBlob !== null);
  const ofBlob = new Map<string, string>();
  const blobs = [...new Set(files.map(({ newBlob }) => newBlob ?? ""))];
  await readObjects(repository, blobs, (id, bytes) => {
    if (bytes !== null) ofBlob.set(id, createHash("sha256").update(bytes).digest("hex"));
  });
  return new Map(
    files.flatMap(({ path, newBlob }) => {
      const digest = ofBlob.get(newBlob ?? "");
      return digest === undefined ? [] : [[path, digest] as const];
    }),
  );
}

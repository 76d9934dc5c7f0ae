import { generateKeyPairSync } from "node:crypto";
import type { Installation, VerdictRow } from "../../../adapters/store/store.ts";
import type { PagesSettings } from "../../../app/pages/index.ts";
import { pullRequestKey } from "../../../app/subject.ts";
import { renderJson, publish, type Review } from "../../../core/report/index.ts";
import { sampleSha } from "../../builders.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The settings of an App that listens on loopback. */
export function sampleSettings(rest: Partial<PagesSettings> = {}): PagesSettings {
  return {
    app: {
      id: 4711,
      privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      client: { id: "Iv1.sample", secret: "s".repeat(20) },
    },
    webhookSecrets: ["a secret of many letters"],
    github: { webUrl: "https://github.com", apiUrl: "https://api.github.com" },
    publicUrl: "https://gate.example.com",
    listen: { host: "127.0.0.1", port: 3000 },
    ...rest,
  };
}

/** A review as the store keeps it. */
export function verdictOf(review: Review, rest: Partial<VerdictRow> = {}): VerdictRow {
  const { conclusion, title } = publish(review);
  return {
    subject: pullRequestKey(17, 7),
    ...{ installation: 1, repository: 17, number: 7, head: review.change.head.sha },
    ...{ evaluation: review.decision.evaluationId, decision: review.decision.state, conclusion, title },
    policyDigest: review.decision.policy.digest,
    engine: `${review.engine.name} ${review.engine.version}`,
    review: renderJson(review),
    at: "2026-11-21T20:15:09.000Z",
    ...rest,
  };
}

/** Where the App is installed. */
export const sampleInstallation: Installation = { id: 1, account: "octo", suspendedAt: null, sweptAt: null };

/** Verdicts from before, newest first. */
export function sampleHistory(latest: VerdictRow): Omit<VerdictRow, "review">[] {
  const row: Omit<VerdictRow, "review"> & { review?: string } = { ...latest };
  delete row.review;
  const before = { ...row, head: sampleSha("before"), at: "2026-11-21T19:01:00.000Z" };
  return [row, { ...before, decision: "block", title: "Blocked: 2 errors" }];
}

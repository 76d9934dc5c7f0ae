/** A name and a mail address as git records them. Every person here is made up. */
export interface Identity {
  name: string;
  mail: string;
}

/** One commit of the example. Its message is `source/commits/<folder>/message.txt`, byte for byte. */
export interface CommitSource {
  folder: string;
  author: Identity;
  /** The author, when left out. */
  committer?: Identity;
  /** ISO 8601 with its offset: git records both. */
  date: string;
  /** Files of `source/base` that it brings in. Without them, it applies `change.patch` of its folder. */
  adds?: readonly string[];
}

const ana: Identity = { name: "Ana Ruiz", mail: "ana@example.com" };
const jonas: Identity = { name: "Jonas Lind", mail: "jonas@example.com" };
const mira: Identity = { name: "Mira Okafor", mail: "mira@example.org" };
const tom: Identity = { name: "Tom Berger", mail: "tom@example.com" };

const copilotAgent: Identity = {
  name: "copilot-swe-agent[bot]",
  mail: "198982749+Copilot@users.noreply.github.com",
};
const dependabot: Identity = { name: "dependabot[bot]", mail: "49699333+dependabot[bot]@users.noreply.github.com" };
/** What GitHub puts in when a person presses a button on its pages. */
const github: Identity = { name: "GitHub", mail: "noreply@github.com" };
/** Aider marks the names, not the message, when it is set up so. */
const jonasWithAider: Identity = { ...jonas, name: `${jonas.name} (aider)` };

/** The service before the branch: the last of these commits is the merge base. */
export const base: readonly CommitSource[] = [
  {
    folder: "main-1-prices-and-sessions",
    author: ana,
    date: "2026-09-21T09:14:00+02:00",
    adds: [
      ".gitignore",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "vitest.config.ts",
      "src/lib/money.ts",
      "src/orders/pricing.ts",
      "src/auth/session.ts",
      "test/pricing.test.ts",
      "test/session.test.ts",
    ],
  },
  {
    folder: "main-2-orders-over-http",
    author: jonas,
    date: "2026-09-24T16:40:00+02:00",
    adds: [
      "README.md",
      "db/migrations/001_orders.sql",
      "src/app.ts",
      "src/auth/guard.ts",
      "src/config.ts",
      "src/db.ts",
      "src/http/router.ts",
      "src/http/server.ts",
      "src/main.ts",
      "src/orders/routes.ts",
      "src/orders/store.ts",
      "src/payments/client.ts",
      "test/config.test.ts",
      "test/orders.test.ts",
      "test/support/service.ts",
    ],
  },
  {
    folder: "main-3-gate",
    author: mira,
    date: "2026-09-28T11:05:00+01:00",
    adds: [".github/CODEOWNERS", ".github/countersign.yml", ".github/workflows/ci.yml"],
  },
];

/** What `main` got after the branch had left it: the policy that judges the branch. */
export const baseTip: readonly CommitSource[] = [
  { folder: "main-4-refunds-are-payments", author: mira, date: "2026-10-06T10:30:00+01:00" },
];

/** The pull request. */
export const feature: readonly CommitSource[] = [
  { folder: "01-refund-policy", author: ana, date: "2026-10-05T09:48:00+02:00" },
  // AI-Prompt is the SHA-256 of: Add a refunds table and a store for it beside the orders store. Support must be
  // able to search by status and customer.
  { folder: "02-refund-store", author: jonas, date: "2026-10-05T14:20:00+02:00" },
  { folder: "03-refund-routes", author: copilotAgent, date: "2026-10-05T13:02:00+00:00" },
  { folder: "04-refund-currency", author: mira, date: "2026-10-06T09:15:00+01:00" },
  { folder: "05-review-suggestion", author: ana, committer: github, date: "2026-10-06T12:51:00+02:00" },
  { folder: "06-retry-refunds", author: jonas, date: "2026-10-06T17:33:00+02:00" },
  {
    folder: "07-move-session",
    author: jonasWithAider,
    committer: jonasWithAider,
    date: "2026-10-07T08:57:00+02:00",
  },
  { folder: "08-refund-report", author: tom, date: "2026-10-07T15:26:00+02:00" },
  { folder: "09-bump-typescript", author: dependabot, committer: tom, date: "2026-10-08T04:10:00+00:00" },
  { folder: "10-finance-webhook", author: ana, date: "2026-10-08T10:44:00+02:00" },
  { folder: "11-finance-archive", author: ana, date: "2026-10-08T16:08:00+02:00" },
  { folder: "12-quiet-tests", author: tom, date: "2026-10-09T18:52:00+02:00" },
];

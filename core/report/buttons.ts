/** A button of a check run. https://docs.github.com/en/rest/checks/runs: three at most, 20, 40 and 20 characters. */
export interface Button {
  label: string;
  description: string;
  identifier: "recheck" | "request-owners" | "explain";
}

/** GitHub's limits for the buttons of a check run. */
export const buttonLimits = { count: 3, label: 20, description: 40, identifier: 20 } as const;

/** What a reader of the check can ask for. */
export const buttons: readonly Button[] = [
  { label: "Re-evaluate", description: "Read everything anew and decide again", identifier: "recheck" },
  { label: "Request owners", description: "Ask those who can approve to review", identifier: "request-owners" },
  { label: "Explain", description: "Say in a comment why it is so", identifier: "explain" },
];

/** Why a delivery was not taken: what the sender is told, and the word for it in logs and metrics. */
export interface Refusal {
  status: 400 | 401 | 405 | 408 | 409 | 413 | 415 | 503;
  outcome: string;
  message: string;
}

/** Every way in which a delivery is refused. */
export const refusals = {
  method: { status: 405, outcome: "bad-request", message: "Send deliveries with POST." },
  contentType: {
    status: 415,
    outcome: "bad-request",
    message: "Choose the content type application/json in the settings of the webhook.",
  },
  badSignature: {
    status: 401,
    outcome: "bad-signature",
    message: "X-Hub-Signature-256 does not sign this body with the webhook secret.",
  },
  headers: {
    status: 400,
    outcome: "bad-request",
    message: "X-GitHub-Event or X-GitHub-Delivery is missing, or of another shape than GitHub's.",
  },
  tooLarge: { status: 413, outcome: "too-large", message: "The body is larger than this server takes." },
  gone: { status: 408, outcome: "gone", message: "The body did not come whole." },
  slow: { status: 408, outcome: "slow", message: "The body came too slowly. Send it again." },
  busy: { status: 503, outcome: "busy", message: "Too many deliveries at the same time. Send it again." },
  wrongShape: { status: 400, outcome: "wrong-shape", message: "The body is no JSON of the shape of this event." },
  otherBody: {
    status: 409,
    outcome: "other-body",
    message: "A delivery with this id and another body came before. Neither replaces the other.",
  },
  storeFault: { status: 503, outcome: "store-fault", message: "It could not be stored. Send it again." },
} as const satisfies Record<string, Refusal>;

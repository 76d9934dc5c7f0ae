import { HttpError } from "../http/router.ts";
import { formatCents } from "../lib/money.ts";

export interface PaymentOptions {
  url: string;
  timeoutMs: number;
}

/** Talks to the payment provider. One call, one answer; the order id keeps a charge from happening twice. */
export class PaymentClient {
  readonly #options: PaymentOptions;

  constructor(options: PaymentOptions) {
    this.#options = options;
  }

  /** Takes the money and returns the provider's id of the payment. */
  async charge(orderId: string, cents: number, currency: string): Promise<string> {
    const answer = await this.#post("/charges", {
      key: orderId,
      cents,
      currency,
      text: `Order ${orderId}, ${formatCents(cents, currency)}`,
    });
    if (answer.status === 402) throw new HttpError(402, "the payment was declined");
    if (!answer.ok) throw new HttpError(502, `the payment provider answered ${answer.status}`);
    return idOf(await answer.json());
  }

  async #post(path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(new URL(path, this.#options.url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.#options.timeoutMs),
      });
    } catch (error) {
      throw new HttpError(504, "the payment provider did not answer", { cause: error });
    }
  }
}

function idOf(answer: unknown): string {
  const id = (answer as { id?: unknown } | null)?.id;
  if (typeof id !== "string") throw new HttpError(502, "the payment provider sent no id");
  return id;
}

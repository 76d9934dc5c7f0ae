/** An answer that is no: thrown where it is found, sent by whoever answers the request. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[];

  constructor(status: number, message: string, errors: readonly unknown[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  /** As GitHub writes it. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
  body(): unknown {
    return {
      message: this.message,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      documentation_url: "https://docs.github.com/rest",
      status: String(this.status),
    };
  }
}

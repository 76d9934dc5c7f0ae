import type { Evidence } from "../../evidence.ts";
import { inertText } from "../../untrusted/index.ts";

/** What an expression's parts are at run time. Whole numbers and ratios are both numbers; the checker tells them apart. */
export type Value = boolean | number | string | readonly Value[] | Fields | Unknown;

/** There is no evidence: whatever is made of it is unknown too. */
export class Unknown {
  /** One sentence for people, without a full stop; inert. */
  readonly reason: string;
  /** Whether the expression failed, rather than that evidence is absent: it divides by zero, or asks a list for too much. */
  readonly failed: boolean;
  constructor(reason: string, { failed = false }: { failed?: boolean } = {}) {
    this.reason = reason;
    this.failed = failed;
  }
}

/** The fields of a record, each worked out when it is first asked for. */
export class Fields {
  readonly #makers: Readonly<Record<string, () => Value>>;
  readonly #made = new Map<string, Value>();

  constructor(makers: Readonly<Record<string, () => Value>>) {
    this.#makers = makers;
  }

  get names(): string[] {
    return Object.keys(this.#makers);
  }

  get(name: string): Value {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    const maker = Object.hasOwn(this.#makers, name) ? this.#makers[name] : undefined;
    const value = maker === undefined ? new Unknown(`there is no \`${name}\``) : maker();
    this.#made.set(name, value);
    return value;
  }
}

/** Whether it is a list: types alone cannot tell a read-only one from a text. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value that was read, or why there is none. */
export function fromEvidence<T>(evidence: Evidence<T>, value: (value: T) => Value): Value {
  return evidence.state === "present" ? value(evidence.value) : new Unknown(inertText(evidence.reason));
}

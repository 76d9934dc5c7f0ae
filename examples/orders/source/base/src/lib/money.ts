/** Amounts are whole cents everywhere; text is for people and for the payment provider. */
export function formatCents(cents: number, currency: string): string {
  const sign = cents < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${sign}${whole}.${rest} ${currency}`;
}

/** Reads `12`, `12.5` and `12.50` as cents. Nothing else is an amount. */
export function parseAmount(text: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** A share of an amount in whole cents, half a cent rounded up. */
export function percentOf(cents: number, percent: number): number {
  return Math.round((cents * percent) / 100);
}

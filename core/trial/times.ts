/** A day begins at midnight UTC. */
export function fullInstant(written: string): string {
  return written.includes("T") ? written : `${written}T00:00:00Z`;
}

export function minuteAfter(instant: string): string {
  return new Date(Date.parse(instant) + 60_000).toISOString().replace(".000Z", "Z");
}

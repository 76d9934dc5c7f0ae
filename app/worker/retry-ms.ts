/**
 * How long to wait after a failure, by how many there were before it: from 2 seconds, twice as long each time, 2 minutes at
 * most. Whatever was down is noticed to be up again within that.
 */
export function retryMs(attempts: number): number {
  return Math.min(2_000 * 2 ** Math.min(attempts, 10), 120_000);
}

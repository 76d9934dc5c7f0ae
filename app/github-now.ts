import type { AppPorts } from "./ports.ts";

/**
 * The time by the clock that comments are stamped with. Ours may be another: by one that is slow, a push would seem older
 * than the comment that came before it.
 */
export function githubNow({ installation, clock }: Pick<AppPorts, "installation" | "clock">, id: number): Date {
  return installation(id).now?.() ?? clock.now();
}

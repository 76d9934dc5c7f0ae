import type { Memo } from "../adapters/store/store.ts";
import type { AppPorts } from "./ports.ts";

/** Remembers whether the App may see a repository: what it knows of one that it lost is nobody's to look at. */
export async function rememberLost({ store, clock }: AppPorts, repository: number, lost: boolean): Promise<void> {
  const subject = `repository/${repository}`;
  if (isLost(await store.memory.of(subject)) === lost) return;
  const memo = { subject, kind: "repository" as const, id, value: "{}", at: clock.now().toISOString() };
  await (lost ? store.memory.remember([memo]) : store.memory.forget(subject, memo.kind, id));
}

/** By the memos of a repository: that it was gone, or not the App's to read, when all its pull requests were last asked for. */
export function isLost(memos: readonly Pick<Memo, "kind" | "id">[]): boolean {
  return memos.some((memo) => memo.kind === "repository" && memo.id === id);
}

const id = "lost";

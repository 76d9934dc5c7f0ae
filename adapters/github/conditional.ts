import * as z from "zod";
import { hasNext, NotTold, type Answer, type Parameters } from "./client.ts";
import type { Received } from "./send.ts";

/**
 * Answers that GitHub gave before, by what was asked: what has not changed since costs nothing of the budget. One for each
 * installation, so that nobody is answered with what another one may see. Readers check the shape of what comes out of it,
 * as of any answer.
 */
export function conditional(most = 500) {
  const kept = new Map<string, { etag: string; answer: string }>();
  return (route: string, parameters: Parameters, accept = "") => {
    const key = JSON.stringify([route, parameters, accept]);
    const known = kept.get(key);
    return {
      headers: (known === undefined ? {} : { "if-none-match": known.etag }) satisfies Record<string, string>,
      take: (received: Received): Answer => {
        const { status, headers, data } = received;
        const forget = (): void => void kept.delete(key);
        if (status === 304 && known !== undefined) return { ...restored(known.answer), forget };
        // What was kept may be of a repository that is another one by now.
        forget();
        if (status >= 300) throw new NotTold(`GitHub answered ${status}`, status);
        if (typeof data === "string") throw new NotTold("GitHub's answer was not whole");
        const answer = { data, hasNext: hasNext(headers["link"]) };
        const { etag } = headers;
        if (etag !== undefined && !(data instanceof ArrayBuffer))
          kept.set(key, { etag, answer: JSON.stringify(answer) });
        const oldest = kept.size > most ? kept.keys().next().value : undefined;
        if (oldest !== undefined) kept.delete(oldest);
        return { ...answer, forget };
      },
    };
  };
}

/** As text, so that no reader can change what the next one gets. */
function restored(text: string): Answer {
  return Kept.parse(JSON.parse(text));
}

const Kept = z.object({ data: z.unknown(), hasNext: z.boolean() });

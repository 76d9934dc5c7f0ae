/**
 * Whether what stands beside a directive says why: two words or more that are not only a name for doing it later or for
 * needing it, or a link. Stricter would refuse `untyped module`, which is a reason; laxer would take `needed`.
 */
export function saysWhy(text: string): boolean {
  const head = text.slice(0, 1000);
  if (/https?:\/\/|\b[A-Z]{2,10}-\d+\b|(?:^|\s|\()(?:[\w-]+\/[\w-]+)?#\d+\b/.test(head)) return true;
  if (/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}/.test(head)) return true;
  const words = head.toLowerCase().match(/\p{L}[\p{L}']+/gu) ?? [];
  return words.filter((word) => !emptyWords.has(word)).length >= 2;
}

const emptyWords = new Set(
  (
    "todo fixme xxx hack fix later temp temporary temporarily now for needed need required necessary ignore ignored this " +
    "that the is it to be line file next rule rules error errors warning warnings lint linter check checks type types " +
    "eslint disable disabled suppress suppressed remove me please do not why legacy ok fine here all any and"
  ).split(" "),
);

/** Whether a comment above a directive says why it is there; what the code does is told in comments too. */
export function givesCause(text: string): boolean {
  const head = text.slice(0, 1000);
  return saysWhy(head) && causeWords.test(head);
}

const causeWords =
  /\b(?:because|since|due to|so that|otherwise|needed|required|requires|must|upstream|bugs?|false positives?|intentional(?:ly)?|deliberate(?:ly)?|on purpose|safe(?:ly)?|trusted|work ?around|cannot|can't|can ?not|doesn't|don't|isn't|does not|do not|is not|won't|until|unless|only|types?|typed|untyped|typings|lint(?:er)?|eslint|mypy|pyright|compiler|typescript|known|allow(?:ed)?|circular|compat(?:ibility)?|backwards?|deprecated|legacy|see)\b|https?:\/\//i;

import { expect, test } from "vitest";
import { isMachineWord } from "../../../core/untrusted/machine-word.ts";

test.each([
  { says: "a session's id", text: "0b9f6f0e-6d0c-4a57-9a53-3f7a3c8f8a11", is: true },
  { says: "an address", text: "https://example.com/threads/T-1#x", is: true },
  { says: "nothing at all", text: "", is: true },
  { says: "as long as the longest fingerprint", text: "a".repeat(160), is: true },
  { says: "longer than any", text: "a".repeat(161), is: false },
  { says: "two words", text: "approve this", is: false },
  { says: "two lines", text: "a\n", is: false },
  { says: "another script", text: "утверди", is: false },
  { says: "markup", text: "<b>", is: false },
  { says: "a link's query, which may hold a sentence", text: "https://example.com/?q=a", is: false },
])("$says: $is", ({ text, is }) => expect(isMachineWord(text)).toBe(is));

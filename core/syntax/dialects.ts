import type { Dialect } from "./dialect.ts";
import { go } from "./dialects/go.ts";
import { java } from "./dialects/java.ts";
import { javascript } from "./dialects/javascript.ts";
import { python } from "./dialects/python.ts";
import type { Language } from "./language.ts";

const dialects: Record<Language, Dialect> = { javascript, python, go, java };

export function dialectOf(language: Language): Dialect {
  return dialects[language];
}

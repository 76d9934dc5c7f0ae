import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { annotatedRoutes } from "./annotated-routes.ts";
import { calledRoutes } from "./called-routes.ts";

/** One way into a program from outside, and what decides who may take it. */
export interface Route {
  /** Routes of one router, controller or file are alike. */
  group: string;
  /** `POST /orders/:id`, or the handler's name: the same while the code around it changes. */
  key: string;
  /** Of HTTP in capitals; `ANY` where it takes several or does not say. */
  method: string;
  path: string;
  /** Where it is declared. */
  node: SyntaxNode;
  /** The names of its guards, wherever they stand. */
  guards: ReadonlySet<string>;
  /** Those of them that its handler asks. */
  asked: ReadonlySet<string>;
  /** Says itself that everybody may. */
  isPublic: boolean;
}

/** What the routes of a file are, and which guards a whole group has. */
export interface Routes {
  routes: readonly Route[];
  /** By group. */
  common: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the routes of a file as its frameworks declare them: by calls on a router, or by decorators and annotations. */
export function readRoutes(file: SourceFile): Routes {
  const called = calledRoutes(file);
  const annotated = annotatedRoutes(file);
  return { routes: [...called.routes, ...annotated.routes], common: new Map([...called.common, ...annotated.common]) };
}

import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { isGuardName } from "./guard-names.ts";

/** The guards within each function of a file: calls that check, and conditions on who asks that leave. */
export class BodyGuards {
  readonly #byFunction = new Map<SyntaxNode, Set<string>>();

  constructor(file: SourceFile) {
    const add = (node: SyntaxNode, name: string) => {
      const around = node.above(file.dialect.functions);
      if (around === null) return;
      const names = this.#byFunction.get(around) ?? new Set<string>();
      this.#byFunction.set(around, names.add(name));
    };
    for (const { node, name } of file.calls) if (isGuardName(name, "call")) add(node, name);
    for (const node of file.nodes("if_statement")) {
      const name = leavesFor(node, file);
      if (name !== null) add(node, name);
    }
  }

  /** Of one function, not of those within it. */
  of(node: SyntaxNode | null | undefined): ReadonlySet<string> {
    return (node == null ? undefined : this.#byFunction.get(node)) ?? none;
  }
}

const none: ReadonlySet<string> = new Set();

/** `if (!user.isAdmin) throw …`: the name that the condition asks about. */
function leavesFor(node: SyntaxNode, file: SourceFile): string | null {
  const condition = node.part("condition");
  const consequence = node.part("consequence");
  if (condition === null || consequence === null) return null;
  const statements = consequence.type.includes("block") ? file.statements(consequence) : [consequence];
  const last = statements.at(-1);
  if (last === undefined || !(file.dialect.exits.has(last.type) || refuses(statements))) return null;
  let left = mostNodes;
  for (const { type, text, children } of condition.walk()) {
    left -= 1;
    if (left < 0) return null;
    if (children.length === 0 && nameTypes.test(type) && (asksWho.test(text) || asksWhat.test(text))) return text;
  }
  return null;
}

function refuses(statements: readonly SyntaxNode[]): boolean {
  return statements.some(({ text }) => /\b(?:40[13]|abort|forbidden|unauthorized)\b/i.test(text.slice(0, 300)));
}

const mostNodes = 100;
const nameTypes = /identifier$/;
const asksWho =
  /^(?:is_?(?:admin|owner|authenticated|authorized|staff|superuser|logged_?in|member)|has_?(?:role|perm|permission|access|scope)s?|roles?|permissions?|owner_?id|current_?user)$/i;
/** `canEdit`, `can_edit`, `CanEdit`; not `cancelled`. */
const asksWhat = /^[cC]an(?:_[a-z]|[A-Z])\w{2,40}$/;

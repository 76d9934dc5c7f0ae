/** What a line of a comment is, by itself. `part` is code that prose may look like, or that only goes on with other code. */
export type LineKind = "code" | "part" | "blank" | "prose";

/**
 * Reads a line without its comment marks. Where in doubt it is prose: a sentence taken for code is worse than code that is
 * missed, and code that somebody took out has more than one line.
 */
export function lineKind(line: string): LineKind {
  const text = line.trim().slice(0, 500);
  if (text === "" || /^(?:\/\/|#(?![\w!])|\/\*)/.test(text)) return "blank";
  if (notCode.test(text)) return "prose";
  if (codeForms.some((form) => form.test(text))) return "code";
  return partForms.some((form) => form.test(text)) ? "part" : "prose";
}

/** A sum that is worked out, links, orders to tools, annotations of docs, numbered and pointed lists, arrows and ellipses that explain. */
const notCode =
  / = [^(]* = |https?:\/\/|^(?:go:|\+build|eslint|@ts-|biome-|noqa|type:|pragma|nolint|prettier|istanbul|[-*•]\s|\d+[.)]\s|\|)|^@(?:param|returns?|throws|see|deprecated|example|type|since|author|link|code)\b|\s(?:->|→|=>)\s[A-Z]?\w+ \w+ \w+|\.\.\.$|^(?:todo|fixme|note|xxx|hack|warning|see|e\.g|i\.e)\b/i;

const name = "[\\w$]+(?:(?:\\.|->|::|\\?\\.)[\\w$]+|\\[[^\\]]{1,60}\\])*";
const number = "-?[\\d.]+\\w?[,;]?$";
const value = "(?:[\"'`].*[\"'`]|-?[\\d.]+\\w?|true|false|null|nil|None|True|False|undefined)";

const codeForms: readonly RegExp[] = [
  // A declaration or an assignment.
  /^(?:export |default |public |private |protected |static |final |readonly |async |abstract |override )*(?:const|let|var|val) [\w${[][^=]{0,120}(?:=|;$|: ?[\w<[]+)/,
  new RegExp(
    `^(?:[\\w<>[\\],.?*&]+ )?${name}(?:: ?[\\w<>[\\], .|]{1,60})?(?:, ?${name}){0,4} ?(?:[-+*/%|&^]?=|:=|\\?\\?=|\\|\\|=) ?(?!=)(?!${number})(?:${value}|[\\w$.]+[[({.]|[[({]|new |await |not |!|&|\\*|[\\w$.]+[;,]?$|[\\w$.]+ (?:[-+*/%<>|&?]|and|or|if|in|==|!=|as) ?)`,
  ),
  // A call that is the whole line, or begins one.
  new RegExp(
    `^(?:await |yield |go |defer |return |throw |raise |new |void |else )*${name}(?:<[\\w, ]{1,40}>)?\\((?:[^()]|\\([^()]*\\)){0,200}\\)(?:\\.[\\w$]+\\(.*\\)?)*[;,]?(?:\\s*(?:#|//).*)?$`,
  ),
  new RegExp(
    `^(?:await |yield |go |defer |return |throw |raise |new )*${name}\\((?:.*(?:=> ?[{(]?|[({[,]|function ?\\(.{0,60}\\) ?\\{))?$`,
  ),
  /^\.[\w$]+\(.*$/,
  // Statements by their first word, with something that no sentence has.
  /^(?:\} ?)?(?:else )?(?:if|while|for|switch|catch|foreach|elseif|unless) ?\(.*\)(?: ?[{:;]| \w.*;)?$/,
  /^(?:if|for|switch) [^.]{1,160} \{$/,
  /^(?:if|elif|while|for|with|except|async for|async with) (?:[\w.]+|.{0,160}[()[\]=<>!_"'.].{0,160}|\w+ in .{1,80}|not \w+):$/,
  /^(?:async )?def \w+ ?\(.*(?::|,|\()$|^class \w+(?:\(.*\))?:$|^(?:export |public |final |abstract |default )*(?:class|interface|enum|struct|trait|record) \w+[^.]{0,120}\{$/,
  /^(?:from [\w.]+ import [\w*(]|import [\w.]+(?: as \w+|;)?$|import ["'].*["'];?$|import .{1,200} from ["'].*["'];?$|export .{1,200} from ["'].*["'];?$|using [\w.]+;$|#include [<"]|require(?:_once)? ?\(?["'])/,
  /^(?:export (?:default )?)?(?:async )?function\*? ?\w* ?\(.*$|^func (?:\(\w+ \*?\w+\) )?\w+\(.*\{$|^(?:(?:public|private|protected|internal|static|final|override|async|virtual) )+[\w<>[\], ?]{1,80}(?:\(.*|[;={])$|^fn \w+.*\{$/,
  /^return(?:;| ?[[({!"'`-].*| [\w$.]+(?:;|\(.*|\[.*| [-+*/%=<>!&|?].*)| (?:await|new|not) .*[()].*| (?:true|false|null|nil|None|True|False|undefined|this|self);?)$/,
  /^(?:throw new \w+|raise \w+)\(.*$|^(?:break|continue|pass);$|^(?:print|echo|puts|console\.\w+) ?\(.*$|^assert [\w.(]+.{0,80}(?:==|!=|[<>()]| is | in | not ).*$/,
  new RegExp(`^["'][\\w$-]+["'] ?: ?(?:${value}|[\\w$.]+(?:\\(.*\\))?|[[({].*),?$`),
  /^[\w$.[\]]+(?:\+\+|--);?$|^[)\]}]+\.[\w$]+\(.*$|^@[A-Z]\w+(?:\(.*\))?$|^<\/?[A-Z][\w.]*(?: [^<>]*)?\/?>;?$|^<\/?(?:div|span|p|a|ul|li|button|input|img|form|label|h[1-6]|section|table|tr|td)(?: [\w-]+=[^<>]*)?\/?>.*$/,
  /^[^ ].*[\w)\]"'] ?\{$|^.{0,200}[\w)\]"'`}]\);$|^.{1,200} = .{1,200};$/,
];

const partForms: readonly RegExp[] = [
  new RegExp(`^${name} ?:?= ?${number}`),
  /^return [\w.]+$/,
  /^[\w$-]+ ?: ?[[({]$/,
  /^return \w+(?:\.\w+)*(?:, (?:nil|err|null|None|true|false|\w+\.\w+))+$/,
  /^[\])}]+[;,)]*$|^\} ?(?:else|catch|finally|while)\b.*\{?$|^(?:else|try|finally|do|except) ?[:{]$|^(?:else|try|finally):$/,
  new RegExp(`^[\\w$-]+ ?: ?(?:${value}|[\\w$.]+(?:\\(.*\\))?|[[({].*)[,;]$`),
  new RegExp(`^(?:${value}|[\\w$.]+)[,;]$`),
  /^(?:break|continue|pass|return|default:|case .{1,60}:)$|^[({[]$|^(?:[-+*/%?:&|]{1,2}|and|or) [\w$.("'`].*$/,
  /^@\w[\w.]*(?:\(.*\))?$/,
];

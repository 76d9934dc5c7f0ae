import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { CallTable, spotOf } from "./known-calls.ts";
import type { Report } from "./pattern.ts";

const table = new CallTable([
  {
    names: [
      ...["DocumentBuilderFactory", "SAXParserFactory", "XMLInputFactory"].flatMap((factory) => [
        ...[
          `${factory}.newInstance`,
          `${factory}.newFactory`,
          `${factory}.newDefaultFactory`,
          `${factory}.newNSInstance`,
        ],
      ]),
      ...["XMLReaderFactory.createXMLReader", "SAXReader", "SAXBuilder"],
    ],
  },
]);

/**
 * Java's parsers resolve external entities until they are told not to. Where the function, or for a field the class, sets
 * one of the features that forbid it, the parser counts as safe.
 */
export function reportUnsafeParsers(file: SourceFile, report: Report): void {
  const isSafe = new Map<SyntaxNode, boolean>();
  for (const call of file.calls) {
    if (table.rowsOf(file, call).length === 0 || (/^SAX(?:Reader|Builder)$/.test(call.name) && !call.isNew)) continue;
    const around = aroundOf(file, call);
    const known = isSafe.get(around) ?? (forbids.test(around.text) || onlyWrites(around.text));
    isSafe.set(around, known);
    if (!known) report(spotOf(call), "This parser resolves external entities: files of this machine, other addresses.");
  }
}

/** A document that is made, and not read. */
function onlyWrites(text: string): boolean {
  return text.includes(".newDocument()") && !text.includes(".parse(");
}

function aroundOf(file: SourceFile, call: Call): SyntaxNode {
  return call.node.above(file.dialect.functions) ?? call.node.above(classes) ?? file.tree.root;
}

const classes = new Set(["class_declaration", "enum_declaration", "interface_declaration", "record_declaration"]);
const forbids =
  /disallow-doctype-decl|external-general-entities|FEATURE_SECURE_PROCESSING|ACCESS_EXTERNAL_|SUPPORT_DTD|IS_SUPPORTING_EXTERNAL_ENTITIES|javax\.xml\.stream\.(?:supportDTD|isSupportingExternalEntities)|load-external-dtd|setXMLResolver|setEntityResolver|setExpandEntit\w{1,20}\(false|[sS]ecure\w{0,40}\(/;

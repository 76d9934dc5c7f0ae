import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { argument, CallTable, passesOn, reportKnownCalls } from "../known-calls.ts";
import { dottedName, originsOf } from "../origins.ts";
import type { Pattern, Report } from "../pattern.ts";
import { flag, lowerText, optionsOf, settingsOf } from "../settings.ts";
import { fileName, isTestFile } from "../test-files.ts";
import { reportUnsafeParsers } from "../xml-parsers.ts";

/** Data is read in a way that lets it run code, read files, or write itself into a page as markup. */
export const unsafeLoad: Pattern = {
  rule: {
    id: "unsafe-load",
    title: "Data is loaded in a way that lets it act",
    help: "Load it with what only reads data: JSON, `yaml.safe_load`, `weights_only=True`, defusedxml, a parser without external entities.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "java"],
  trigger:
    /pickle|yaml|marshal|shelve|dill|joblib|torch|serializ|trust_remote_code|autoescape|jinja2|\bmako\b|xml|sax|etree|tarfile|readObject|XStream|jsonpickle|allow_pickle|unsafe|parseFromString|templat|ObjectMapper|noent|Kryo|hessian|CSafe/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    reportKnownCalls(file, table, report);
    if (file.language === "python") reportPython(file, report);
    if (file.language === "java") reportUnsafeParsers(file, report);
    if (file.language === "javascript") reportSchemas(file, report);
  },
};

const runsCode = "What is loaded here can run any code.";
const entities =
  "This parser resolves what the document declares: files of this machine, other addresses, texts that grow without end.";
const noEscape = "What is put into this template is not escaped: it can be markup.";

/** `pickle` and everything that is it underneath. */
const pickles = [
  ...["pickle", "cPickle", "_pickle", "dill", "cloudpickle"].flatMap((module) => [
    ...[`${module}.load`, `${module}.loads`, `${module}.Unpickler`],
  ]),
  ...["marshal.load", "marshal.loads", "shelve.open", "shelve.DbfilenameShelf", "dill.load_session"],
  ...["joblib.load", "sklearn.externals.joblib.load", "jsonpickle.decode", "jsonpickle.unpickler.decode"],
  ...[
    "jsonpickle.unpickler.Unpickler",
    "pandas.read_pickle",
    "pandas.io.pickle.read_pickle",
    "pandas.compat.pickle_compat.load",
  ],
];

const xmlCalls = [
  ...["xml.etree.ElementTree", "xml.etree.cElementTree"].flatMap((module) =>
    ["parse", "iterparse", "fromstring", "fromstringlist", "XMLParser", "XML", "XMLID", "XMLPullParser"].map(
      (name) => `${module}.${name}`,
    ),
  ),
  ...["xml.sax.parse", "xml.sax.parseString", "xml.sax.make_parser", "xml.sax.expatreader.create_parser"],
  ...["xml.dom.minidom.parse", "xml.dom.minidom.parseString", "xml.dom.pulldom.parse", "xml.dom.pulldom.parseString"],
  ...["xml.dom.expatbuilder.parse", "xml.dom.expatbuilder.parseString", "xml.parsers.expat.ParserCreate"],
];

const keywordIs = (name: string, wanted: boolean) => (call: Call, file: SourceFile) => {
  const value = argument(call, name);
  return value !== null && flag(file, value) === wanted && value;
};

const table = new CallTable([
  { names: pickles, message: runsCode },
  {
    names: ["torch.load"],
    message: runsCode,
    when: (call, file) => {
      const only = argument(call, "weights_only");
      return only === null ? !passesOn(call) : flag(file, only) === false && only;
    },
  },
  { names: ["numpy.load"], message: runsCode, when: keywordIs("allow_pickle", true) },
  { names: ["yaml.load", "yaml.load_all"], message: runsCode, when: isUnsafeYaml },
  { names: ["yaml.unsafe_load", "yaml.unsafe_load_all", "yaml.full_load", "yaml.full_load_all"], message: runsCode },
  { names: ["yaml.UnsafeLoader", "yaml.Loader", "yaml.CLoader", "yaml.FullLoader"], message: runsCode },
  {
    names: ["ruamel.yaml.YAML"],
    message: runsCode,
    when: (call, file) => /^(?:unsafe|base_unsafe)$/.test(lowerText(file, argument(call, "typ", 0))),
  },
  { names: ["ruamel.yaml.load", "ruamel.yaml.load_all"], message: runsCode, when: isUnsafeYaml },
  { names: xmlCalls, message: entities },
  {
    names: ["jinja2.Environment", "jinja2.environment.Environment", "jinja2.Template"],
    message: noEscape,
    when: isUnescaped,
  },
  {
    names: ["mako.template.Template"],
    message: noEscape,
    when: (call) => argument(call, "default_filters") === null && !passesOn(call),
  },
  {
    names: ["lxml.etree.XMLParser", "lxml.etree.ETCompatXMLParser"],
    message: entities,
    when: (call, file) => {
      const resolves = argument(call, "resolve_entities");
      return resolves === null ? !passesOn(call) : flag(file, resolves) === true;
    },
  },
  {
    names: ["lxml.etree.parse", "lxml.etree.fromstring", "lxml.etree.XML", "lxml.etree.iterparse"],
    message: entities,
    when: (call) =>
      argument(call, "parser", 1) === null && argument(call, "resolve_entities") === null && !passesOn(call),
  },
  {
    names: [
      "tarfile.open#extractall",
      "tarfile.TarFile#extractall",
      "tarfile.TarFile.open#extractall",
      "tarfile.extractall",
      "tarfile.open.extractall",
    ],
    message: "What this archive holds may be written outside of the folder.",
    when: isUnfiltered,
  },
  // JavaScript
  {
    names: ["node-serialize.unserialize", "serialize-to-js.deserialize", "funcster.deepDeserialize", "cryo.parse"],
    message: runsCode,
  },
  { names: ["js-yaml.load", "js-yaml.loadAll"], message: runsCode, when: namesFullSchema },
  {
    names: [
      "libxmljs.parseXml",
      "libxmljs.parseXmlString",
      "libxmljs2.parseXml",
      "libxmljs2.parseXmlString",
      "libxmljs.parseXmlAsync",
    ],
    message: entities,
    when: (call, file) => {
      const options = call.args[1] === undefined ? null : optionsOf(file, call.args[1].value);
      const noent = options?.values.get("noent") ?? options?.values.get("replaceEntities");
      return noent !== undefined && flag(file, noent) === true;
    },
  },
  // Java
  {
    names: ["ObjectInputStream#readObject", "ObjectInputStream#readUnshared", "XMLDecoder#readObject", "XMLDecoder"],
    message: runsCode,
  },
  {
    names: ["Yaml#load", "Yaml#loadAll", "Yaml#loadAs"],
    message: runsCode,
    when: isUnsafeSnake,
  },
  {
    names: ["XStream#fromXML"],
    message: runsCode,
    when: (call, file) => !/allowTypes|addPermission|allowTypesBy/.test(file.text),
  },
  {
    names: [
      "SerializationUtils.deserialize",
      "Kryo#readClassAndObject",
      "HessianInput#readObject",
      "Hessian2Input#readObject",
    ],
    message: runsCode,
  },
  {
    names: ["ObjectMapper#enableDefaultTyping", "ObjectMapper#activateDefaultTyping"],
    message: runsCode,
    when: (call) => !/PolymorphicTypeValidator|ptv|validator/i.test(call.node.text.slice(-300)),
  },
]);

/** `yaml.load` is safe with a loader whose name says so; which loader a name stands for may be decided elsewhere. */
function isUnsafeYaml(call: Call, file: SourceFile): boolean {
  const loader = argument(call, "Loader", 1);
  if (loader === null) return !passesOn(call);
  const name = dottedName(file, file.valueOf(loader)) || loader.text;
  return (
    !/(?:Safe|Base|Json|JSON|Strict|RoundTrip)\w*$/.test(name) &&
    /^(?:ruamel\.)?yaml\.|Unsafe|^(?:Full)?Loader$/.test(name)
  );
}

/** A template that a text is made into alone is not a page; only an environment's default is judged. */
function isUnescaped(call: Call, file: SourceFile): SyntaxNode | boolean {
  const escapes = argument(call, "autoescape");
  if (escapes === null) return call.name !== "Template" && !passesOn(call);
  const value = file.valueOf(escapes);
  const made = file.callAt(value);
  const isOff =
    made === null
      ? flag(file, value) === false || /^(?:string|none)$/.test(value.type)
      : made.receiver === null && dottedName(file, made.callee) !== "jinja2.select_autoescape";
  return isOff && escapes;
}

/** `members=` that is made by a function, and the filters of Python 3.12 that look at paths, are checks. */
function isUnfiltered(call: Call, file: SourceFile): boolean {
  if (passesOn(call)) return false;
  const filter = argument(call, "filter");
  if (filter !== null) return lowerText(file, filter) === "fully_trusted";
  const members = argument(call, "members", 1);
  if (members === null) return true;
  const value = file.valueOf(members);
  return (
    (value.type !== "list" && file.callAt(value) === null && value.type !== "list_comprehension") ||
    isTarItself(file, call, members)
  );
}

function isTarItself(file: SourceFile, call: Call, members: SyntaxNode): boolean {
  const listed = file.callAt(file.valueOf(members));
  const isArchive = originsOf(file, members).some((origin) => /^tarfile\.(?:open|TarFile)/.test(origin));
  return isArchive || members.text === call.receiver?.text || listed?.name === "getmembers";
}

/** `{ schema: DEFAULT_FULL_SCHEMA }`; without one, version 4 reads data only, and version 3 is known by its `safeLoad`. */
function namesFullSchema(call: Call, file: SourceFile): boolean {
  const options = call.args[1] === undefined ? null : optionsOf(file, call.args[1].value);
  const schema = options?.values.get("schema");
  return (
    schema !== undefined &&
    /(?:^|\.)(?:DEFAULT_FULL_SCHEMA|DEFAULT_UNSAFE_SCHEMA)$|js-yaml-js-types/.test(
      dottedName(file, file.valueOf(schema)),
    )
  );
}

/** `new Yaml()` makes whatever class a document names; `new Yaml(new SafeConstructor(…))` does not. */
function isUnsafeSnake(call: Call, file: SourceFile): boolean {
  const made = call.receiver === null ? null : file.callAt(file.valueOf(call.receiver));
  if (made === null || made.name !== "Yaml") return false;
  return !made.args.some(({ value }) => /Safe/.test(file.valueOf(value).text.slice(0, 200)));
}

const flags = new Set([
  "trust_remote_code",
  "autoescape",
  "allow_dangerous_deserialization",
  "safe_mode",
  "enable_unsafe_deserialization",
]);

function reportPython(file: SourceFile, report: Report): void {
  for (const { key, value, node, owner } of settingsOf(file, flags)) {
    const set = flag(file, value);
    if (/^(?:trust_remote_code|allow_dangerous_deserialization)$/.test(key) && set === true) report(node, runsCode);
    if (key === "safe_mode" && set === false && /keras|load_model/.test(file.text)) report(node, runsCode);
    if (key === "autoescape" && set === false && owner !== null) report(node, noEscape);
  }
}

/** `autoescape: false`, `noEscape: true`, and Mustache's way to say the same. */
function reportSchemas(file: SourceFile, report: Report): void {
  for (const { key, value, node, owner } of settingsOf(file, new Set(["autoescape", "noEscape", "escapeMarkup"]))) {
    const set = flag(file, value);
    if (key === "autoescape" ? set === false : key === "noEscape" ? set === true : set === false && owner !== null)
      report(node, noEscape);
  }
}

import type { Argument, Call, Language, SourceFile } from "../syntax/index.ts";

/** How sure it is that a call runs what it is given as SQL: by its name alone, or only when that reads as SQL, too. */
export interface SqlCall {
  text: Argument;
  isSure: boolean;
}

/** What a call runs as SQL. Null for a call that runs none. */
export function sqlCall(file: SourceFile, call: Call): SqlCall | null {
  const { sure, likely } = callsOf[file.language];
  // A tag's template is the tag's matter.
  if (call.node.part("arguments")?.type === "template_string") return null;
  const isSure = sure.has(call.name);
  if (!isSure && !likely.has(call.name)) return null;
  if (isSure && call.name === "raw" && file.language === "javascript" && call.receiver?.text === "String") return null;
  const text = textArgument(file, call);
  return text === undefined ? null : { text, isSure };
}

function textArgument(file: SourceFile, { name, args }: Call): Argument | undefined {
  const named = args.find(
    (argument) => argument.name !== null && ["sql", "query", "statement", "operation"].includes(argument.name),
  );
  if (named !== undefined) return named;
  const plain = args.filter((argument) => argument.name === null);
  if (name === "extra") return undefined;
  const isContext =
    file.language === "go" && /(?:Context|^Query\w*|^Exec\w*|^Prepare\w*|^Get|^Select|^Named\w*)$/.test(name);
  if (!isContext) return plain[0];
  // The context comes first, and of sqlx the destination.
  return plain
    .slice(0, 3)
    .find(
      ({ value }) => !/^(?:ctx|\w*[cC]tx|\w*\.Context\(\)|context\.\w+\(\)|&.*|dest)$/s.test(value.text.slice(0, 100)),
    );
}

interface SqlCalls {
  sure: ReadonlySet<string>;
  likely: ReadonlySet<string>;
}

const names = (text: string) => new Set(text.split(" "));

const callsOf: Readonly<Record<Language, SqlCalls>> = {
  javascript: {
    sure: names(
      "$queryRawUnsafe $executeRawUnsafe queryRawUnsafe executeRawUnsafe raw unsafe whereRaw andWhereRaw orWhereRaw havingRaw orderByRaw groupByRaw " +
        "selectRaw fromRaw joinRaw executeSql execSQL",
    ),
    likely: names(
      "query execute exec run all get each prepare queryRaw executeRaw literal where andWhere orWhere having andHaving orHaving many one none any " +
        "oneOrNone manyOrNone queryStream batch sql simple queryAsync queryArray queryObject executeQuery runQuery queryOne",
    ),
  },
  python: {
    sure: names("executescript executemany RawSQL read_sql read_sql_query mogrify"),
    likely: names(
      "execute raw text query fetch fetchrow fetchval fetchall fetchone fetch_all fetch_one fetch_val prepare sql exec_driver_sql execute_sql run_query " +
        "run iterate scalar scalars select_many",
    ),
  },
  go: {
    sure: names(
      "QueryContext QueryRowContext ExecContext PrepareContext QueryRow Queryx QueryRowx MustExec NamedExec NamedQuery PrepareNamed Preparex",
    ),
    likely: names("Query Exec Prepare Raw Where Or Not Having Order Group Joins Get Select SelectContext GetContext"),
  },
  java: {
    sure: names(
      "executeQuery executeUpdate executeLargeUpdate prepareStatement prepareCall nativeSQL createNativeQuery createSQLQuery createQuery rawQuery execSQL " +
        "queryForObject queryForList queryForMap queryForRowSet queryForInt queryForLong queryForStream addBatch sqlRestriction",
    ),
    likely: names("execute query update batchUpdate newQuery sql find list createSqlQuery select preparedQuery"),
  },
};

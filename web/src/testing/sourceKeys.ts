import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A call of `t` in the source: the key it asks for, and the namespaces in which it may stand. */
export interface KeyUse {
  file: string;
  key: string;
  namespaces: string[];
}

export interface SourceKeys {
  uses: KeyUse[];
  /** Calls whose key is not a literal, as `file: call`. */
  computed: string[];
}

interface Binding {
  at: number;
  name: string;
  namespaces: string[];
}

const DEFAULT_NAMESPACE = "ui";
/** `const { t } = useTranslation("offers")`, `{ t: frame, i18n }`, an array of namespaces, none at all. */
const HOOK = /const\s*\{([^}]*)\}\s*=\s*useTranslation\(([^)]*)\)/g;
/** A parameter or field `t: TFunction<"offers">`. */
const PARAMETER = /\b(\w+)\??:\s*TFunction(?:<([^>]*)>)?/g;
/** `type Speak = TFunction<"offers">`: the `t` of every function below that is typed with it. */
const ALIAS = /\btype\s+\w+\s*=\s*TFunction<([^>]*)>/g;
const LITERAL = /^\s*(["'`])((?:(?!\1|\$\{).)*)\1\s*(?=[,)])/;
const NAMESPACE_OPTION = /^,\s*\{[^}]*\bns:\s*"([^"]+)"/;

function quoted(text: string): string[] {
  const names = [...text.matchAll(/["']([\w-]+)["']/g)].map((match) => match[1] ?? "");
  return names.length > 0 ? names : [DEFAULT_NAMESPACE];
}

function bindingsOf(source: string): Binding[] {
  const hooks = [...source.matchAll(HOOK)].flatMap((match) => {
    const name = /\bt\b(?:\s*:\s*(\w+))?/.exec(match[1] ?? "");
    return name ? [{ at: match.index, name: name[1] ?? "t", namespaces: quoted(match[2] ?? "") }] : [];
  });
  const parameters = [...source.matchAll(PARAMETER)].map((match) => {
    return { at: match.index, name: match[1] ?? "", namespaces: quoted(match[2] ?? "") };
  });
  const aliases = [...source.matchAll(ALIAS)].map((match) => {
    return { at: match.index, name: "t", namespaces: quoted(match[1] ?? "") };
  });
  return [...hooks, ...parameters, ...aliases].sort((one, other) => one.at - other.at);
}

/** Reads one file. A name means what it was last bound to above the call: enough for one component after another. */
export function keysOfSource(file: string, source: string): SourceKeys {
  const bindings = bindingsOf(source);
  const found: SourceKeys = { uses: [], computed: [] };
  const meaning = (name: string, at: number) =>
    bindings.findLast((binding) => binding.name === name && binding.at < at)?.namespaces;
  const use = (key: string, namespaces: string[] | undefined) => {
    const [namespace, inside] = key.split(":", 2);
    if (inside !== undefined) found.uses.push({ file, key: inside, namespaces: [namespace ?? ""] });
    else found.uses.push({ file, key, namespaces: namespaces ?? [DEFAULT_NAMESPACE] });
  };

  const names = [...new Set(bindings.map((binding) => binding.name))];
  const callees = ["i18next\\.t", "i18n\\.t", ...names.map((name) => `(?<![\\w.])${name}`)];
  for (const call of source.matchAll(new RegExp(`(?:${callees.join("|")})\\(`, "g"))) {
    const name = call[0].slice(0, -1);
    const rest = source.slice(call.index + call[0].length);
    const literal = LITERAL.exec(rest);
    if (literal?.[2] === undefined) {
      found.computed.push(`${file}: ${name}(${rest.slice(0, 40).split("\n")[0]}`);
      continue;
    }
    const own = NAMESPACE_OPTION.exec(rest.slice(literal[0].length))?.[1];
    use(literal[2], own ? [own] : meaning(name, call.index));
  }
  for (const trans of source.matchAll(/<Trans\b/g)) {
    const attributes = source.slice(trans.index, trans.index + 400).split(/(?!^)<Trans\b/, 1)[0] ?? "";
    const key = /\bi18nKey="([^"]+)"/.exec(attributes)?.[1];
    const own = /\bns="([^"]+)"/.exec(attributes)?.[1];
    if (key === undefined) found.computed.push(`${file}: <Trans> without a literal i18nKey`);
    else use(key, own ? [own] : meaning(/\bt=\{(\w+)\}/.exec(attributes)?.[1] ?? "t", trans.index));
  }
  return found;
}

/** Reads every source file below a folder, tests and their helpers aside. */
export function keysBelow(folder: string): SourceKeys {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => /\.tsx?$/.test(name) && !/^testing\/|\.(test|d)\.tsx?$/.test(name));
  const read = sources.map((name) => {
    const path = join(folder, name);
    return keysOfSource(relative(folder, path), readFileSync(path, "utf8"));
  });
  return { uses: read.flatMap((one) => one.uses), computed: read.flatMap((one) => one.computed) };
}

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { calledKey, NAMESPACES, neededKeys, textsOf, variablesOf } from "~/testing/catalogues";
import { keysBelow } from "~/testing/sourceKeys";
import { LANGUAGES, type Language } from "./index";
import { SAME_IN_ALL, SAME_IN_ONE } from "./sameWords";

/** Closed lists: read by their codes through `domain/words.ts` and `domain/refusals.ts`, whose own tests cover them. */
const BY_CODE = ["refusals", "words"];
const READ_BY_CODE = ["domain/refusals.ts", "domain/words.ts"];

/** Namespace, language and key of each text. */
const TEXTS = NAMESPACES.flatMap((namespace) =>
  LANGUAGES.flatMap((language) =>
    [...textsOf(language, namespace)].map(([key, text]) => ({ namespace, language, key, text })),
  ),
);

function calledKeys(namespace: string, language: Language): Set<string> {
  const texts = textsOf(language, namespace);
  return new Set([...texts.keys()].map((key) => calledKey(texts, key)));
}

describe("the catalogues", () => {
  test.each(NAMESPACES)(
    "%s has the same keys in every language, with each language's plural forms",
    (namespace) => {
      const called = new Set(LANGUAGES.flatMap((language) => [...calledKeys(namespace, language)]));
      const wrong = LANGUAGES.flatMap((language) => {
        const texts = textsOf(language, namespace);
        const needed = new Set([...called].flatMap((key) => neededKeys(texts, key, language)));
        const file = `${language}/${namespace}.json`;
        const absent = [...needed].filter((key) => !texts.has(key)).map((key) => `${file} lacks ${key}`);
        const odd = [...texts.keys()]
          .filter((key) => !needed.has(key))
          .map((key) => `${file} needs no ${key}`);
        return [...absent, ...odd];
      });
      expect(wrong).toEqual([]);
    },
  );

  test("a text takes the same variables in every language", () => {
    const wrong = TEXTS.flatMap(({ namespace, language, key, text }) => {
      const english = textsOf("en", namespace);
      const called = calledKey(textsOf(language, namespace), key);
      const model = english.get(called) ?? english.get(`${called}_other`);
      if (model === undefined) return [];
      const [own, wanted] = [variablesOf(text).join(), variablesOf(model).join()];
      return own === wanted ? [] : [`${language}/${namespace}.json ${key}: {${own}}, in English {${wanted}}`];
    });
    expect(wrong).toEqual([]);
  });

  test("no text is empty, and none is left in English", () => {
    const wrong = TEXTS.flatMap(({ namespace, language, key, text }) => {
      const place = `${language}/${namespace}.json ${key}: ${text}`;
      if (text.trim() === "") return [`${place} (empty)`];
      const words = text
        .replace(/\{\{[^}]*\}\}/g, "")
        .replace(/<[^>]*>/g, "")
        .trim();
      const mayBeSame =
        SAME_IN_ALL.has(words) || SAME_IN_ONE[language].has(words) || !/\p{Letter}/u.test(words);
      if (language === "en" || mayBeSame) return [];
      if (textsOf("en", namespace).get(key) === text) return [`${place} (as in English)`];
      return language === "ru" && !/\p{Script=Cyrillic}/u.test(words) ? [`${place} (no Cyrillic)`] : [];
    });
    expect(wrong).toEqual([]);
  });
});

describe("the source", () => {
  const source = keysBelow(join(import.meta.dirname, ".."));
  const known = new Map(NAMESPACES.map((namespace) => [namespace, calledKeys(namespace, "en")]));
  /** The first of a call's namespaces that has the key. */
  const home = ({ key, namespaces }: (typeof source.uses)[number]) =>
    namespaces.find((namespace) => known.get(namespace)?.has(key));

  test("calls t with literal keys only", () => {
    const elsewhere = source.computed.filter((call) => !READ_BY_CODE.some((file) => call.startsWith(file)));
    expect(elsewhere).toEqual([]);
  });

  test("calls no key that the catalogues lack", () => {
    const lost = source.uses.filter((use) => home(use) === undefined);
    expect(lost.map(({ file, key, namespaces }) => `src/${file}: ${namespaces.join("|")}:${key}`)).toEqual(
      [],
    );
  });

  test("uses every key of the catalogues", () => {
    const used = new Set(source.uses.map((use) => `${home(use)}:${use.key}`));
    const spare = NAMESPACES.filter((namespace) => !BY_CODE.includes(namespace)).flatMap((namespace) =>
      [...(known.get(namespace) ?? [])]
        .filter((key) => !used.has(`${namespace}:${key}`))
        .map((key) => `en/${namespace}.json ${key}`),
    );
    expect(spare).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { examples, settled } from "../examples";
import { pagesOf } from "../pages";
import { expect, type Person, test } from "../people";

const catalogues = resolve(import.meta.dirname, "../../src/i18n");

function sentencesOf(language: string): Set<string> {
  const sentences = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") sentences.add(value);
    else if (value && typeof value === "object") for (const inner of Object.values(value)) collect(inner);
  };
  for (const file of readdirSync(join(catalogues, language)).filter((name) => name.endsWith(".json"))) {
    collect(JSON.parse(readFileSync(join(catalogues, language, file), "utf8")));
  }
  return sentences;
}

/** What a person reads or hears on the page, without what people themselves have typed. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('[translate="no"], code, pre, script, style, noscript'))
        texts.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
      if (element.closest('[translate="no"]')) continue;
      for (const name of ["aria-label", "placeholder", "title"]) texts.push(element.getAttribute(name) ?? "");
    }
    return texts.map((text) => text.trim()).filter(Boolean);
  });
}

/** Small words that only an English sentence has. */
const ENGLISH_SENTENCE =
  /(?<!\p{L})(the|of|and|is|are|with|for|this|that|from|has|was)(?!\p{L}).*(?<!\p{L})[a-z]{3,}(?!\p{L})/u;

for (const language of ["ru", "pl"] as const) {
  for (const person of ["manager", "partner", "advertiser"] as Person[]) {
    test(`no English is left on the pages of the ${person}, ${language}`, async ({ open }) => {
      test.setTimeout(600_000);
      const own = sentencesOf(language);
      const english = new Set([...sentencesOf("en")].filter((sentence) => !own.has(sentence)));
      // A language is called by its own name where people choose theirs.
      english.delete("English");
      const page = await open(person, { language });
      const left = new Set<string>();
      for (const visited of pagesOf(await examples()).filter((one) => one.person === person)) {
        await page.goto(visited.path);
        await settled(page);
        for (const text of await textsOf(page)) {
          if (english.has(text) || ENGLISH_SENTENCE.test(text)) left.add(`${visited.name}: ${text}`);
        }
      }
      expect([...left]).toEqual([]);
    });
  }
}

import { allWords, startLanguage } from "~/i18n";

await startLanguage("en");
await allWords();

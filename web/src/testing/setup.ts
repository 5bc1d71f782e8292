import { startLanguage } from "~/i18n";

await startLanguage("en");

import { afterEach, describe, expect, test } from "vitest";
import { Problem } from "~/api/problem";
import { LANGUAGES, speak } from "~/i18n";
import { textsOf } from "~/testing/catalogues";
import { FIELD_MESSAGES } from "./fieldMessages";
import { fieldText, refusalText } from "./refusals";

afterEach(() => speak("en"));

describe("refusals", () => {
  test("a field's message is spoken in the person's language, numbers and names in place", async () => {
    await speak("ru");
    expect(fieldText("must be an e-mail address")).toBe("Введите адрес e-mail");
    expect(fieldText("must be at most 60 characters")).toBe("Не длиннее 60 символов");
    expect(fieldText("must be at most 21 characters")).toBe("Не длиннее 21 символа");
    expect(fieldText("must be 0 to 365")).toBe("Введите число от 0 до 365");
    await speak("pl");
    expect(fieldText("an offer has at most 30 goals")).toBe("Oferta może mieć najwyżej 30 celów");
    expect(fieldText("10.0.0/8 is no address or network such as 203.0.113.0/24")).toContain("10.0.0/8");
  });

  test("an unknown message stays in the server's own words", async () => {
    await speak("pl");
    expect(fieldText("must rhyme")).toBe("Must rhyme");
  });

  test("a refusal is told by its code; in English in the server's own sentence", async () => {
    const refused = new Problem(409, "last_owner", "a workspace keeps at least one owner");
    expect(refusalText(refused)).toBe("A workspace keeps at least one owner");
    await speak("pl");
    expect(refusalText(refused)).toBe("Przestrzeń robocza musi mieć co najmniej jednego właściciela.");
  });

  test.each(LANGUAGES)("every message of the table has its text in %s", (language) => {
    const texts = textsOf(language, "refusals");
    const has = (slug: string) => texts.has(`fields.${slug}`) || texts.has(`fields.${slug}_other`);
    expect(FIELD_MESSAGES.filter(([slug]) => !has(slug))).toEqual([]);
  });
});

import { afterEach, expect, test } from "vitest";
import { speak } from "~/i18n";
import { wordOf } from "./words";

afterEach(() => speak("en"));

test("codes of several parts are found, unknown ones read as words", async () => {
  await speak("ru");
  expect(wordOf("conversion_status", "approved")).toBe("Подтверждена");
  expect(wordOf("scope", "offers:read")).toBe("Видеть офферы");
  expect(wordOf("action", "offer.goal_added")).toBe("Добавлена цель");
  expect(wordOf("goal_kind", "first_bet")).toBe("First bet");
  expect(wordOf("action", "offer.cloned")).toBe("Offer cloned");
});
